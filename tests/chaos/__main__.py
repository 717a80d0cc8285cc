"""Breaks a meeting in every way: `python -m tests.chaos [--only NAME] [--kills 200] [--seed N]`.

Whatever happens, nothing that was acknowledged as stored is missing or double, and every screen
shows what the journal says. Ends with 1 if that does not hold. All of it stays on loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import sys
from collections.abc import Awaitable, Callable
from time import monotonic

from tests.kept import keep

from . import disks, networks
from .backups import backups
from .crowd import Stuck
from .damage import damage
from .disk import ILLNESSES
from .kills import kills
from .row import BACK, Row

Trouble = Callable[[int, random.Random], Awaitable[Row]]
TROUBLES: dict[str, tuple[Trouble, int]] = {  # and how often
    "kills": (kills, 200),
    **{f"net-{harm.__name__}": (networks.trouble(harm), 10) for harm in networks.HARMS},
    **{f"disk-{illness}": (disks.trouble(illness), 10) for illness in ILLNESSES},
    "backup": (backups, 10),
    "damage": (damage, 1),
}


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.chaos", description=__doc__)
    parser.add_argument("--only", metavar="NAME", help=", ".join(TROUBLES))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or the server would go on alone
    print(f"seed {given.seed}", flush=True)
    began, sound = monotonic(), True
    for name, (trouble, runs) in TROUBLES.items():
        if given.only in (None, name):
            count = given.kills if name == "kills" else runs
            try:
                row = asyncio.run(trouble(count, random.Random(f"{given.seed} {name}")))
            except Stuck as stuck:
                row = Row(name, wrong=[str(stuck)])
            sound = sound and row.sound
            show(row)
            keep("chaos", row.figures)
    print(f"{monotonic() - began:.0f} s; figures in build/chaos.json")
    sys.exit(not sound)


def show(row: Row) -> None:
    print(f"{row.name:13} {row.told()}")
    for wrong in row.wrong:
        print(f"  {wrong}")
    if row.slowest_return > BACK:
        print("  FALLS SHORT: not every screen was back in time")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
