"""A break on the screens: how long it lasts, and at what time we go on."""

from __future__ import annotations

from facilitator.core.blocks import Act, Block, Buttons, Heading, TimeLeft
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading, question
from facilitator.core.meeting import Meeting, PhaseState
from facilitator.core.people import Person
from facilitator.core.text import say

from .rules import MORE, Break


def room(m: Meeting, phase: Break, state: PhaseState) -> dict[str, Block]:
    title = Heading(say(phase.title), question(phase), size="big")
    return {"heading": title, "time": _time(m, phase)}


def phone(m: Meeting, phase: Break, state: PhaseState) -> dict[str, Block]:
    return {"heading": heading(phase), "time": _time(m, phase)}


def own(m: Meeting, phase: Break, state: PhaseState, me: Person) -> dict[str, Block]:
    return {}


def own_rests_on(m: Meeting, phase: Break, state: PhaseState, me: Person) -> object:
    return None


def lead(m: Meeting, phase: Break, state: PhaseState) -> LeadPart:
    more = Act(say("breaks.more", n=MORE), "lengthen_break", (("phase", phase.id),), key="+")
    return LeadPart(
        {"heading": heading(phase), "time": _time(m, phase), "more": Buttons((more,))},
    )


def result(m: Meeting, phase: Break, state: PhaseState) -> dict[str, Block]:
    return {}


def _time(m: Meeting, phase: Break) -> TimeLeft:
    return TimeLeft(
        m.epoch(m.clocks[phase.id]),
        say("breaks.left"),
        until=say("breaks.until", time="{time}"),
        up=say("breaks.over"),
        size="big",
    )
