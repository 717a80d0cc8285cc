"""What is told goes out at once and in order; who takes nothing is not waited for."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import socketio

from facilitator.line import MOST, WebSocket, text_of


class Network:
    """Takes what is sent, as long as it is free."""

    def __init__(self) -> None:
        self.took: list[str] = []
        self.free = asyncio.Event()
        self.free.set()
        self.is_there = True

    async def send(self, message: MutableMapping[str, Any]) -> None:
        await self.free.wait()
        if not self.is_there:
            raise OSError("the phone is gone")
        self.took.append(message.get("text", message["type"]))


async def accepted(network: Network) -> WebSocket:
    line = WebSocket(network.send)
    await line({"type": "websocket.send", "text": "40/m,{}"})
    network.took.clear()
    return line


async def test_what_is_told_is_on_its_way_at_once() -> None:
    network = Network()
    line = await accepted(network)
    line.tell("one")
    line.tell("two")
    assert network.took == ["one", "two"]


async def test_a_picture_does_not_come_before_the_answer_to_the_connection() -> None:
    network = Network()
    line = WebSocket(network.send)
    line.tell("picture")
    await line({"type": "websocket.accept"})
    await line({"type": "websocket.send", "text": "40{}"})  # of another namespace
    assert "picture" not in network.took[-1:]
    await line({"type": "websocket.send", "text": "40/m,{}"})
    assert network.took[-2:] == ["40/m,{}", "picture"]


async def test_who_takes_nothing_for_a_while_gets_the_newest_in_order() -> None:
    network = Network()
    line = await accepted(network)
    network.free.clear()
    told = [str(number) for number in range(3 * MOST)]
    for text in told:
        line.tell(text)
        await asyncio.sleep(0)
    assert network.took == []
    network.free.set()
    await asyncio.sleep(0.01)
    assert network.took == [told[0], *told[-MOST:]]  # the first was on its way already
    line.tell("more")
    assert network.took[-1] == "more"


async def test_who_is_gone_harms_nobody() -> None:
    network = Network()
    line = await accepted(network)
    network.free.clear()
    line.tell("begun")
    network.is_there = False
    network.free.set()
    await asyncio.sleep(0.01)
    line.tell("nobody hears this")
    assert network.took == []


def test_a_text_is_what_socketio_would_have_sent() -> None:
    sio = socketio.AsyncServer(async_mode="asgi")
    packet = sio.packet_class(socketio.packet.EVENT, ["patch", {"set": {"å": 1}}], "/m")
    assert text_of(sio, "patch", {"set": {"å": 1}}) == f"4{packet.encode()}"
