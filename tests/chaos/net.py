"""A network between the screens and the server that can be cut, silent, slow and late."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from typing import Literal, Self

Mood = Literal["well", "cut", "silent", "slow"]

SLOW = 0.15  # seconds that a piece takes at the most
PIECE = 700  # bytes that are sent at once on a slow network


class Net:
    """Forwards to `port`. `late()` turns what the screens are sending into yesterday's mail."""

    def __init__(self, port: int, chance: random.Random) -> None:
        self._to, self._chance = port, chance
        self.mood: Mood = "well"
        self._changed = asyncio.Event()
        self._joined: set[asyncio.StreamWriter] = set()  # the screens' ends
        self._held: list[tuple[asyncio.StreamWriter, list[bytes]]] = []
        self._holding: dict[asyncio.StreamWriter, list[bytes]] = {}

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.feel("cut")
        await asyncio.sleep(0)

    def feel(self, mood: Mood) -> None:
        self.mood = mood
        self._changed.set()
        self._changed = asyncio.Event()
        if mood == "cut":
            for screen in tuple(self._joined):
                screen.transport.abort()

    def hold_back(self) -> None:
        """From now on what the screens send on their connections comes later than all else."""
        self._holding = {screen: [] for screen in self._joined}

    def late(self) -> None:
        """The screens lose those connections; the server keeps its ends, and gets what was sent."""
        for screen in tuple(self._holding):
            screen.transport.abort()

    async def deliver(self) -> int:
        """What was held back arrives: how many pieces."""
        count = 0
        for server, pieces in self._held:
            for piece in pieces:
                server.write(piece)
                count += 1
            with suppress(OSError):
                await server.drain()
            await asyncio.sleep(0.05)
            server.close()
        self._held, self._holding = [], {}
        return count

    async def _join(self, reader: asyncio.StreamReader, screen: asyncio.StreamWriter) -> None:
        if self.mood == "cut":
            screen.transport.abort()
            return
        await self._well()
        try:
            back, server = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            screen.close()
            return
        self._joined.add(screen)
        back_to = asyncio.create_task(self._carry(back, screen))
        await self._carry(reader, server, screen)
        self._joined.discard(screen)
        back_to.cancel()
        screen.close()
        if pieces := self._holding.get(screen):
            self._held.append((server, pieces))
        else:
            server.close()

    async def _carry(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        screen: asyncio.StreamWriter | None = None,
    ) -> None:
        with suppress(OSError):
            while data := await source.read(PIECE if self.mood == "slow" else 65536):
                if screen is not None and screen in self._holding:
                    self._holding[screen].append(data)
                    continue
                if self.mood == "slow":
                    await asyncio.sleep(self._chance.uniform(0, SLOW))
                await self._well()
                target.write(data)
                await target.drain()
        if screen is None:
            target.close()

    async def _well(self) -> None:
        while self.mood == "silent":
            await self._changed.wait()
