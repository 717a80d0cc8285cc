"""The leader view around its phase: agenda, steering, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from facilitator.core.blocks import (
    Act,
    Agenda,
    Block,
    Buttons,
    Field,
    Form,
    Links,
    Member,
    Note,
    Option,
    People,
    Signal,
    Step,
)
from facilitator.core.joining import NAME_LIMIT
from facilitator.core.meeting import LOBBY, Meeting, Phase
from facilitator.core.people import ROLES, Person
from facilitator.core.signal import BAND, QUIET
from facilitator.core.text import Say, say

from . import vacancy
from .acts import forward, rarer, sure_of
from .parts import (
    Around,
    add_person_form,
    bar,
    code,
    lobby_heading,
    park_form,
    parked,
    standing_signal,
)


@dataclass(frozen=True)
class LeadPart:
    """What a kind adds to the leader view. `step` says what forward does inside the phase."""

    blocks: Mapping[str, Block] = field(default_factory=dict)
    step: Say | None = None
    person_acts: Callable[[Person], tuple[Act, ...]] = lambda _: ()
    person_note: Callable[[Person], Say | str] = lambda _: ""


def screen(m: Meeting, around: Around, part: LeadPart) -> dict[str, Block]:
    blocks: dict[str, Block] = {"agenda": _agenda(m), "bar": bar(m)}
    if sign := _sign(m):
        blocks["sign"] = sign
    if vacancy.DRAW not in part.blocks:
        blocks |= vacancy.lead(m)
    blocks |= part.blocks
    if around.alone and not m.over:
        blocks["no-phones"] = Note(say("lead.no_phones"), tone="quiet")
    blocks["steer"] = _steer(m, part)
    if m.phase:
        for number, tip in enumerate(m.phase.tips):
            label = say("lead.tip") if number == 0 else ""
            blocks[f"tip-{number}"] = Note(say(tip), label, tone="tip")
    blocks["people"] = _people(m, around, part)
    if not m.over:
        blocks |= _people_forms(m)
    blocks |= parked(m, acts=True)
    if m.phase:
        blocks["park"] = park_form()
    blocks["code"] = code(around.door)
    blocks["links"] = Links(((say("lead.open_room"), around.room), (say("lead.home"), "/")))
    return blocks


def lobby(m: Meeting) -> dict[str, Block]:
    hint = Note(say("lead.lobby"), say("lead.lobby_label"), tone="tip")
    return {"heading": lobby_heading(m), "hint": hint}


def _steer(m: Meeting, part: LeadPart) -> Buttons:
    undo = Act(say("lead.undo"), "undo", (("act", m.acts[-1]),), key="u") if m.acts else None
    return Buttons(
        tuple(filter(None, (forward(m, part.step), undo))),
        more=tuple(rarer(m)),
        more_label=say("lead.more"),
        place="foot",
    )


def _agenda(m: Meeting) -> Agenda:
    def step(index: int, phase: Phase[Any]) -> Step:
        state: Any = "done" if index < m.at else "now" if index == m.at else "next"
        go = (("index", index),)
        sure = m.phase.unready(m, m.states[m.phase.id]) if m.phase and index > m.at else None
        acts = (Act(say("lead.go_to"), "begin", go, sure=sure_of(sure)),)
        may = m.at not in (index, LOBBY) and not m.closed
        return Step(
            phase.id,
            say(phase.title),
            phase.minutes,
            m.epoch(m.clocks[phase.id]),
            state,
            acts if may else (),
        )

    return Agenda(m.title, tuple(step(i, p) for i, p in enumerate(m.phases)))


def _sign(m: Meeting) -> Signal | None:
    """The viddevakt's quiet sign, to the leader alone; or the band, to be cleared."""
    last = standing_signal(m)
    if last is None:
        return None
    key = "lead.sign" if last.band is None else "lead.band"
    return Signal(
        say(key),
        say(f"reason.{last.reason}"),
        last.at if last.band is None else last.band,
        QUIET if last.band is None else BAND,
        (Act(say("lead.clear"), "clear_signal"),),
    )


def _people(m: Meeting, around: Around, part: LeadPart) -> People:
    def member(p: Person) -> Member:
        away = p.id in around.away
        note = part.person_note(p)
        if not p.phone:
            note = note or say("lead.no_phone")
        return Member(
            p.id,
            p.name,
            p.origin,
            tags=tuple(_tags(m, p.id)),
            note=note or (say("lead.away") if away else ""),
            phone=p.phone and not away,
            acts=() if m.closed else (*part.person_acts(p), *_person_acts(m, p)),
        )

    return People(
        say("frame.here", n=len(m.here)),
        tuple(member(p) for p in m.here),
    )


def _tags(m: Meeting, who: str) -> Iterable[Say]:
    for role in ROLES:
        if m.roles.get(role) == who:
            yield say(f"role.{role}")
        elif m.asked.get(role) == who:
            yield say("lead.asked", role=say(f"role.{role}"))


def _person_acts(m: Meeting, p: Person) -> Iterable[Act]:
    for role in ROLES[1:]:
        if m.roles.get(role) == p.id:
            yield Act(say(f"lead.release_{role}"), "leave_role", (("role", role),))
        elif m.asked.get(role) == p.id:
            yield Act(say("lead.stop_asking"), "decline_role", (("role", role),))
        else:
            yield Act(say(f"lead.ask_{role}"), "ask_role", (("role", role), ("who", p.id)))
    if not m.holds(p.id, "leader"):
        yield Act(
            say("lead.let_out"),
            "leave",
            (("who", p.id),),
            sure=say("lead.let_out_sure", name=p.name),
        )


def _people_forms(m: Meeting) -> Mapping[str, Block]:
    people = tuple(Option(p.id, _called(p)) for p in m.here)
    mend = Form(
        "rename",
        (
            Field("who", say("lead.rename_who"), "choice", people),
            Field("name", say("lead.rename_to"), limit=NAME_LIMIT),
        ),
        say("phone.save_name"),
        draft="rename",
        folded=say("lead.rename_open"),
        place="side",
        look="small",
    )
    return {"add-person": add_person_form(m), "rename": mend}


def _called(p: Person) -> str:
    return f"{p.name} ({p.origin})" if p.origin else p.name
