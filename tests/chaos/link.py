"""One connection of a screen to the server: Socket.IO by hand, so that it can fail as it likes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp

OPENING = 5.0  # seconds until a connection that does not open is given up, as in resume.js
SPACE = "/m"

Json = dict[str, Any]


class Unknown(Exception):
    """The server does not know this page any more: it has to be loaded anew."""


class Down(Exception):
    """There is no connection, or it broke."""


class Link:
    """`hear` is called with the name and the content of every message."""

    def __init__(self, hear: Callable[[str, Json], None]) -> None:
        self._hear = hear
        self._answers: dict[str, asyncio.Future[Json]] = {}
        self._asked = 0
        self._silence = OPENING  # seconds without a word until it is taken for broken
        self._ws: aiohttp.ClientWebSocketResponse | None = None

    async def open(self, http: aiohttp.ClientSession, url: str, auth: Json) -> None:
        """Raises Unknown and Down."""
        try:
            async with asyncio.timeout(OPENING):
                self._ws = await http.ws_connect(url, max_msg_size=0, compress=0)
                timing = json.loads((await self._text())[1:])
                await self._say("40")
                await self._say(f"40{SPACE},{json.dumps(auth)}")
                await self._let_in()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Down(str(error)) from error
        self._silence = (timing["pingInterval"] + timing["pingTimeout"]) / 1000

    async def _let_in(self) -> None:
        missing = {"40{", f"40{SPACE},"}
        while missing:
            text = await self._text()
            if text.startswith("44{"):
                raise Unknown(text)
            if text.startswith("44"):
                raise Down(text)
            known = [word for word in missing if text.startswith(word)]
            missing -= set(known)
            if not known:
                await self._take(text)

    async def read(self) -> None:
        """Until it breaks: raises Down."""
        while True:
            await self._take(await self._text())

    async def ask(self, event: str, data: Json, patience: float) -> Json:
        """The answer. Raises TimeoutError and Down."""
        number = str(self._asked)
        self._asked += 1
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        await self._say(f"42{SPACE},{number}{json.dumps([event, data])}")
        async with asyncio.timeout(patience):
            return await answer

    async def tell(self, event: str) -> None:
        await self._say(f"42{SPACE},{json.dumps([event, {}])}")

    async def close(self) -> None:
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(Down("closed"))
                answer.exception()  # nobody may be waiting any more
        if self._ws is not None:
            await self._ws.close()

    async def _text(self) -> str:
        assert self._ws is not None
        try:
            async with asyncio.timeout(self._silence):
                message = await self._ws.receive()
        except TimeoutError:
            raise Down("silent") from None
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise Down(message.type.name)
        return str(message.data)

    async def _say(self, text: str) -> None:
        assert self._ws is not None
        try:
            await self._ws.send_str(text)
        except (aiohttp.ClientError, OSError) as error:
            raise Down(str(error)) from error

    async def _take(self, text: str) -> None:
        if text == "2":
            await self._say("3")
        elif text.startswith(f"43{SPACE},"):
            number, _, answer = text.partition(",")[2].partition("[")
            asked = self._answers.pop(number, None)
            if asked is not None and not asked.done():
                asked.set_result(json.loads(f"[{answer}")[0])
        elif text.startswith(f"42{SPACE},"):
            event, message = json.loads(text.partition(",")[2])
            self._hear(event, message)
