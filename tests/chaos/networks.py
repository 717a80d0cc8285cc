"""The network between the screens and the server: cut, silent, slow, and late."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

from .crowd import Crowd
from .net import Net
from .place import Place, all_in, meeting, place
from .row import Row

AWAY = 1.5  # seconds
PATIENCE = 1.0  # seconds until an answer is given up, so that silence makes everybody repeat
STAGES = ("clarifying", "factors", "choose", "evaluate")

Harm = Callable[[Net, Crowd], Awaitable[None]]


async def cut(net: Net, met: Crowd) -> None:
    net.feel("cut")
    await asyncio.sleep(AWAY)
    net.feel("well")


async def silent(net: Net, met: Crowd) -> None:
    """Nothing closes, nothing comes; all that was sent arrives at once, with its repeats."""
    net.feel("silent")
    await asyncio.sleep(2 * AWAY)
    net.feel("well")


async def slow(net: Net, met: Crowd) -> None:
    net.feel("slow")
    await asyncio.sleep(2 * AWAY)
    net.feel("well")


async def late(net: Net, met: Crowd) -> None:
    """What was sent over lost connections arrives after all that was sent over new ones."""
    net.hold_back()
    await asyncio.sleep(AWAY / 3)
    net.late()
    await asyncio.sleep(AWAY / 3)
    await met.all_live()
    await net.deliver()


HARMS: tuple[Harm, ...] = (cut, silent, slow, late)


def trouble(*harms: Harm) -> Callable[[int, random.Random], Awaitable[Row]]:
    """One after the other, in the phases of a meeting."""
    name = "-".join(["net", *(harm.__name__ for harm in harms)])

    async def run(runs: int, chance: random.Random) -> Row:
        row = Row(name)
        with place(chance) as at:
            async with Net(at.server.port, chance) as net:
                while row.runs < runs:
                    await _meet(at, net, harms, row, runs)
        return row

    return run


async def _meet(at: Place, net: Net, harms: Sequence[Harm], row: Row, runs: int) -> None:
    origin = f"http://127.0.0.1:{net.port}"
    async with meeting(at, row, origin, patience=PATIENCE) as met:
        await all_in(met)
        for stage in STAGES[: runs - row.runs]:
            harm = harms[row.runs % len(harms)]
            row.runs += 1
            met.acting.set()
            await met.begin(stage)
            await asyncio.sleep(at.chance.uniform(0.1, 0.5))
            await harm(net, met)
            well = monotonic()
            await met.all_live()
            await met.rest()
            row.back(monotonic() - well)
            await at.check(met, row, f"{harm.__name__} {row.runs}, {stage}")
