"""How long the unit tests of the core and the kinds take, whole: python -m tests.units"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.kept import keep

ROOT = Path(__file__).parent.parent
UNITS = ("tests/core", "tests/phases")
RUNS, BAR = 3, 2.0  # seconds


def main() -> None:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    _seconds(env, *UNITS)  # the first writes what the others read
    whole = median(_seconds(env, *UNITS) for _ in range(RUNS))
    empty = median(_seconds(env, "--collect-only", f"{UNITS[0]}/story.py") for _ in range(RUNS))
    row = {
        "name": "units",
        "what": "unit tests of the core and the kinds",
        "ours": f"{whole:.1f} s, {RUNS} runs",
        "reference": f"pytest itself {empty:.1f} s",
        "bar": f"< {BAR:.0f} s",
        "holds": whole < BAR,
    }
    keep("units", row)
    print(*(f"{name}: {value}" for name, value in row.items()), sep="\n")


def _seconds(env: dict[str, str], *args: str) -> float:
    start = perf_counter()
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", *args], cwd=ROOT, env=env,
        capture_output=True, check=False)  # fmt: skip
    assert done.returncode in (0, 5), done.stdout.decode()  # 5: nothing was collected
    return perf_counter() - start


if __name__ == "__main__":
    main()
