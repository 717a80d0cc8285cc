"""A log that waits and fails when it is told to."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence

from facilitator.archive import Conflict, NotStored, Row


class MoodyLog:
    """Keeps rows in memory. `hold()` makes it wait, `fails` is raised instead of storing."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows = [dict(row) for row in rows]
        self.flushes: list[int] = []  # how many rows each one stored
        self.fails: Exception | None = None
        self._asked, self._open = threading.Event(), threading.Event()
        self._open.set()

    def hold(self) -> None:
        self._asked.clear()
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()

    async def asked(self) -> None:
        """Until somebody waits for the disk."""
        assert await asyncio.to_thread(self._asked.wait, 5)

    def disk_gone(self) -> None:
        self.fails = NotStored("No space left on device")

    def disk_back(self) -> None:
        self.fails = None

    def read(self) -> list[Row]:
        return [dict(row) for row in self.rows]

    def fold(self, rows: Sequence[Row]) -> None:
        if self.fails:
            raise self.fails
        self.rows = [dict(row) for row in rows]

    def close(self) -> None:
        pass

    def append(self, expected: int, rows: Sequence[Row]) -> None:
        self._asked.set()
        assert self._open.wait(5)
        json.dumps(rows, ensure_ascii=False).encode()  # as a file would
        if self.fails:
            raise self.fails
        if len(self.rows) != expected:
            raise Conflict(f"{len(self.rows)} entries, expected {expected}")
        self.rows += [dict(row) for row in rows]
        self.flushes.append(len(rows))
