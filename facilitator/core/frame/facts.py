"""Facts beside the evaluation: planned and real minutes, and the signals. Never who.

“Held me oss til strukturen?” (BTI on system level, “etter møtet”); that facts stand beside what is
said about it is ours. Short and calm: only what differed is worth a line.
"""

from __future__ import annotations

from typing import Any, Literal

from facilitator.core.blocks import Block, Statements
from facilitator.core.meeting import Meeting, Phase
from facilitator.core.signal import Signal
from facilitator.core.text import Say, Text, say

WORTH = 120.0  # seconds by which a phase differs from its plan to be told of

Place = Literal["main", "side"]


def beside(m: Meeting, place: Place = "main") -> dict[str, Block]:
    """What there is to know when answers are talked through."""
    return _time(m, place) | signals(m, place)


def minutes(m: Meeting) -> Statements:
    """Planned and real minutes of every phase."""
    lines = tuple(_line(p.title, m.clocks[p.id].spent, p.minutes) for p in m.phases)
    return Statements(lines, label=say("frame.minutes_label"))


def signals(m: Meeting, place: Place = "main") -> dict[str, Block]:
    """How many signals there were, when (in minutes from the beginning) and why."""
    if not m.signals:
        return {}
    lines = tuple(_signal(m, signal) for signal in m.signals)
    return {"signals": Statements(lines, say("frame.signals", n=len(lines)), place)}


def _time(m: Meeting, place: Place) -> dict[str, Block]:
    """The phases before this one that took other minutes than planned, and all of them together."""
    before = m.phases[: m.at]
    spent = sum(m.clocks[p.id].spent for p in before)
    planned = sum(p.minutes for p in before)
    if not before:
        return {}
    lines = [_line(p.title, m.clocks[p.id].spent, p.minutes) for p in before if _differs(m, p)]
    whole = say("frame.minutes_all", spent=round(spent / 60), planned=round(planned))
    return {"time": Statements((*lines, whole), say("frame.minutes_label"), place)}


def _differs(m: Meeting, phase: Phase[Any]) -> bool:
    return abs(m.clocks[phase.id].spent - 60 * phase.minutes) >= WORTH


def _line(title: Text, spent: float, planned: float) -> Say:
    return say("frame.minutes", title=say(title), spent=round(spent / 60), planned=round(planned))


def _signal(m: Meeting, signal: Signal) -> Say:
    began = signal.at if m.began is None else m.began
    minutes = max(0, int((signal.at - began) // 60))
    return say("frame.signal_at", reason=say(f"reason.{signal.reason}"), n=minutes)
