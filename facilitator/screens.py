"""Every screen is a function of the meeting: the frame, and what the phase's kind puts inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from facilitator.core.blocks import Block, Screen
from facilitator.core.frame import lead, phone, result, room, vacancy
from facilitator.core.frame.parts import Around
from facilitator.core.meeting import LOBBY, Meeting
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
    if me is None or m.closed:
        return {}
    if not me.here:
        return phone.gone(m, me) if screen == "phone" else {}
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
    """What the meeting came to: what each phase leaves behind, in the order of the outline."""
    return result.chain(m, [(title, _left_by(m, phase)) for title, phase in result.outline(m)])


def _left_by(m: Meeting, id: str) -> Screen:
    phase = m.find(id)
    return VIEWS[phase.kind].result(m, phase, m.states[id]) if phase else {}


def _room_result(m: Meeting) -> Mapping[str, Block]:
    return result.room(m, _result(m))
