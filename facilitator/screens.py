"""Every screen is a function of the meeting: the frame, and what the phase's kind puts inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from facilitator.core.blocks import Block, Screen
from facilitator.core.frame import lead, notes, phone, result, room, vacancy
from facilitator.core.frame.parts import Around
from facilitator.core.meeting import LOBBY, Meeting
from facilitator.core.people import A_GUEST, Person
from phases import VIEWS

ScreenName = Literal["room", "phone", "lead"]
SCREENS: tuple[ScreenName, ...] = get_args(ScreenName)


def shared(m: Meeting, screen: ScreenName, around: Around) -> Screen:
    """What is the same on every screen of one sort."""
    if screen == "lead":
        return lead.screen(m, around, _lead_part(m))
    inside = _inside(m, screen)
    return room.screen(m, around, inside) if screen == "room" else phone.screen(m, inside)


def own(m: Meeting, screen: ScreenName, who: str, lead: str = "") -> Screen:
    """What is one person's own. On a room screen that may steer: the leader's keys.

    `lead` is the path of the leader view, for whoever leads from a phone.
    """
    me = m.people.get(who)
    if me is None:
        guest = screen == "phone" and who == A_GUEST
        return result.for_guests(m, _result(m)) if guest else {}
    if not me.here:
        return _gone(m, me) if screen == "phone" else {}
    if m.closed:
        return {}
    if screen == "room":
        return room.keys(m) if m.holds(who, "leader") else {}
    if screen == "lead":
        return {}
    inside = VIEWS[m.phase.kind].own(m, m.phase, m.states[m.phase.id], me) if m.phase else {}
    inside = {**vacancy.offer(m, me), **inside}
    return {**inside, **phone.own(m, me, lead)}


def own_rests_on(m: Meeting, screen: ScreenName, who: str) -> tuple[object, ...]:
    """What `own` is made of: as long as this is the same, so is that. Cheap, for full rooms."""
    me = m.people.get(who)
    if m.closed:  # it changes no more, and what is folded away is not to be held here
        return (m.closed, me)
    told_the_result = me is not None and m.over and not me.here
    if me is None or screen != "phone" or who in m.roles.values() or told_the_result:
        return (m,)
    inside: object = None
    if m.phase:
        inside = VIEWS[m.phase.kind].own_rests_on(m, m.phase, m.states[m.phase.id], me)
    return (me, m.at, m.closed, phone.asked_of(m, who), vacancy.offered(m, me), inside)


def _gone(m: Meeting, me: Person) -> Screen:
    """Guests are let go before the evaluation; what was decided they see when it is over."""
    told = result.for_guests(m, _result(m)) if m.over and m.is_guest(me.id) else {}
    return {**phone.gone(m, me), **told}


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
    return lead.LeadPart(lead.lobby(m) if m.at == LOBBY else _result(m, mends=not m.closed))


def _result(m: Meeting, mends: bool = False) -> Mapping[str, Block]:
    """What the meeting came to: what each phase leaves behind, in the order of the outline."""
    outline = result.outline(m)
    parts = [(title, _left_by(m, phase, mends)) for title, phase in outline]
    rest = {p.id for p in m.phases} - {phase for _, phase in outline}
    beside: dict[str, Block] = {}
    for phase in (p for p in m.phases if p.id in rest):
        beside |= notes.told(m, phase.id, mends)
    return result.chain(m, parts, beside)


def _left_by(m: Meeting, id: str, mends: bool) -> Screen:
    phase = m.find(id)
    left = VIEWS[phase.kind].result(m, phase, m.states[id]) if phase else {}
    return {**left, **notes.told(m, id, mends)}


def _room_result(m: Meeting) -> Mapping[str, Block]:
    return result.room(m, _result(m))
