"""What a meeting leaves in memory when it is over, and everybody has gone."""

from __future__ import annotations

import asyncio
from pathlib import Path

from . import server
from .gathering import gathering
from .phones import PATIENCE, Lost
from .row import Figures, Measure, Row

FIRST = 15  # meetings until all that is kept once is there
MORE = 30
PEOPLE = 6
SETTLES = 15.0  # seconds until pages are given up, meetings let go, and all of it collected
STEP = 1 << 20  # bytes by which Python takes memory from the system: the least that can be seen
LISTED = 4 << 10  # bytes of a meeting's line in the list, and of what is known by its code


async def finished() -> Figures:
    with server.ours(module="tests.hasty") as app:
        for _ in range(FIRST):
            await _hold(app)
        await asyncio.sleep(SETTLES)
        before = app.memory
        for _ in range(MORE):
            await _hold(app)
        await asyncio.sleep(SETTLES)
        return {"grown": app.memory - before, "before": before}


async def _hold(app: server.Server) -> None:
    """A short meeting: people come, write, evaluate; it is closed, folded and left."""
    async with gathering(app.origin) as meeting:
        await meeting.fill(PEOPLE)
        await meeting.begin("round")
        for number, phone in enumerate(meeting.phones):
            await phone.do("add_card", phase="round", text=f"Meir tid til kvarandre ({number})")
        await meeting.begin("evaluate")
        for phone in meeting.phones:
            await phone.do("answer", phase="evaluate", answers={"useful": "yes"})
        await meeting.lead.do("forward")
        await meeting.quiet()
        await meeting.lead.do("forward")
        await meeting.quiet()
        await meeting.lead.do("close")
        newest = max(app.folder.glob("meetings/*.journal"), key=lambda p: p.stat().st_mtime)
        await _folded(newest)


async def _folded(log: Path) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            while log.read_bytes().count(b"\n") > 2:
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise Lost(f"{log.name} was never folded") from None


def judge(f: Figures) -> Row:
    may = MORE * LISTED + STEP
    return Row(
        f"memory grown by {MORE} finished meetings that everybody has left",
        f"{f['grown'] / 1e6:.2f} MB, {f['grown'] / MORE / 1024:.0f} KB each",
        f"{f['before'] / 1e6:.0f} MB before",
        f"0 but for their lines in the list, to a step of the allocator: {may / 1e6:.1f} MB",
        f["grown"] <= may,
        f"{MORE} meetings × {PEOPLE} phones, after {FIRST} others",
    )


MEASURES = (Measure("finished", finished, judge, runs=1),)
