"""`kill -9` of the server at any moment of a meeting under load."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from .crowd import STAGES, Crowd
from .place import Place, meeting, place
from .row import Row

LOAD = 0.8  # seconds of a meeting under load, at the most, until the server dies
BURST = 0.02  # … after everybody has sent something at the same moment
RETURN = 0.5  # … after it serves pages again, while all come back
MEETING = tuple(stage for stage in STAGES for _ in range(2))  # a kill in each
TELL = 25  # kills until it is said how things stand

Moment = Callable[[Place, Crowd], Awaitable[None]]


async def kills(runs: int, chance: random.Random, stages: Sequence[str] = MEETING) -> Row:
    """So many, in these phases of a meeting after each other, and then of another one."""
    row = Row("kills")
    with place(chance) as at:
        while row.runs < runs:
            async with meeting(at, row) as met:
                for stage in stages[: runs - row.runs]:
                    row.runs += 1
                    await _once(at, met, stage, row)
                    if row.runs % TELL == 0:
                        print(row.told(), file=sys.stderr, flush=True)
    return row


async def _once(at: Place, met: Crowd, stage: str, row: Row) -> None:
    met.acting.set()
    moment = at.chance.choice((_under_load, _under_load, _in_a_burst, _while_all_return))
    if stage != "lobby":  # there the very first requests are hit
        await met.begin(stage)
    await moment(at, met)
    at.server.kill()
    _count_what_was_not_answered(at, met, row)
    up = await at.start()
    row.back(await met.all_back(up))
    await at.check(met, row, f"kill {row.runs}, {stage}, {moment.__name__[1:]}")


async def _under_load(at: Place, met: Crowd) -> None:
    await asyncio.sleep(at.chance.uniform(0, LOAD))


async def _in_a_burst(at: Place, met: Crowd) -> None:
    """In the middle of a flush: everybody's at once, and then at any millisecond."""
    await met.rest()
    for phone in met.phones:
        met.give(phone)
    await asyncio.sleep(at.chance.uniform(0, BURST))


async def _while_all_return(at: Place, met: Crowd) -> None:
    """Once more, when it has just come back from a kill."""
    await asyncio.sleep(at.chance.uniform(0, LOAD))
    at.server.kill()
    await at.start()
    await asyncio.sleep(at.chance.uniform(0, RETURN))


def _count_what_was_not_answered(at: Place, met: Crowd, row: Row) -> None:
    """How often a kill fell between the disk and the answer."""
    path = at.server.folder / "meetings" / f"{met.meeting}.journal"
    lines = path.read_bytes().splitlines()
    stored = set()
    for line in lines:
        with suppress(ValueError):  # torn
            stored.add(json.loads(line.partition(b" ")[2])[2]["op"].rpartition("/")[2])
    waiting = [one for screen in met.screens for one in screen.queue]
    row.between += sum(one.op in stored for one in waiting)
