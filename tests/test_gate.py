"""Where sockets come in, without a network: what may be sent, and how many may come."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from facilitator.gate import OF_ALL, OF_ONE, PATH, Gate

Messages = list[dict[str, Any]]


class Line:
    """A browser's end of a socket: what it sends, and what it was sent."""

    def __init__(self, browser: str = "ola") -> None:
        self.scope = {
            "type": "websocket",
            "path": PATH,
            "query_string": b"",
            "session": {"id": browser},
        }
        self.heard: Messages = []
        self.sends: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def send(self, message: dict[str, Any]) -> None:
        self.heard.append(message)

    def says(self, text: str) -> None:
        self.sends.put_nowait({"type": "websocket.receive", "text": text})


class Behind:
    """In Socket.IO's place: it notes what it gets."""

    def __init__(self) -> None:
        self.got: Messages = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            self.got.append(message)


@pytest.fixture
def gate() -> Gate:
    sio: Any = SimpleNamespace(eio=SimpleNamespace(sockets={}))
    gate = Gate(None, sio, lambda: 1000.0)  # type: ignore[arg-type]
    gate._sockets = Behind()
    return gate


async def enter(gate: Gate, line: Line) -> asyncio.Task[None]:
    task = asyncio.create_task(gate(line.scope, line.sends.get, line.send))  # type: ignore[arg-type]
    await turns()
    return task


async def turns() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.mark.parametrize("odd", ["", "x", "0", "6", "9{}", "b64"])
async def test_what_no_screen_sends_ends_the_socket(gate: Gate, odd: str) -> None:
    line = Line()
    task = await enter(gate, line)
    line.says(odd)
    await turns()
    assert task.done()
    assert gate._sockets.got == []


async def test_sockets_are_counted_as_they_come_and_go(gate: Gate) -> None:
    lines = [Line() for _ in range(OF_ONE + 1)]
    tasks = [await enter(gate, line) for line in lines]
    assert lines[-1].heard == []  # it is asked first
    lines[-1].sends.put_nowait({"type": "websocket.connect"})
    await turns()
    assert lines[-1].heard == [{"type": "websocket.close", "code": 1008}]
    assert not (await enter(gate, Line("siri"))).done()
    for line in lines:
        line.sends.put_nowait({"type": "websocket.disconnect"})
    await turns()
    assert all(task.done() for task in tasks)
    assert "ola" not in gate._open


async def test_in_all_there_are_so_many(gate: Gate) -> None:
    gate._sio.eio.sockets.update((str(n), None) for n in range(OF_ALL))
    line = Line()
    line.sends.put_nowait({"type": "websocket.connect"})
    assert (await enter(gate, line)).done()
    assert line.heard == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("session", [{}, {"leader": "x"}])
async def test_who_has_no_cookie_has_no_socket(gate: Gate, session: dict[str, str]) -> None:
    line = Line()
    line.scope["session"] = session
    line.sends.put_nowait({"type": "websocket.connect"})
    assert (await enter(gate, line)).done()
    assert line.heard == [{"type": "websocket.close", "code": 1008}]
