"""A whole municipality at once: 50 meetings on one process, for five minutes. What stays behind."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic

from . import server
from .gathering import Gathering, Phone, gathering
from .row import Figures, Measure, Row, at, both, times

MEETINGS = 50
PEOPLE = 12
EVERY = 5.0  # seconds between two acts of one person
ALONE = 90.0  # seconds that one meeting is measured by itself
TOGETHER = 300.0
SETTLED = 60.0  # seconds after which memory must not grow: by then everybody has written
OWN_CARDS = 3  # that a person writes; afterwards they are reworded
CARD = "Meir tid til kvarandre, og ein stad å vera når skulen er stengd ({})"


async def together() -> Figures:
    """Every person acts: leaders call the next speaker, the others write and reword cards."""
    with server.ours() as app:
        async with _meetings(app.origin, 1) as one:
            alone = await _act(one, ALONE)
        async with _meetings(app.origin, MEETINGS) as all_of_them:
            memory: list[int] = []
            watching = asyncio.create_task(_watch(app, memory))
            used, began = app.cpu, monotonic()
            delays = await _act(all_of_them, TOGETHER)
            busy = (app.cpu - used) / (monotonic() - began)
            watching.cancel()
    return {
        "p50": at(0.5, delays),
        "p95": at(0.95, delays),
        "alone_p50": at(0.5, alone),
        "alone_p95": at(0.95, alone),
        "acts": len(delays),
        "acts_alone": len(alone),
        "busy": busy,
        "settled": memory[0],
        "ended": at(0.5, memory[-3:]),
    }


def judge_together(f: Figures) -> Row:
    ratio, grown = f["p95"] / f["alone_p95"], f["ended"] / f["settled"]
    return Row(
        f"{MEETINGS} meetings × {PEOPLE} people, all acting: act → room screen, p50 / p95",
        f"{both(f)}; memory {f['settled'] / 1e6:.0f} → {f['ended'] / 1e6:.0f} MB",
        f"one meeting alone {both(f, 'alone_')}; CPU {f['busy']:.0%} of a core",
        f"{times(ratio, 2)}; memory {times(grown, FLAT)}",
        ratio <= 2 and grown <= FLAT,
        f"{TOGETHER:.0f} s, {f['acts']:.0f} acts; alone {f['acts_alone']:.0f}",
    )


FLAT = 1.05  # of what it was: the journal's own lines are all that may grow


async def _watch(app: server.Server, memory: list[int]) -> None:
    await asyncio.sleep(SETTLED)
    while True:
        memory.append(app.memory)
        await asyncio.sleep(10)


@asynccontextmanager
async def _meetings(origin: str, count: int) -> AsyncIterator[list[Gathering]]:
    async with AsyncExitStack() as stack:
        meetings = []
        for _ in range(count):
            meetings.append(await stack.enter_async_context(gathering(origin)))
            await meetings[-1].fill(PEOPLE)
            await meetings[-1].begin_round()
        yield meetings


async def _act(meetings: list[Gathering], seconds: float) -> list[float]:
    """From each act until the meeting's room screen shows something new."""
    delays: list[float] = []
    chance, end = random.Random(1), monotonic() + seconds
    await asyncio.gather(
        *(_lead(meeting, chance.random(), end, delays) for meeting in meetings),
        *(
            _write(meeting, phone, chance.random(), end, delays)
            for meeting in meetings
            for phone in meeting.phones
        ),
    )
    return delays


async def _lead(meeting: Gathering, wait: float, end: float, delays: list[float]) -> None:
    begins_anew = False
    async for began in _every(wait, end):
        mark = len(meeting.room.heard)
        if meeting.speaker or begins_anew:
            await meeting.lead.do("forward")
            begins_anew = False
        else:
            await meeting.lead.do("repeat_round", phase="round")
            begins_anew = True
        delays.append(await meeting.room.hear(mark + 1) - began)


async def _write(
    meeting: Gathering, phone: Phone, wait: float, end: float, delays: list[float]
) -> None:
    cards: list[int] = []
    number = 0
    async for began in _every(wait, end):
        number += 1
        mark, text = len(meeting.room.heard), CARD.format(number)
        if len(cards) < OWN_CARDS:
            await phone.do("add_card", phase="round", text=text)
            cards.append(phone.stored)
        else:
            await phone.do("edit_card", card=cards[number % OWN_CARDS], text=text)
        delays.append(await meeting.room.hear(mark + 1) - began)


async def _every(wait: float, end: float) -> AsyncIterator[float]:
    """When it is one's turn to act. By the clock and not by the last act: else whoever is woken
    together acts together ever after, and 600 people become a crowd that acts at once."""
    due = monotonic() + wait * EVERY
    while due < end:
        await asyncio.sleep(due - monotonic())
        yield monotonic()
        due += EVERY


MEASURES = (Measure("together", together, judge_together, runs=1),)
