"""How fast a change is on every screen, and what is stored before it is shown."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import aiohttp

from . import server
from .gathering import AT_ONCE, Gathering, Phone, gathering
from .phones import Lost, Screen, Socket, in_turn
from .row import Figures, Measure, Row, at, both, ms, times

CHANGES = 30  # presses of “next speaker” in one run
CARDS = 60
BOARD = 300  # measures that stand on the board already
IDLE = 15.0  # seconds
CARD = "Meir tid til kvarandre, og ein stad å vera når skulen er stengd ({})"


async def next_speaker(phones: int) -> Figures:
    """The leader presses; when does each screen know?"""
    delays: list[float] = []
    counts: list[int] = []
    sizes: list[int] = []
    cpu = 0.0
    with server.ours() as app:
        async with gathering(app.origin) as meeting:
            await meeting.fill(phones)
            await meeting.begin_round()
            told = [meeting.room, *meeting.phones]
            for _ in range(CHANGES):
                await meeting.repeat_round()
                marks, used, pressed = [len(s.heard) for s in told], app.cpu, monotonic()
                await meeting.forward()
                delays += [await s.hear(m + 1) - pressed for s, m in zip(told, marks, strict=True)]
                await meeting.quiet()
                cpu += app.cpu - used
                news = [s.heard[m:] for s, m in zip(told, marks, strict=True)]
                counts += [len(messages) for messages in news]
                sizes += [sum(len(text.encode()) for _, text in messages) for messages in news]
    return {
        "p50": at(0.5, delays),
        "p95": at(0.95, delays),
        "cpu": cpu / CHANGES,
        "messages": max(counts),
        "bytes": max(sizes),
        **await _broadcast(phones + 1, max(sizes)),
        "sync": at(0.95, _sync_alone()),
    }


def _sync_alone() -> Iterable[float]:
    """What the reference is spared: as many lines stored one by one, and nothing else."""
    with tempfile.TemporaryFile(prefix="bench-", buffering=0) as file:
        for _ in range(CHANGES):
            began = monotonic()
            file.write(b"x" * 300)
            os.fsync(file)
            yield monotonic() - began
            sleep(0.05)


async def _broadcast(screens: int, size: int) -> Figures:
    """The reference: as many sockets of a bare server, a message of the same size to all."""
    delays: list[float] = []
    cpu = 0.0
    with server.reference("bare") as app:
        async with _bare_sockets(app.origin, screens) as sockets:
            pad = "x" * (size - len('42/m,["patch",""]'))
            for number in range(1, CHANGES + 1):
                used, pressed = app.cpu, monotonic()
                await sockets[0].ask("broadcast", pad)
                delays += [await s.hear(number) - pressed for s in sockets]
                await asyncio.sleep(0.05)
                cpu += app.cpu - used
    return {"bare_p50": at(0.5, delays), "bare_p95": at(0.95, delays), "bare_cpu": cpu / CHANGES}


def judge_speaker(phones: int, f: Figures) -> Row:
    ratio = f["p95"] / f["bare_p95"]
    return Row(
        f"next speaker → room screen and {phones} phones, p50 / p95",
        f"{both(f)}, CPU {ms(f['cpu'])}",
        f"bare broadcast {both(f, 'bare_')}, CPU {ms(f['bare_cpu'])}; a sync p95 {ms(f['sync'])}",
        f"{times(ratio, 1.5)}; {f['messages']:.0f} of 1 message; {f['bytes']:.0f} of 1024 B",
        ratio <= 1.5 and f["messages"] <= 1 and f["bytes"] <= 1024,
        f"{CHANGES} changes × {phones + 1} screens",
    )


async def card(phones: int = 100) -> Figures:
    """A card from a phone: stored, then on the room screen."""
    shown: list[float] = []
    known: list[float] = []
    with server.ours() as app:
        async with gathering(app.origin) as meeting:
            await meeting.fill(phones)
            await meeting.begin_round()
            for number in range(CARDS):
                writer, mark = meeting.phones[number % phones], len(meeting.room.heard)
                sent = monotonic()
                stored = await writer.do("add_card", phase="round", text=CARD.format(number))
                shown.append(await meeting.room.hear(mark + 1) - sent)
                known.append(stored - sent)
                await meeting.quiet()
            _check_shown(meeting.room, CARDS)
        line = _journal(app.folder).read_bytes().splitlines()[-1].decode()
    bare = await _store(phones, line)
    return {
        "p50": at(0.5, shown),
        "p95": at(0.95, shown),
        "known": at(0.95, known),
        "line": len(line.encode()),
        "bare_p50": at(0.5, bare),
        "bare_p95": at(0.95, bare),
    }


async def _store(sockets: int, line: str) -> list[float]:
    """The reference: a bare server appends the line, syncs, and answers."""
    delays = []
    with server.reference("bare") as app:
        async with _bare_sockets(app.origin, sockets) as writers:
            for number in range(CARDS):
                sent = monotonic()
                stored, _ = await writers[number % sockets].ask("store", f"{line}\n")
                delays.append(stored - sent)
                await asyncio.sleep(0.05)
    return delays


def judge_card(f: Figures) -> Row:
    ratio = f["p95"] / f["bare_p95"]
    return Row(
        "card → stored → room screen, 100 phones, p50 / p95",
        f"{both(f)}; its sender knows p95 {ms(f['known'])}",
        f"sync + round trip {both(f, 'bare_')}",
        times(ratio, 3),
        ratio <= 3,
        f"{CARDS} cards, each a line of {f['line']:.0f} B",
    )


async def burst(phones: int = 300) -> Figures:
    """A card from every phone at the same moment."""
    with server.ours() as app:
        async with gathering(app.origin) as meeting:
            await meeting.fill(phones)
            await meeting.begin_round()
            journal, mark = _journal(app.folder), len(meeting.room.heard)

            async def write(number: int, phone: Phone) -> tuple[float, int]:
                """When its sender knew, and how long the journal was by then."""
                known = await phone.do("add_card", phase="round", text=CARD.format(number))
                return known, journal.stat().st_size

            sent = monotonic()
            answers = await asyncio.gather(*(write(*one) for one in enumerate(meeting.phones)))
            await meeting.quiet(0.5)
            news = meeting.room.heard[mark:]
            _check_shown(meeting.room, phones)
            _check_stored(journal, [size for _, size in answers])
    return {
        "shown": news[-1][0] - sent,
        "known": max(when for when, _ in answers) - sent,
        "messages": len(news),
    }


def judge_burst(f: Figures) -> Row:
    return Row(
        "300 cards at the same moment: the last on the room screen",
        f"{ms(f['shown'])}; all senders know {ms(f['known'])}",
        "–",
        "≤ 300 ms; each stored once, acknowledged only then",
        f["shown"] <= 0.3,
        f"300 cards, {f['messages']:.0f} messages to the room screen",
    )


async def board(phones: int = 30) -> Figures:
    """One more measure, and one more speaker, where 300 measures stand under two factors."""
    with server.ours() as app:
        async with gathering(app.origin, "bti-system") as meeting:
            await meeting.fill(phones)
            factors = await _choose_factors(meeting)
            await meeting.begin_round()

            async def measure(number: int) -> None:
                writer, text = meeting.phones[number % phones], CARD.format(number)
                await writer.do("add_card", phase="measures", text=text, factors=factors)

            await asyncio.gather(*map(measure, range(BOARD)))
            await meeting.quiet(0.5)
            told = [meeting.lead, meeting.room, *meeting.phones]
            cards, turns = _Sizes(told), _Sizes(told)
            for number in range(BOARD, BOARD + phones // 3):
                cards.mark()
                await measure(number)
                await meeting.quiet(0.2)
                cards.count()
                turns.mark()
                await meeting.forward()
                await meeting.quiet(0.2)
                turns.count()
            _check_shown(meeting.room, BOARD + phones // 3)
    return {"card": cards.most, "turn": turns.most}


async def _choose_factors(meeting: Gathering) -> list[int]:
    """Two factors are named and chosen, and the round of measures begins."""
    await meeting.begin("factors")
    for number in (1, 2):
        await meeting.phones[number].do("add_card", phase="factors", text=CARD.format(number))
    await meeting.begin("choose")
    factors = [face["id"] for face in meeting.lead.draw()["cards"]["cards"]]
    for factor in factors:
        await meeting.lead.do("choose_card", phase="choose", card=factor)
    await meeting.begin("measures")
    return factors


class _Sizes:
    """The most bytes that any of some screens was sent between `mark` and `count`."""

    def __init__(self, screens: list[Screen]) -> None:
        self.most, self._screens = 0, screens

    def mark(self) -> None:
        self._marks = [len(screen.heard) for screen in self._screens]

    def count(self) -> None:
        for screen, mark in zip(self._screens, self._marks, strict=True):
            size = sum(len(text.encode()) for _, text in screen.heard[mark:])
            self.most = max(self.most, size)


def judge_board(f: Figures) -> Row:
    return Row(
        "one more card, one more speaker, among 300 measures under two factors: bytes per screen",
        f"card {f['card']:.0f} B, speaker {f['turn']:.0f} B",
        "–",
        "≤ 1024 B for each screen",
        max(f["card"], f["turn"]) <= 1024,
        "BTI meeting; 10 cards × leader view, room screen, 30 phones",
    )


async def idle(phones: int = 50) -> Figures:
    """A turn's timer runs, and nobody acts."""
    with server.ours() as app:
        async with gathering(app.origin) as meeting:
            await meeting.fill(phones)
            await meeting.begin_round()
            await meeting.quiet(1)
            heard, beats, used = _heard(meeting), _heartbeats(meeting), app.cpu
            await asyncio.sleep(IDLE)
            return {
                "messages": _heard(meeting) - heard,
                "heartbeats": _heartbeats(meeting) - beats,
                "cpu": (app.cpu - used) / IDLE,
            }


