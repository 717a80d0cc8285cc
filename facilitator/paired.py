"""Browsers that stay room screens: kept beside the list of meetings, for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .archive import Catalogue


@dataclass(frozen=True)
class Room:
    """A paired browser: `id` is its session, hashed.

    `meeting` is the one it was given last, "" when that one has been let go. `since` (epoch
    seconds): what has begun after that, it may go over to. `keys`: its keys may steer.
    """

    id: str
    meeting: str
    keys: bool
    since: float


class Paired:
    """All of them. Changes raise NotStored: then nothing has changed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._rooms: dict[str, Room] = {}
        self._numbers: dict[str, int] = {}  # also of those that were forgotten
        for row in catalogue.rows(_TABLE):
            self._numbers[row["id"]] = row.doc_id
            if "meeting" in row:
                self._rooms[row["id"]] = Room(**row)

    def __iter__(self) -> Iterator[Room]:
        return iter(tuple(self._rooms.values()))

    def get(self, browser: str) -> Room | None:
        return self._rooms.get(browser)

    def keep(self, room: Room) -> None:
        self._catalogue.put(_TABLE, self._number(room.id), vars(room))
        self._rooms[room.id] = room

    def forget(self, browser: str) -> None:
        self._catalogue.put(_TABLE, self._number(browser), {"id": browser})
        self._rooms.pop(browser, None)

    def _number(self, browser: str) -> int:
        return self._numbers.setdefault(browser, len(self._numbers) + 1)


_TABLE = "rooms"
