"""The line to one screen: what is told goes out at once, in order.

Socket.IO's own way to tell many takes three tasks and an encoding for each phone; here one text
is written to each socket. What Socket.IO itself sends passes through the line, too.
"""

from __future__ import annotations

import types
from collections.abc import Coroutine, Generator, MutableMapping
from typing import Any, Protocol

import socketio
from engineio.packet import MESSAGE, Packet
from socketio.packet import CONNECT, EVENT
from starlette.types import Message, Send

from .working import start

NAMESPACE = "/m"
MOST = 50  # messages that wait for a screen that takes none


def text_of(sio: socketio.AsyncServer, event: str, data: Any) -> str:
    """A message as it goes over the wire, the same for everybody who is told it."""
    words = sio.packet_class.json.dumps([event, data], separators=(",", ":"))
    return f"{MESSAGE}{EVENT}{NAMESPACE},{words}"


class Line(Protocol):
    def tell(self, text: str) -> None:
        """Send soon. Who is gone, or too slow, is not waited for."""


class WebSocket:
    """Stands between Socket.IO and one web socket: an ASGI `send` that can also be told."""

    __slots__ = ("_accepted", "_busy", "_send", "_waiting")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: list[str] = []
        self._accepted = False  # a picture must not come before the answer to the connection
        self._busy = False

    async def __call__(self, message: Message) -> None:
        await self._send(message)
        if not self._accepted and _accepts(message):
            self._accepted = True
            self._write()

    def tell(self, text: str) -> None:
        """Of what waits only the newest is kept: the screen sees the gap, and asks for all anew."""
        self._waiting = [*self._waiting[1 - MOST :], text]
        if self._accepted and not self._busy:
            self._write()

    def _write(self) -> None:
        while self._waiting:
            sending = self._put(self._waiting.pop(0))
            try:
                stops_at = sending.send(None)
            except StopIteration:  # the usual case: it is on its way
                continue
            except Exception:  # it has gone; whoever reads from it will notice
                self._waiting.clear()
                return
            self._busy = True
            start(self._write_later(sending, stops_at))
            return

    async def _put(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})

    async def _write_later(self, sending: Coroutine[Any, Any, None], stops_at: Any) -> None:
        try:
            await _rest(sending, stops_at)
        except Exception:
            self._waiting.clear()
        self._busy = False
        self._write()


class Polling:
    """Where no web socket gets through: Socket.IO keeps what is told until the screen asks."""

    def __init__(self, sio: socketio.AsyncServer, sid: str) -> None:
        self._sio, self._sid = sio, sio.manager.eio_sid_from_sid(sid, NAMESPACE)

    def tell(self, text: str) -> None:
        start(self._sio.eio.send_packet(self._sid, Packet(MESSAGE, text[1:])))


def line_of(sio: socketio.AsyncServer, sid: str) -> Line:
    send = sio.get_environ(sid, NAMESPACE)["asgi.send"]
    return send if isinstance(send, WebSocket) else Polling(sio, sid)


def _accepts(message: MutableMapping[str, Any]) -> bool:
    return (message.get("text") or "").startswith(f"{MESSAGE}{CONNECT}{NAMESPACE},")


@types.coroutine
def _rest(sending: Coroutine[Any, Any, None], stops_at: Any) -> Generator[Any, None, None]:
    """The rest of a coroutine that was begun outside of any task, and waits for something."""
    yield stops_at
    yield from sending.__await__()
