"""A break is a phase: planned, with a time at which the meeting goes on.

The folder is called `breaks`, since `break` is a word of the language; the kind is `break`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from facilitator.core.meeting import Entry, Event, Meeting, Phase, PhaseState, refuse

MORE = 5  # minutes given by one press


class BreakLengthened(Event):
    """So many minutes more; when the time was up already, so many from now."""

    type: Literal["break_lengthened"] = "break_lengthened"
    phase: str
    minutes: int
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        clock = m.clocks.get(self.phase)
        if clock is None:
            return m
        over = max(0.0, -clock.left(m.time(entry.at)))
        return replace(m, clocks={**m.clocks, self.phase: clock.add(60 * self.minutes + over)})


def lengthen_break(m: Meeting, by: str, *, phase: str) -> Event:
    m.running()
    m.lead(by)
    if not isinstance(m.phase, Break) or m.phase.id != phase:
        refuse("stale")
    return BreakLengthened(phase=phase, minutes=MORE)


class Break(Phase[PhaseState]):
    kind: Literal["break"] = "break"

    events: ClassVar = (BreakLengthened,)
    verbs: ClassVar = {"lengthen_break": lengthen_break}

    def fresh(self) -> PhaseState:
        return PhaseState()
