"""Where a trouble happens: a server of its own, to kill and to start, and who is there."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.server import Server, free_port

from .checks import look
from .crowd import Crowd, crowd, until
from .row import Row


@dataclass
class Place:
    server: Server
    chance: random.Random

    @property
    def address(self) -> str:
        return self.server.url.partition("://")[2]

    async def start(self) -> float:
        """When its first page was served."""
        await asyncio.to_thread(self.server.start)
        return monotonic()

    async def check(self, crowd: Crowd, row: Row, when: str) -> None:
        """Let the meeting come to rest, and look at all of it."""
        await crowd.rest()
        row.take(await look(crowd, self.server.folder, self.address), when)


@contextmanager
def place(chance: random.Random, module: str = "facilitator") -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="chaos-") as fresh:
        server = Server(Path(fresh) / "data", free_port())
        server.module = module
        server.start()
        try:
            yield Place(server, chance)
        finally:
            server.stop()


@asynccontextmanager
async def meeting(
    at: Place, row: Row, origin: str = "", people: int = 12, patience: float = 8.0
) -> AsyncIterator[Crowd]:
    """A meeting whose people are coming in."""
    async with crowd(origin or at.server.url, at.chance, people, patience) as met:
        yield met
        row.count(met)


async def all_in(met: Crowd) -> None:
    met.acting.set()
    await until(lambda: all(phone.twin.me for phone in met.phones), "everybody is in")