def judge_idle(f: Figures) -> Row:
    return Row(
        "messages while a timer runs and nobody acts",
        f"{f['messages']:.0f}",
        f"{f['heartbeats']:.0f} heartbeats, {f['cpu']:.1%} CPU",
        "0 apart from heartbeats",
        f["messages"] == 0,
        f"{IDLE:.0f} s, 50 phones, leader, room screen",
    )


MEASURES = (
    *(
        Measure(f"speaker-{n}", partial(next_speaker, n), partial(judge_speaker, n))
        for n in (10, 100, 300)
    ),
    Measure("card", card, judge_card),
    Measure("burst", burst, judge_burst),
    Measure("board", board, judge_board, runs=1),
    Measure("idle", idle, judge_idle, runs=1),
)


@asynccontextmanager
async def _bare_sockets(origin: str, count: int) -> AsyncIterator[list[Socket]]:
    url = f"{origin}/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    async with AsyncExitStack() as stack:
        connector = aiohttp.TCPConnector(limit=0)
        http = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))

        async def open_one(_: int) -> Socket:
            socket = await stack.enter_async_context(Socket())
            await socket.connect(http, url)
            return socket

        yield await in_turn(count, AT_ONCE, open_one)


def _journal(folder: Path) -> Path:
    return next((folder / "meetings").glob("*.journal"))


def _check_shown(room: Screen, count: int) -> None:
    texts = [face["text"] for face in room.draw()["cards"]["cards"]]
    if sorted(texts) != sorted(map(CARD.format, range(count))):
        raise Lost(f"{len(texts)} cards on the room screen instead of {count}")


def _check_stored(journal: Path, sizes: list[int]) -> None:
    """`sizes` of the journal in bytes when the sender of each card was told that it is stored."""
    ends: dict[str, list[int]] = {}
    size = 0
    for line in journal.read_bytes().splitlines(keepends=True):
        size += len(line)
        event = json.loads(line.partition(b" ")[2])[2]["event"]
        if event["type"] == "card_added":
            ends.setdefault(event["text"], []).append(size)
    for number, known in enumerate(sizes):
        stored = ends.get(CARD.format(number), [])
        if len(stored) != 1 or stored[0] > known:
            raise Lost(f"card {number} is stored {len(stored)} times, or was not when acknowledged")


def _heard(meeting: Gathering) -> int:
    return sum(len(screen.heard) for screen in meeting.screens)


def _heartbeats(meeting: Gathering) -> int:
    return sum(screen.heartbeats for screen in meeting.screens)
