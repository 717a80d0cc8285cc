"""Screens around one meeting, without a network: the channel emits, twins listen."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

from socketio.exceptions import ConnectionRefusedError as Refusal
from socketio.packet import EVENT, Packet

from facilitator.channel import Channel
from facilitator.house import House
from facilitator.line import NAMESPACE, WebSocket
from facilitator.live import Listener, Live
from facilitator.working import working
from tests.short import short_meeting
from tests.twin import Twin

Json = dict[str, Any]


class Sockets:
    """What the channel uses of python-socketio's server."""

    packet_class = Packet

    def __init__(self) -> None:
        self.handlers: dict[str, Callable[..., Any]] = {}
        self.environs: dict[str, Json] = {}
        self.screens: dict[str, Screen] = {}

    def on(self, event: str, handler: Callable[..., Any], namespace: str) -> None:
        assert namespace == NAMESPACE
        self.handlers[event] = handler

    def get_environ(self, sid: str, namespace: str | None = None) -> Json:
        return self.environs[sid]


class Screen(Twin):
    """A browser with a session. It sends as `sending.js` does, and counts what it is told."""

    _sids = count()

    def __init__(self, sockets: Sockets, session: Json, auth: Json) -> None:
        super().__init__()
        self._sockets, self._session, self._auth = sockets, session, auth
        self.sid = f"sid{next(self._sids)}"
        self.heard: list[tuple[str, Json]] = []
        self.missed: list[Json] = []  # patches that did not fit
        self._device, self._sent = f"d{self.sid}", 0
        self._line = WebSocket(self._receive)

    async def connect(self) -> None:
        self._sockets.environs[self.sid] = {
            "asgi.scope": {"session": self._session},
            "asgi.send": self._line,
        }
        self._sockets.screens[self.sid] = self
        environ = self._sockets.environs[self.sid]
        try:
            await self._sockets.handlers["connect"](self.sid, environ, self._auth)
        except Refusal:
            del self._sockets.screens[self.sid]
            raise
        await self._line({"type": "websocket.send", "text": f"40{NAMESPACE},"})

    async def disconnect(self) -> None:
        del self._sockets.screens[self.sid]
        await self._sockets.handlers["disconnect"](self.sid, "transport close")

    async def _receive(self, message: MutableMapping[str, Any]) -> None:
        packet = Packet(encoded_packet=message["text"][1:])
        if packet.packet_type == EVENT and self.sid in self._sockets.screens:
            self.hear(*packet.data)

    def hear(self, event: str, message: Json) -> None:
        self.heard.append((event, message))
        if event == "snap":
            self.snap(message)
        elif event == "gone":
            pass  # nothing is told to it any more
        elif self.missed or message["was"] != self.v:
            self.missed.append(message)
        else:
            self.patch(message)

    async def send(self, event: str, *message: Any) -> Any:
        return await self._sockets.handlers[event](self.sid, *message)

    async def do(self, verb: str, seen: str | None = None, **args: Any) -> Json:
        self._sent += 1
        message = {"verb": verb, "op": f"{self._device}.{self._sent}", "args": args}
        return dict(await self.send("do", message if seen is None else message | {"seen": seen}))

    def said(self) -> str:
        """All it shows, as one string."""
        return json.dumps(self.shown, ensure_ascii=False)


class Gathering(Listener):
    """A house with one planned meeting, and the browsers of those who come."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.sockets, self.house = Sockets(), House(folder, now=now)
        self.channel = Channel(self.sockets, self.house, "192.168.1.20:8080")  # type: ignore[arg-type]
        self.screens: list[Screen] = []
        self.meeting, self.code, self._told = "", "", 0

    async def begin(self, **plan: Any) -> None:
        """`plan` is what of the short meeting is to be otherwise."""
        self.meeting = await self.house.plan(short_meeting().model_copy(update=plan))
        self.code = next(self.house.meetings()).code
        self.live.listeners.append(self)

    @property
    def live(self) -> Live:
        return self.house.live(self.meeting)

    @property
    def seen(self) -> str:
        return self.live.meeting.place

    def who(self, name: str) -> str:
        return self.house.person(self.meeting, name)

    async def phone(self, name: str, lang: str = "nn") -> Screen:
        auth = {"screen": "phone", "meeting": self.code, "lang": lang}
        return await self._enter({"id": name}, auth)

    async def joined(self, *names: str) -> list[Screen]:
        phones = [await self.phone(name) for name in names]
        for phone, name in zip(phones, names, strict=True):
            assert "stored" in await phone.do("join", name=name.title())
            await self.calm()
        return phones

    async def led(self, screen: str, lang: str = "nn") -> Screen:
        session = {"id": "leader", "leader": self.house.leader_mark}
        return await self._enter(session, {"screen": screen, "meeting": self.meeting, "lang": lang})

    async def _enter(self, session: Json, auth: Json) -> Screen:
        screen = Screen(self.sockets, session, auth)
        await screen.connect()
        self.screens.append(screen)
        await self.calm()
        return screen

    async def calm(self) -> None:
        """Until everybody has been told of what is stored."""
        async with asyncio.timeout(5):
            while self._told < self.live.decided.n - 1:  # that it was planned, nobody was told
                await asyncio.sleep(0.001)
            while working:  # leader views hear last
                await asyncio.sleep(0.001)
        assert not [screen.missed for screen in self.screens if screen.missed]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[dict[Screen, list[Json]]]:
        """What each screen is told by what happens inside."""
        for screen in self.screens:
            screen.heard.clear()
        told: dict[Screen, list[Json]] = {}
        yield told
        await self.calm()
        told |= {screen: [message for _, message in screen.heard] for screen in self.screens}

    def tell_others(self, live: Live) -> None:
        self._told = live.meeting.n - 1
