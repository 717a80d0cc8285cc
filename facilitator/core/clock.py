"""Time as the meeting counts it. A clock never ticks: it stores when it started, and is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

SOON = 20.0  # seconds before the end in which a screen says so

TimeState = Literal["running", "soon", "up"]


@dataclass(frozen=True)
class Clock:
    """Seconds to spend. `started` is a point in time while the clock runs, None while it stands."""

    budget: float
    spent: float = 0.0
    started: float | None = None

    def used(self, now: float) -> float:
        # An undone act sets time back, so a clock may have started in what is now the future.
        return self.spent + (0.0 if self.started is None else max(0.0, now - self.started))

    def left(self, now: float) -> float:
        return self.budget - self.used(now)

    def state(self, now: float) -> TimeState:
        left = self.left(now)
        return "up" if left <= 0 else "soon" if left <= SOON else "running"

    def start(self, now: float) -> Clock:
        return self if self.started is not None else replace(self, started=now)

    def stop(self, now: float) -> Clock:
        return replace(self, spent=self.used(now), started=None)

    def add(self, seconds: float) -> Clock:
        return replace(self, budget=max(0.0, self.budget + seconds))
