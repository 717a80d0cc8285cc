"""Where sockets come in, without a network: who does not listen, and how many there may be."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from facilitator.gate import OF_ALL, OF_ONE, PATH, WHILE, Gate

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
        self.listens = True
        self.heard: Messages = []
        self.sends: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def send(self, message: dict[str, Any]) -> None:
        while not self.listens:
            await asyncio.sleep(0)
        self.heard.append(message)

    def says(self, text: str) -> None:
        self.sends.put_nowait({"type": "websocket.receive", "text": text})


class Behind:
    """In Socket.IO's place: it notes what it gets, and talks all the time."""

    def __init__(self) -> None:
        self.got: Messages = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        talking = asyncio.create_task(self._talk(send))
        while (message := await receive())["type"] == "websocket.receive":
            self.got.append(message)
        talking.cancel()

    async def _talk(self, send: Any) -> None:
        while True:
            await send({"type": "websocket.send", "text": "x"})
            await asyncio.sleep(0)


class Clock:
    at = 1000.0


@pytest.fixture
def gate() -> Gate:
    sio: Any = SimpleNamespace(eio=SimpleNamespace(sockets={}))
    gate = Gate(None, sio, lambda: Clock.at)  # type: ignore[arg-type]
    gate._sockets = Behind()
    return gate


async def enter(gate: Gate, line: Line) -> asyncio.Task[None]:
    task = asyncio.create_task(gate(line.scope, line.sends.get, line.send))  # type: ignore[arg-type]
    await turns()
    return task


async def turns() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_who_does_not_listen_is_cut_off(gate: Gate) -> None:
    """It answers every ping, but what it is told would pile up in our memory."""
    line = Line()
    task = await enter(gate, line)
    line.listens = False
    for seconds, is_cut in ((WHILE, False), (1, True)):
        await turns()
        Clock.at += seconds
        line.says("3")
        await turns()
        assert task.done() is is_cut


async def test_who_listens_slowly_stays(gate: Gate) -> None:
    line = Line()
    task = await enter(gate, line)
    for _ in range(10):
        line.listens = False
        await turns()
        Clock.at += WHILE - 1
        line.says("3")
        line.listens = True
        await turns()
    assert not task.done()
    task.cancel()


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
