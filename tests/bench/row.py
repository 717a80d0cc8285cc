"""What a measurement is: figures of one run, and how the medians of all runs are judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

Figures = dict[str, float]  # times in seconds, sizes in bytes


@dataclass(frozen=True)
class Row:
    """A line of the table. `over` says what a run was taken from: samples and payload."""

    what: str
    ours: str
    reference: str
    bar: str
    holds: bool
    over: str


@dataclass(frozen=True)
class Measure:
    name: str
    once: Callable[[], Coroutine[Any, Any, Figures]]
    judge: Callable[[Figures], Row]
    runs: int = 3


def medians(runs: list[Figures]) -> Figures:
    return {key: median(run[key] for run in runs) for key in runs[0]}


def at(share: float, samples: Iterable[float]) -> float:
    """The sample that this share of all does not exceed."""
    ordered = sorted(samples)
    return ordered[math.ceil(share * len(ordered)) - 1]


def both(f: Figures, prefix: str = "") -> str:
    """p50 / p95 in milliseconds."""
    return f"{f[f'{prefix}p50'] * 1000:.1f} / {ms(f[f'{prefix}p95'])}"


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def times(ratio: float, limit: float) -> str:
    return f"{ratio:.2f} of ≤ {limit} ×"
