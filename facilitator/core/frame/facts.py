"""Facts beside the evaluation: planned and real minutes, and the signals. Never who.

“Held me oss til strukturen?” (BTI on system level, “etter møtet”); that facts stand beside what is
said about it is ours. Short and calm: only what differed is worth a line.
"""

from __future__ import annotations

from typing import Any, Literal

from facilitator.core.blocks import Block, Statements
from facilitator.core.meeting import Meeting, Phase
from facilitator.core.signal import Reason, Signal
from facilitator.core.text import Say, Text, say

WORTH = 120.0  # seconds by which a phase differs from its plan to be told of

MOST = 5  # phases told of, those that differed most

Place = Literal["main", "beside"]


def beside(m: Meeting) -> dict[str, Block]:
    """What there is to know when answers are talked through."""
    return _time(m) | signals(m, "beside")


def minutes(m: Meeting) -> Statements:
    """Planned and real minutes of every phase."""
    lines = tuple(_line(p.title, m.clocks[p.id].spent, p.minutes) for p in m.phases)
    return Statements(lines, label=say("frame.minutes_label"))


def signals(m: Meeting, place: Place = "main") -> dict[str, Block]:
    """How many signals there were, why, and when: a line for each reason."""
    if not m.signals:
        return {}
    reasons: dict[Reason, list[str]] = {}
    for signal in m.signals:
        reasons.setdefault(signal.reason, []).append(str(_minute(m, signal)))
    lines = tuple(
        say("frame.signal_at", reason=say(f"reason.{reason}"), n=", ".join(minutes))
        for reason, minutes in reasons.items()
    )
    return {"signals": Statements(lines, say("frame.signals", n=len(m.signals)), place)}


def _time(m: Meeting) -> dict[str, Block]:
    """The phases before this one that took other minutes than planned, and all of them together."""
    before = m.phases[: m.at]
    spent = sum(m.clocks[p.id].spent for p in before)
    planned = sum(p.minutes for p in before)
    if not before:
        return {}
    most = sorted(before, key=lambda p: -_off(m, p))[:MOST]
    told = (p for p in before if p in most and _off(m, p) >= WORTH)
    lines = (_line(p.title, m.clocks[p.id].spent, p.minutes) for p in told)
    whole = say("frame.minutes_all", spent=round(spent / 60), planned=round(planned))
    return {"time": Statements((*lines, whole), say("frame.minutes_label"), "beside")}


def _off(m: Meeting, phase: Phase[Any]) -> float:
    """Seconds by which it took more or less than planned."""
    return abs(m.clocks[phase.id].spent - 60 * phase.minutes)


def _line(title: Text, spent: float, planned: float) -> Say:
    return say("frame.minutes", title=say(title), spent=round(spent / 60), planned=round(planned))


def _minute(m: Meeting, signal: Signal) -> int:
    """Since the beginning."""
    began = signal.at if m.began is None else m.began
    return max(0, int((signal.at - began) // 60))
