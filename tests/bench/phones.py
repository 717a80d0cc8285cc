"""Simulated browsers: they load a page as a browser does and speak the protocol of `screen.js`.

All of them live in the bench's own process, on another core than the server's. The Socket.IO
client is written by hand: it notes what arrives and when, and parses only what is asked for, so
that 300 of them are not the slower end. Times are monotonic: one clock for all processes.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Self
from urllib.parse import urlencode, urljoin

import aiohttp

PATIENCE = 20.0  # seconds until something that did not come is lost
CONNECTIONS = 6  # that a browser opens to one host

Json = dict[str, Any]
Moment = tuple[float, Any]  # when an answer came, and what it is


class Lost(Exception):
    """Something that must never be lost was lost, or did not come in time."""


class Socket:
    """One namespace of Socket.IO over one web socket. `heard` is (time, text) of each message."""

    def __init__(self, namespace: str = "/m") -> None:
        self.namespace = namespace
        self.heard: list[tuple[float, str]] = []
        self.heartbeats = 0
        self._news = asyncio.Event()
        self._answers: dict[str, asyncio.Future[Moment]] = {}
        self.closed = False
        self._reading: asyncio.Task[None] | None = None
        self._asked = 0

    async def connect(
        self, http: aiohttp.ClientSession, url: str, auth: Json | None = None
    ) -> None:
        self._ws = await http.ws_connect(url, max_msg_size=0, compress=0)
        await self._ws.receive_str(timeout=PATIENCE)
        await self._ws.send_str("40")
        if self.namespace != "/":
            await self._ws.send_str(f"40{self.namespace},{json.dumps(auth or {})}")
        while not (text := await self._ws.receive_str(timeout=PATIENCE)).startswith(self._accepted):
            if text.startswith("44"):
                raise Lost(f"not let in: {text}")
        self._reading = asyncio.create_task(self._read())

    @property
    def _accepted(self) -> str:
        return "40{" if self.namespace == "/" else f"40{self.namespace},"

    async def _read(self) -> None:
        async for message in self._ws:
            at, text = monotonic(), message.data
            if text == "2":
                self.heartbeats += 1
                await self._ws.send_str("3")
            elif text.startswith("43"):
                number, _, answer = text.partition(",")[2].partition("[")
                self._answers.pop(number).set_result((at, json.loads(f"[{answer}")[0]))
            else:
                self.heard.append((at, text))
                self._news.set()
        self.closed = True
        self._news.set()

    async def ask(self, event: str, data: Any) -> Moment:
        """When it was acknowledged, and how."""
        number = str(self._asked)
        self._asked += 1
        answer: asyncio.Future[Moment] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        await self._ws.send_str(f"42{self.namespace},{number}{json.dumps([event, data])}")
        try:
            async with asyncio.timeout(PATIENCE):
                return await answer
        except TimeoutError:
            raise Lost(f"{event} was never acknowledged") from None

    async def hear(self, count: int) -> float:
        """Wait until so many messages have come; when the last of them did."""
        try:
            async with asyncio.timeout(PATIENCE):
                while len(self.heard) < count:
                    if self.closed:
                        raise Lost("the server closed a socket")
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise Lost(f"{len(self.heard)} messages came instead of {count}") from None
        return self.heard[count - 1][0]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._reading:
            self._reading.cancel()


class Screen(Socket):
    """A screen of a meeting: room, lead or phone."""

    def __init__(self) -> None:
        super().__init__()
        self.me: str | None = None
        self._blocks: Json = {}
        self._place = ""  # of the meeting, as this screen shows it
        self._drawn = 0
        self._device = secrets.token_hex(4)
        self._sent = 0
        self.stored = 0  # the place in the log of what it did last

    def draw(self) -> Json:
        """The blocks it shows by now."""
        for _, text in self.heard[self._drawn :]:
            event, message = parsed(text)
            self.me = message.get("me", self.me)
            self._place = message.get("place", self._place)
            if event == "snap":
                self._blocks = message["blocks"]
            for key, part in message.get("set", {}).items():
                self._change(key, part)
        self._drawn = len(self.heard)
        return self._blocks

    def _change(self, key: str, part: Json | None) -> None:
        if part is None:
            self._blocks.pop(key, None)
        elif "is" in part:
            self._blocks[key] = part
        elif block := self._blocks.get(key):
            block |= part.get("~", {})
            for name, gone in part.get("-", {}).items():
                block[name] = [item for item in block[name] if item["id"] not in gone]
            for name, items in part.get("+", {}).items():
                known = {item["id"]: item for item in block[name]}
                for item in items:
                    known[item["id"]] = {**known.get(item["id"], {}), **item}
                block[name] = list(known.values())

    async def do(self, verb: str, **args: Any) -> float:
        """When the verb was acknowledged as stored. Raises Lost when it was not."""
        self.draw()
        self._sent += 1
        op = f"{self._device}.{self._sent}"
        message = {"op": op, "verb": verb, "args": args, "seen": self._place}
        at, answer = await self.ask("do", message)
        if "stored" not in answer:
            raise Lost(f"{verb} was not stored: {answer}")
        self.stored = answer["stored"]
        return at


def parsed(text: str) -> tuple[str, Json]:
    event, message = json.loads(text[text.index("[") :])
    return event, message


@dataclass
class Answer:
    status: int
    headers: Any
    body: bytes  # as it came over the wire
    size: int  # bytes on the wire, headers included

    @property
    def text(self) -> str:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def kept(self) -> bool:
        """Whether a browser that has it asks no more."""
        return "no-store" not in self.headers.get("Cache-Control", "")


@dataclass
class Browser:
    """A browser with its cookies and its connections."""

    origin: str
    http: aiohttp.ClientSession
    sockets: aiohttp.ClientSession  # a browser opens them on connections of their own
    answers: list[Answer] = field(default_factory=list)

    async def get(self, path: str) -> Answer:
        async with self.http.get(self.origin + path, allow_redirects=False) as answer:
            return await self._kept(answer)

    async def post(self, path: str, form: dict[str, str]) -> Answer:
        async with self.http.post(self.origin + path, data=form, allow_redirects=False) as answer:
            return await self._kept(answer)

    async def _kept(self, answer: aiohttp.ClientResponse) -> Answer:
        body = await answer.read()
        head = sum(len(k) + len(v) + 4 for k, v in answer.raw_headers) + 19
        self.answers.append(Answer(answer.status, answer.headers, body, head + len(body)))
        return self.answers[-1]

    async def load(self, path: str, cold: bool = False) -> str:
        """A page, when cold with all of its files; where its socket connects to."""
        page = await self.get(path)
        if page.status != 200:
            raise Lost(f"{path} answered {page.status}")
        if cold:
            await self._files(_named_by_page(page.text))
        query = _QUERY.search(page.text)
        assert query, f"{path} is no page of NiceGUI"
        asked = {
            "client_id": query[1],
            "next_message_id": query[2],
            "implicit_handshake": "true",
            "document_id": secrets.token_hex(16),
            "tab_id": secrets.token_hex(16),
            "old_tab_id": "null",
            "EIO": "4",
            "transport": "websocket",
        }
        return f"{self.origin}/_nicegui_ws/socket.io/?{urlencode(asked)}"

    async def _files(self, paths: Iterable[str]) -> None:
        async def file(path: str) -> None:
            answer = await self.get(path)
            if answer.status != 200:
                raise Lost(f"{path} answered {answer.status}")
            if path.partition("?")[0].endswith(".css"):
                if path not in _fonts:
                    _fonts[path] = _named_by_style(path, answer.text)
                await self._files(_fonts[path])

        await asyncio.gather(*map(file, paths))


@asynccontextmanager
async def browser(origin: str) -> AsyncIterator[Browser]:
    jar = aiohttp.CookieJar(unsafe=True)  # it keeps cookies of an IP address too
    few = aiohttp.TCPConnector(limit_per_host=CONNECTIONS)
    async with (
        aiohttp.ClientSession(connector=few, cookie_jar=jar, auto_decompress=False) as http,
        aiohttp.ClientSession(cookie_jar=jar) as sockets,
    ):
        yield Browser(origin, http, sockets)


def _named_by_page(page: str) -> set[str]:
    """The files a page asks for; checked against Chromium."""
    names = json.loads(_IMPORT_MAP.search(page)[1])["imports"]  # type: ignore[index]
    imported = {names.get(name, name) for name in _IMPORT.findall(page)}
    return imported | set(_LINK.findall(page)) | set(_SCRIPT.findall(page))


def _named_by_style(path: str, style: str) -> set[str]:
    """Fonts for Latin letters. NiceGUI's own are for words and icons that no page here has."""
    faces = [] if path.startswith("/_nicegui/") else _FACE.findall(style)
    return {urljoin(path, _URL.search(face)[1]) for face in faces if "U+0000-00FF" in face}  # type: ignore[index]


async def in_turn(count: int, at_once: int, do: Callable[[int], Any]) -> list[Any]:
    """`do(0)` … `do(count - 1)`, so many at once."""
    free = asyncio.Semaphore(at_once)

    async def one(number: int) -> Any:
        async with free:
            return await do(number)

    return await asyncio.gather(*map(one, range(count)))


_QUERY = re.compile(r"'client_id': '([^']+)', 'next_message_id': (\d+)")
_IMPORT_MAP = re.compile(r'type="importmap">\s*(.*?)\s*</script>', re.S)
_IMPORT = re.compile(r'^\s*import .* from "([^"]+)"', re.M)
_LINK = re.compile(r'(?:<link [^>]*href=|@import url\()"([^"]+)"')
_SCRIPT = re.compile(r'<script [^>]*src="([^"]+)"')
_FACE = re.compile(r"@font-face\s*{[^}]*}")
_URL = re.compile(r"url\([\"']?([^\"')]+)")
_fonts: dict[str, set[str]] = {}  # by style sheet: read once for all browsers
