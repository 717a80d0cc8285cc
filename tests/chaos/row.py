"""What came of one trouble."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .checks import Finding
from .crowd import Crowd

BACK = 5.0  # seconds in which every screen is back when the server is, or the network


@dataclass
class Row:
    """`between` was stored by a server that died before it could say so. Times in seconds."""

    name: str
    runs: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    apart: int = 0
    between: int = 0
    again: int = 0  # sent more than once
    slowest_return: float = 0.0
    returns: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _told: set[str] = field(default_factory=set, repr=False)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.apart or self.wrong)

    def take(self, found: Finding, when: str) -> None:
        """Each thing is told once, though it stays wrong from then on."""
        for sort in ("lost", "doubled", "apart"):
            for what in set(getattr(found, sort)) - self._told:
                self._told.add(what)
                setattr(self, sort, getattr(self, sort) + 1)
                self.wrong.append(f"{when}: {sort}: {what}")

    @property
    def figures(self) -> dict[str, Any]:
        """As they are kept."""
        numbers = {name: value for name, value in vars(self).items() if name != "_told"}
        bar = f"0 lost, 0 doubled, screens agree, back ≤ {BACK:.0f} s"
        holds = self.sound and self.slowest_return <= BACK
        return {"what": self.name, "ours": self.told(), "bar": bar, "holds": holds, **numbers}

    def count(self, crowd: Crowd) -> None:
        """What a crowd sent, when it goes."""
        self.acknowledged += crowd.acknowledged
        self.again += sum(one.tries > 1 for one in crowd.sent)

    def back(self, seconds: float) -> None:
        self.returns.append(round(seconds, 3))
        self.slowest_return = max(self.returns)

    def told(self) -> str:
        back = sorted(self.returns)
        times = ""
        if back:
            middle, slow = back[len(back) // 2], back[-1]
            times = f"; back after {middle:.1f} s, the slowest {slow:.1f} s (bar {BACK:.0f} s)"
        counts = f"{self.acknowledged} acknowledged, {self.again} sent again"
        if self.between:
            counts += f", {self.between} stored by a server that died before it said so"
        bad = f"{self.lost} lost, {self.doubled} doubled, {self.apart} screens apart"
        return f"{self.runs} runs: {counts}; {bad}{times}"
