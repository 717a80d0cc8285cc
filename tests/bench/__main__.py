"""Every figure of the bars, beside its reference.

    python -m tests.bench [--quick] [--long] [--only NAME]

Nothing fails because a machine is slow; only what is lost does. All of it stays on loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
from dataclasses import asdict
from time import monotonic

from tests.kept import keep

from . import coming, finished, growth, many, telling
from .phones import Lost
from .row import Figures, Measure, Row, medians
from .server import pin

MEASURES = (*telling.MEASURES, *coming.MEASURES, *finished.MEASURES, *growth.MEASURES)
LIMIT = 600.0  # seconds for all of it
LONG = many.MEASURES


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one run of each")
    parser.add_argument("--long", action="store_true", help="what takes minutes, instead")
    names = ", ".join(m.name for m in (*MEASURES, *LONG))
    parser.add_argument("--only", metavar="NAME", help=names)
    given = parser.parse_args()
    pin(0, -1)
    gc.disable()  # a pause of the phones' would be taken for one of the server's
    began, lost = monotonic(), False
    for measure in LONG if given.long else MEASURES:
        if given.only and given.only not in (measure.name, measure.name.partition("-")[0]):
            continue
        try:
            left = LIMIT - (monotonic() - began)
            runs = run(measure, 1 if given.quick else measure.runs, left)
        except TimeoutError:
            print(f"\n{measure.name}: not measured, the time was up")
            break
        except Lost as loss:
            lost = True
            print(f"\n{measure.name}: LOST: {loss}")
            continue
        row = measure.judge(medians(runs))
        show(row, len(runs))
        keep(
            "bench-long" if given.long else "bench",
            {"name": measure.name, **asdict(row), "runs": runs},
        )
    load = os.getloadavg()[1] if hasattr(os, "getloadavg") else 0
    print(f"\n{monotonic() - began:.0f} s, load {load:.1f}; figures of each run in build/")
    sys.exit(lost)


def run(measure: Measure, count: int, limit: float) -> list[Figures]:
    """Raises TimeoutError when it takes more seconds than `limit`, and Lost."""
    runs: list[Figures] = []
    end = monotonic() + limit
    for _ in range(count):
        runs.append(asyncio.run(asyncio.wait_for(measure.once(), end - monotonic())))
        gc.collect()
    return runs


def show(row: Row, runs: int) -> None:
    print(f"\n{row.what}   [{row.over}; {'median of ' if runs > 1 else ''}{runs}]")
    print(f"  ours       {row.ours}")
    print(f"  reference  {row.reference}")
    print(f"  {'holds       ' if row.holds else 'FALLS SHORT '}{row.bar}", flush=True)


if __name__ == "__main__":
    main()
