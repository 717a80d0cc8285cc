"""A disk that is full, read-only, failing, slow: it is said, and the meeting goes on."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from .crowd import Crowd, until
from .disk import illness_of
from .place import Place, all_in, meeting, place
from .row import Row

ILL = 1.0  # seconds, after it has been said on every screen
STAGES = ("clarifying", "factors", "choose", "evaluate")


def trouble(*illnesses: str) -> Callable[[int, random.Random], Awaitable[Row]]:
    """One after the other, in the phases of a meeting."""

    async def run(runs: int, chance: random.Random) -> Row:
        row = Row("-".join(["disk", *illnesses]))
        with place(chance, module="tests.chaos.disk") as at:
            while row.runs < runs:
                await _meet(at, illnesses, row, runs)
        return row

    return run


async def _meet(at: Place, illnesses: Sequence[str], row: Row, runs: int) -> None:
    async with meeting(at, row) as met:
        await all_in(met)
        for stage in STAGES[: runs - row.runs]:
            illness = illnesses[row.runs % len(illnesses)]
            row.runs += 1
            met.acting.set()
            await met.begin(stage)
            await _ill(at, met, illness, row, f"{illness} {row.runs}, {stage}")


async def _ill(at: Place, met: Crowd, illness: str, row: Row, when: str) -> None:
    """Now and then the server dies before its disk is well again."""
    path = at.server.folder / "meetings" / f"{met.meeting}.journal"
    told = illness_of(at.server.folder)
    before = path.read_bytes()
    told.write_text(illness)
    if illness == "slow":
        await asyncio.sleep(2 * ILL)
    else:
        await until(lambda: all(s.twin.held for s in met.screens), "every screen says held")
        shown = met.lead.twin.v
        await asyncio.sleep(ILL)
        await until(lambda: met.lead.twin.v > shown, "the meeting goes on")
        if not path.read_bytes().startswith(before):
            row.wrong.append(f"{when}: what was stored has been harmed")
    if at.chance.random() < 0.5:
        at.server.kill()
        told.unlink()
        row.back(await met.all_back(await at.start()))
    else:
        told.unlink()
        well = monotonic()
        await until(lambda: not any(s.twin.held for s in met.screens), "nothing is held any more")
        row.back(monotonic() - well)
    await at.check(met, row, when)
