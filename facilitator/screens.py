"""Every screen is a function of the meeting: the frame, and what the phase's kind puts inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from facilitator.core.blocks import Block, Cards, Heading, Note, Screen, Statements
from facilitator.core.frame import lead, phone, room, vacancy
from facilitator.core.frame.parts import Around, parked
from facilitator.core.meeting import LOBBY, Meeting
from facilitator.core.text import say
from phases import VIEWS

ScreenName = Literal["room", "phone", "lead"]
SCREENS: tuple[ScreenName, ...] = get_args(ScreenName)


def shared(m: Meeting, screen: ScreenName, around: Around) -> Screen:
    """What is the same on every screen of one sort."""
    if screen == "lead":
        return lead.screen(m, around, _lead_part(m))
    inside = _inside(m, screen)
    return room.screen(m, around, inside) if screen == "room" else phone.screen(m, inside)


def own(m: Meeting, screen: ScreenName, who: str) -> Screen:
    """What is one person's own. On a room screen that its leader opened: the keys."""
    me = m.people.get(who)
    if me is None or not me.here or m.closed:
        return {}
    if screen == "room":
        return room.keys(m) if m.holds(who, "leader") else {}
    if screen == "lead":
        return {}
    inside = VIEWS[m.phase.kind].own(m, m.phase, m.states[m.phase.id], me) if m.phase else {}
    inside = {**vacancy.offer(m, me), **inside}
    return {**inside, **phone.own(m, me)}


def own_rests_on(m: Meeting, screen: ScreenName, who: str) -> tuple[object, ...]:
    """What `own` is made of: as long as this is the same, so is that. Cheap, for full rooms."""
    me = m.people.get(who)
    if me is None or screen != "phone" or who in m.roles.values():
        return (m,)
    inside: object = None
    if m.phase:
        inside = VIEWS[m.phase.kind].own_rests_on(m, m.phase, m.states[m.phase.id], me)
    return (me, m.at, m.closed, phone.asked_of(m, who), vacancy.offered(m, me), inside)


def door(m: Meeting) -> Screen:
    """What a phone shows before its owner is in."""
    return phone.door(m)


def _inside(m: Meeting, screen: Literal["room", "phone"]) -> Screen:
    if m.phase:
        views, state = VIEWS[m.phase.kind], m.states[m.phase.id]
        return (views.room if screen == "room" else views.phone)(m, m.phase, state)
    if m.at == LOBBY:
        return room.lobby(m) if screen == "room" else phone.lobby(m)
    return _room_result(m) if screen == "room" else _result(m)


def _lead_part(m: Meeting) -> lead.LeadPart:
    if m.phase:
        return VIEWS[m.phase.kind].lead(m, m.phase, m.states[m.phase.id])
    return lead.LeadPart(lead.lobby(m) if m.at == LOBBY else _result(m))


def _result(m: Meeting) -> Mapping[str, Block]:
    """What the meeting came to: what each phase leaves behind, the parked topics, the time."""
    blocks: dict[str, Block] = {"heading": Heading(say("frame.result"), say("frame.result_text"))}
    for phase in m.phases:
        blocks |= VIEWS[phase.kind].result(m, phase, m.states[phase.id])
    if not m.cards:
        blocks["nothing"] = Note(say("frame.nothing_written"), tone="quiet")
    blocks |= parked(m)
    return blocks | {"minutes": _minutes(m)}


def _room_result(m: Meeting) -> Mapping[str, Block]:
    """On the room screen what was written has the room; the rest is on the phones."""
    kept = ("heading", "nothing", "parked")
    return {k: b for k, b in _result(m).items() if k in kept or isinstance(b, Cards)}


def _minutes(m: Meeting) -> Statements:
    def minutes(seconds: float) -> int:
        return round(seconds / 60)

    return Statements(
        tuple(
            say(
                "frame.minutes",
                title=say(p.title),
                spent=minutes(m.clocks[p.id].spent),
                planned=minutes(p.minutes * 60),
            )
            for p in m.phases
        ),
        label=say("frame.minutes_label"),
    )
