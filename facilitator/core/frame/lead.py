"""The leader view around its phase: agenda, steering, people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from facilitator.core.blocks import (
    Act,
    Agenda,
    Bar,
    Block,
    Buttons,
    Field,
    Form,
    Links,
    Note,
    Option,
    Signal,
    Step,
)
from facilitator.core.meeting import LOBBY, Meeting, Phase
from facilitator.core.pace import planned_so_far
from facilitator.core.people import Person
from facilitator.core.signal import BAND, QUIET
from facilitator.core.steering import WHEN_LIMIT
from facilitator.core.text import Say, say

from . import notes, people, standing, vacancy
from .acts import forward, rarer, sure_of, to_protected
from .parts import (
    Around,
    bar,
    code,
    lobby_heading,
    park_form,
    parked,
    paused,
    standing_signal,
)

CODE_LIMIT = 12  # characters, with the spaces that people type


@dataclass(frozen=True)
class LeadPart:
    """What a kind adds to the leader view. `step` says what forward does inside the phase."""

    blocks: Mapping[str, Block] = field(default_factory=dict)
    step: Say | None = None
    person_acts: Callable[[Person], tuple[Act, ...]] = lambda _: ()
    person_note: Callable[[Person], Say | str] = lambda _: ""


def screen(m: Meeting, around: Around, part: LeadPart) -> dict[str, Block]:
    blocks: dict[str, Block] = {"agenda": _agenda(m), "bar": _bar(m)}
    if sign := _sign(m):
        blocks["sign"] = sign
    if m.paused is not None:
        title, text = paused(m)
        blocks["paused"] = Note(text, title)
    blocks |= part.blocks
    if vacancy.DRAW not in part.blocks:  # after the phase's own, or it would push down the turn
        blocks |= vacancy.lead(m)
    blocks |= notes.lead(m)
    blocks |= people.moving(m)
    if around.alone and not m.over:
        blocks["no-phones"] = Note(say("lead.no_phones"), tone="quiet")
    blocks["steer"] = _steer(m, part)
    blocks["standing"] = standing.line(m, around)
    if m.phase:
        for number, tip in enumerate(m.phase.tips):
            label = say("lead.tip") if number == 0 else ""
            blocks[f"tip-{number}"] = Note(say(tip), label, tone="tip")
    blocks["people"] = people.here(m, around.away, part.person_acts, part.person_note)
    if not m.over:
        taken = any(isinstance(block, Form) and block.key for block in part.blocks.values())
        blocks |= people.awaited(m) | people.forms(m, key="" if taken else "n")
    blocks |= parked(m, acts=True)
    if m.phase:
        blocks["park"] = park_form()
        blocks["put-off"] = _put_off(m)
    blocks["code"] = code(around.door)
    if not m.closed:
        blocks |= _room_screens(m, around)
    blocks["links"] = Links(tuple(_links(m, around)))
    return blocks


def lobby(m: Meeting) -> dict[str, Block]:
    hint = Note(say("lead.lobby"), say("lead.lobby_label"), tone="tip")
    return {"heading": lobby_heading(m), "hint": hint}


def _bar(m: Meeting) -> Bar:
    """With how long it has taken so far, and the way to what is protected when its time comes."""
    runs = m.phase is not None and not m.put_off
    return replace(
        bar(m),
        began=m.began if runs else None,
        planned=planned_so_far(m),
        so_far=say("lead.so_far", n="{n}", planned="{planned}"),
        go=to_protected(m),
    )


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
        (Act(say("lead.clear"), "clear_signal", key="x"),),
    )


def _room_screens(m: Meeting, around: Around) -> Mapping[str, Block]:
    """Which screens show the meeting, what their keys may, and how another one comes to show it."""
    keys = say("lead.keys_off") if m.keys else say("lead.keys_on")
    sure = say("lead.show_here_sure") if around.elsewhere == "busy" else ""
    here = Act(say("lead.show_here"), "show_here", sure=sure) if around.elsewhere else None
    away = Act(say("lead.unpair"), "unpair", look="small", sure=say("lead.unpair_sure"))
    acts = (
        here,
        Act(keys, "let_keys", (("on", not m.keys),), look="small"),
        away if around.screens else None,
    )
    label = say("lead.screens", n=around.screens) if around.screens else ""
    screens = Buttons(tuple(filter(None, acts)), label, place="side")
    return {"screens": screens, "pair": _pair_form(around)}


def _pair_form(around: Around) -> Form:
    steer = (Option("no", say("screen.no")), Option("yes", say("screen.yes")))
    return Form(
        "pair",
        (
            Field("code", say("lead.pair_code"), limit=CODE_LIMIT),
            Field("keys", say("lead.pair_keys"), "choice", steer, value="no"),
        ),
        say("lead.pair"),
        draft="pair",
        hint=say("lead.pair_hint", address=f"{around.door.address}/room"),
        folded=say("lead.pair_open"),
        place="side",
        look="small",
    )


def _links(m: Meeting, around: Around) -> Iterable[tuple[Say, str]]:
    if m.at == LOBBY:
        yield say("check.title"), "/check"
    yield say("lead.open_room"), around.room
    if around.phone:
        yield say("lead.lead_from_phone"), around.phone
    yield say("paper.open_sheet"), f"{around.papers}/running-sheet.pdf"
    yield say("paper.open_card"), f"{around.papers}/viddevakt-card.pdf"
    yield say("lead.home"), "/"


def _put_off(m: Meeting) -> Form:
    return Form(
        "put_off",
        (Field("when", say("lead.put_off_when"), limit=WHEN_LIMIT, value=m.put_off),),
        say("lead.put_off"),
        draft="put-off",
        folded=say("lead.put_off_open"),
        place="side",
        look="quiet",
    )
