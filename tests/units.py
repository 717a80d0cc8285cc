"""How long the unit tests of the core and the kinds take, whole: python -m tests.units"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.kept import keep

ROOT = Path(__file__).parent.parent
UNITS = ("tests/core", "tests/phases")
ALONE = ("-p", "no:hypothesispytest")  # nothing is random in them, and loading it takes its time
RUNS, BAR = 3, 2.0  # seconds


def main() -> None:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    _seconds(env, *UNITS)  # the first writes what the others read
    whole = median(_seconds(env, *UNITS) for _ in range(RUNS))
    empty = median(_seconds(env, "--collect-only", f"{UNITS[0]}/story.py") for _ in range(RUNS))
    row = {
        "name": "units",
        "what": "unit tests of the core and the kinds",
        "ours": f"{whole:.2f} s of a core, {RUNS} runs",
        "reference": f"pytest itself {empty:.2f} s",
        "bar": f"< {BAR:.0f} s",
        "holds": whole < BAR,
    }
    keep("units", row)
    print(*(f"{name}: {value}" for name, value in row.items()), sep="\n")


def _seconds(env: dict[str, str], *args: str) -> float:
    """Of a core's time, which is what it takes where nothing else runs."""
    before = os.times()
    command = [sys.executable, "-m", "pytest", "-q", *ALONE, *args]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False)
    assert done.returncode in (0, 5), done.stdout.decode()  # 5: nothing was collected
    return sum(os.times()[2:4]) - sum(before[2:4])


if __name__ == "__main__":
    main()
