"""Where sockets come in: how many, how much, and only what our own screens send.

Nobody can flood a meeting, or fill the memory, from a phone: who sends too much is cut off, and
comes back by itself. What is sent is judged behind this, in the channel and the core.
"""

from __future__ import annotations

import inspect
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import socketio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .brakes import Brake
from .line import NAMESPACE, WebSocket

PATH = "/_nicegui_ws/"
LARGEST = 100_000  # bytes of one message
MESSAGES = 600  # of one socket in WHILE seconds; of a large one each 1,000 bytes count
REQUESTS = 600  # of one browser that has no web sockets, in WHILE seconds
WHILE = 20.0
WAITING = 500  # messages that somebody has not fetched
OF_ONE, OF_ALL = 30, 3000  # sockets open at once: of a browser, of everybody


class Gate:
    """Sockets go straight to Socket.IO.

    Else every message to each of 300 phones passes all layers of two apps, and each phone keeps
    their frames in memory for as long as it is connected.
    """

    def __init__(self, app: ASGIApp, sio: socketio.AsyncServer, now: Callable[[], float]) -> None:
        self.app, self._sio = app, sio
        self._sockets = socketio.ASGIApp(sio, socketio_path=f"{PATH}socket.io")
        self._open = Counter[str]()
        self._messages = Brake(MESSAGES, WHILE, now)
        self._requests = Brake(REQUESTS, WHILE, now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or not scope["path"].startswith(PATH):
            await self.app(scope, receive, send)
            return
        browser = scope["session"].get("id", "")
        comes = b"sid=" not in scope["query_string"]  # else it goes on
        full = len(self._sio.eio.sockets) >= OF_ALL or self._open[browser] >= OF_ONE
        is_known = bool(browser) or (scope["type"] == "http" and not comes)
        is_let_in = is_known and not (comes and full) and self._is_sound(scope)
        if scope["type"] == "websocket":
            await (
                self._talk(browser, scope, receive, send) if is_let_in else _close(receive, send)
            )
        elif is_let_in and self._requests.takes(browser) and (again := await _read(receive)):
            await self.app(scope, again, send)
        else:
            await _refuse(send)

    def _is_sound(self, scope: Scope) -> bool:
        """NiceGUI keeps a page for good whose number of messages is none; Engine.IO fails at
        whoever goes on after it has closed, and keeps what somebody never fetches."""
        with suppress(UnicodeDecodeError, ValueError):
            asked = parse_qs(scope["query_string"].decode(), max_num_fields=20)
            numbers = asked.get("next_message_id", ["0"])
            sockets = map(self._sio.eio.sockets.get, asked.get("sid", ()))
            goes_on = not any(s and (s.closed or s.queue.qsize() > WAITING) for s in sockets)
            return goes_on and all(n.isdecimal() and len(n) < 12 for n in numbers)
        return False

    async def _talk(self, browser: str, scope: Scope, receive: Receive, send: Send) -> None:
        socket = object()

        async def judged() -> Message:
            message = await receive()
            text = message.get("text") or ""
            may = text[:1] in _ENGINE and not scope.get(_CUT)
            if message["type"] != "websocket.receive" or (
                may and self._messages.takes(socket, 1 + len(text) // 1000)
            ):
                return message
            return {"type": "websocket.disconnect", "code": 1008}

        self._open[browser] += 1
        try:
            await self._sockets(scope, judged, WebSocket(send))
        finally:
            self._open -= Counter([browser])  # drops whom it counts no more


def guard(sio: socketio.AsyncServer) -> None:
    """Nothing but what our screens send reaches Socket.IO, and NiceGUI hears no events at all:
    no page of ours has an element that listens to them."""
    sio.eio.cors_allowed_origins = None  # sockets from our own pages only
    sio.eio.max_http_buffer_size = LARGEST
    sio.eio.http_compression = False  # once is enough
    sio.eio.logger.setLevel(logging.CRITICAL)  # it would print what strangers send, at any length
    of_pages = sio.handlers["/"]
    for event in ("event", "javascript_response", "log"):
        del of_pages[event]
    for event in ("ack", "handshake"):
        sio.on(event, _forgiving(of_pages[event]), namespace="/")
    take = sio.eio.handlers["message"]

    async def message(socket: str, data: Any) -> None:
        fits = _fits(sio, socket, data)
        if fits is False:
            with suppress(KeyError):  # it has gone
                sio.environ[socket]["asgi.scope"][_CUT] = True
                await sio.eio.sockets[socket].close(wait=False)  # it may never fetch what waits
        elif fits:
            try:
                await take(socket, data)
            except Exception:
                logging.getLogger(__name__).exception("a socket's message failed")

    sio.eio.on("message", message)


def _fits(sio: socketio.AsyncServer, socket: str, data: Any) -> bool | None:
    """None: not taken, and no reason to cut anybody off."""
    try:
        packet = sio.packet_class(encoded_packet=data) if isinstance(data, str) else None
    except Exception:  # whatever Socket.IO finds wrong with it
        return False
    if packet is None or packet.namespace not in (None, "/", NAMESPACE):
        return False
    match packet.packet_type, packet.data:
        case socketio.packet.CONNECT, None | dict():  # once: a second would never be let go
            return not sio.manager.sid_from_eio_sid(socket, packet.namespace or "/")
        case socketio.packet.DISCONNECT | socketio.packet.ACK, _:
            return True
        case socketio.packet.EVENT, [str(name), *_]:
            return True if name not in ("connect", "disconnect") else None
    return False


def _forgiving(handler: Callable[..., Any]) -> Callable[..., Any]:
    """NiceGUI's handler, of a message that may be anything."""

    async def take(sid: str, message: Any = None, *_: Any) -> Any:
        with suppress(TypeError, ValueError, LookupError, AttributeError):
            if str(message.get("next_message_id", 0)).isdecimal() and _is_flat(message):
                done = handler(sid, message)
                return await done if inspect.isawaitable(done) else done
        return None

    return take


def _is_flat(message: dict[str, Any]) -> bool:
    return all(isinstance(value, str | int | bool | None) for value in message.values())


async def _read(receive: Receive) -> Receive | None:
    """What somebody without web sockets has sent, to be read again. None: it is none of ours.

    What Engine.IO does not take, it would answer when all that waits has been fetched: never.
    """
    body, more = b"", True
    while more and len(body) <= LARGEST:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    packets = body.split(b"\x1e") if body else []
    if len(body) > LARGEST or not all(packet[:1] in _POLLED for packet in packets):
        return None
    given = iter([{"type": "http.request", "body": body}])

    async def again() -> Message:
        return next(given, None) or await receive()

    return again


async def _close(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008})


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 429, "headers": []})
    await send({"type": "http.response.body", "body": b""})


_ENGINE = tuple("12345")  # Engine.IO's packets that a browser sends
_POLLED = (b"1", b"3", b"4")  # and those it sends without web sockets
_CUT = "facilitator.cut"  # in the scope of who sent what no screen sends
