"""A meeting's log in memory: packed, for little of it is looked at again until it is folded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from zlib import compress, decompress

from pydantic import ValidationError

from facilitator.core.meeting import Entry
from phases import EVENT

from .archive import Row

PACK = 100  # entries


class Unknown(Exception):
    """The entry `n` holds what this program has no word for: a newer one wrote it."""

    def __init__(self, n: int) -> None:
        super().__init__(f"entry {n}")
        self.n = n


class Entries:
    """`last` is when the last of them happened, in epoch seconds; 0 where there is none."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._packs: list[bytes] = []  # of PACK lines each
        self._lines: list[bytes] = []  # those after them
        self.last = 0.0
        for entry in entries:
            self.append(entry)

    def append(self, entry: Entry) -> None:
        line = json.dumps(row_of(entry), ensure_ascii=False, separators=(",", ":"))
        self._lines.append(line.encode())
        self.last = entry.at
        if len(self._lines) == 2 * PACK:  # the newest are at hand: they are about to be stored
            self._packs.append(compress(b"\n".join(self._lines[:PACK])))
            del self._lines[:PACK]

    def rows(self, after: int = 0) -> list[Row]:
        """As they are stored, without the first ones."""
        packed = PACK * len(self._packs)
        lines = self._lines[after - packed :] if after >= packed else self._unpacked()[after:]
        return [json.loads(line) for line in lines]

    def first(self, count: int) -> Entries:
        """So many of them."""
        return Entries(islice(self, count))

    def __iter__(self) -> Iterator[Entry]:
        return (entry_of(n, row) for n, row in enumerate(self.rows(), 1))

    def _unpacked(self) -> list[bytes]:
        packed = (line for pack in self._packs for line in decompress(pack).split(b"\n"))
        return [*packed, *self._lines]


def row_of(entry: Entry) -> dict[str, Any]:
    event = entry.event.model_dump(mode="json")
    return {"n": entry.n, "at": entry.at, "by": entry.by, "op": entry.op, "event": event}


def entry_of(n: int, row: Row) -> Entry:
    """Raises Unknown."""
    try:
        event = EVENT.validate_python(row["event"], strict=False)
        return Entry(row["n"], row["at"], row["by"], row["op"], event)
    except (KeyError, ValidationError) as error:
        raise Unknown(n) from error
