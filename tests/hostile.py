"""A phone that speaks the protocol and means no good. It sends whatever it is told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Self

import aiohttp

from tests.bench.gathering import Gathering, gathering
from tests.bench.phones import PATIENCE, Browser, browser
from tests.server import KEY, Server

MB = 1_000_000


class Hostile:
    """A raw web socket of a browser. All that came is in `heard`."""

    def __init__(self, own: Browser) -> None:
        self.own = own
        self.heard: list[str] = []
        self._asked = 0

    async def open(self, page: str, auth: Any = None, **headers: str) -> Self:
        """With a page of its own, and in a meeting if `auth` says which."""
        return await self.connect(await self.own.load(page), auth, **headers)

    async def connect(self, url: str, auth: Any = None, **headers: str) -> Self:
        self.url = url
        self._ws = await self.own.sockets.ws_connect(url, headers=headers, max_msg_size=0)
        await self.send("40")
        if auth is not None:
            await self.send(f"40/m,{json.dumps(auth)}")
            await self.until("40/m,", "44/m,")
        return self

    async def send(self, *frames: str | bytes) -> None:
        for frame in frames:
            if self._ws.closed:
                return
            try:
                if isinstance(frame, bytes):
                    await self._ws.send_bytes(frame)
                else:
                    await self._ws.send_str(frame)
            except (ConnectionError, aiohttp.ClientError):
                return

    async def until(self, *starts: str) -> str:
        """What begins like one of these; "" when the server hung up first."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await self._ws.receive()
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return ""
                self.heard.append(message.data)
                if message.data == "2":
                    await self.send("3")
                if message.data.startswith(starts):
                    return str(message.data)

    async def ask(self, message: Any) -> Any:
        """How something to do was answered; None when the server hung up."""
        self._asked += 1
        await self.send(f"42/m,{self._asked}{json.dumps(['do', message])}")
        start = f"43/m,{self._asked}["
        answer = await self.until(start)
        return json.loads(answer[len(start) - 1 :])[0] if answer else None

    async def is_cut_off(self) -> bool:
        """Whether the server has hung up, once all that was sent before is dealt with."""
        return await self.ask({}) is None


@asynccontextmanager
async def meeting(server: Server) -> AsyncIterator[Gathering]:
    """A round has begun; Namn 1 and Namn 2 have phones, and Namn 2 has given a card."""
    async with gathering(server.url, key=KEY) as held:
        await held.fill(2)
        await held.begin_round()
        await held.phones[1].do("add_card", phase="round", text="Siri sitt")
        await held.quiet()
        yield held


@asynccontextmanager
async def hostile(server: Server) -> AsyncIterator[Hostile]:
    async with browser(server.url) as own:
        yield Hostile(own)


@contextmanager
def unharmed(server: Server, grows: int = 60 * MB) -> Iterator[None]:
    """Nothing is stored, nothing printed, little kept in memory, and the next visitor is served."""
    before = server.kept(), server.log(), server.memory()
    yield
    assert server.kept() == before[0]
    printed = server.log().removeprefix(before[1])
    assert not printed, printed
    assert server.memory() < before[2] + grows
