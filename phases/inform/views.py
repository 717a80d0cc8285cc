"""The challenge on the screens: the sentence, big; what it builds on; who tells, and the time."""

from __future__ import annotations

from facilitator.core.blocks import (
    Act,
    Block,
    Buttons,
    Field,
    Form,
    Note,
    Sentence,
    TimeLeft,
)
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import Say, say

from .rules import STATEMENT_LIMIT, Inform, InformState


def room(m: Meeting, phase: Inform, state: InformState) -> dict[str, Block]:
    return {"heading": heading(phase), **_told(phase, state), **_presenter(m, phase, state)}


def phone(m: Meeting, phase: Inform, state: InformState) -> dict[str, Block]:
    return room(m, phase, state)


def own(m: Meeting, phase: Inform, state: InformState, me: Person) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    if m.holds(me.id, "scribe"):
        blocks["word"] = _word_form(m, phase, state)
    if state.done:
        return blocks
    if me.id == state.presents(m):
        blocks["done"] = _done(phase, say("inform.done"), say("inform.yours"), main=True)
    elif m.holds(me.id, "scribe"):
        blocks["done"] = _done(phase, _is_done(m, state))
    return blocks


def own_rests_on(m: Meeting, phase: Inform, state: InformState, me: Person) -> object:
    """Of somebody without a role: whether they present, and are not done."""
    return state.presenter == me.id and not state.done


def lead(m: Meeting, phase: Inform, state: InformState) -> LeadPart:
    blocks = room(m, phase, state)
    if state.presenter and not state.done:
        blocks["done"] = _done(phase, _is_done(m, state))
    blocks["word"] = _word_form(m, phase, state)
    return LeadPart(
        blocks,
        person_acts=lambda p: () if p.id == state.presents(m) else (_present(phase, p),),
        person_note=lambda p: say("inform.presenting") if p.id == state.presenter else "",
    )


def result(m: Meeting, phase: Inform, state: InformState) -> dict[str, Block]:
    """The challenge as it was told, unless a later phase has agreed on its words."""
    said_better = any(p.about == phase.id and m.sentence(p.id) for p in m.phases)
    statement = phase.says(state)
    if said_better or not statement:
        return {}
    return {f"statement-{phase.id}": Note(statement, say("inform.statement"))}


def _told(phase: Inform, state: InformState) -> dict[str, Block]:
    statement, grounds = phase.says(state), phase.says_grounds(state)
    blocks: dict[str, Block] = {}
    if statement:
        blocks["statement"] = Sentence(statement)
    else:
        blocks["none-yet"] = Note(say("inform.none_yet"), tone="quiet")
    if grounds:
        blocks["builds-on"] = Note(grounds, say("inform.builds_on"))
    return blocks


def _presenter(m: Meeting, phase: Inform, state: InformState) -> dict[str, Block]:
    who = m.people[state.presents(m)]
    if state.done:
        return {"told": Note(say("inform.told", name=who.name), tone="quiet")}
    return {
        "time": TimeLeft(
            m.epoch(m.clocks[phase.id]),
            say("inform.presents"),
            name=who.name,
            origin=who.origin,
            up=say("inform.up"),
        )
    }


def _done(phase: Inform, label: Say, above: Say | str = "", main: bool = False) -> Buttons:
    act = Act(label, "done_presenting", (("phase", phase.id),), look="main" if main else "quiet")
    return Buttons((act,), label=above, place="foot" if main else "main")


def _is_done(m: Meeting, state: InformState) -> Say:
    return say("inform.done_for", name=m.name(state.presents(m)))


def _present(phase: Inform, p: Person) -> Act:
    return Act(say("inform.present"), "set_presenter", (("phase", phase.id), ("who", p.id)))


def _word_form(m: Meeting, phase: Inform, state: InformState) -> Form:
    statement, grounds = phase.sentence(m, state), phase.grounds(m, state)
    return Form(
        "word_statement",
        (
            Field("text", say("inform.ask_statement"), "lines", (), STATEMENT_LIMIT, statement),
            Field(
                "builds_on",
                say("inform.ask_builds_on"),
                "lines",
                limit=STATEMENT_LIMIT,
                value=grounds,
                needed=False,
            ),
        ),
        say("cards.save"),
        draft=f"statement-{phase.id}",
        args=(("phase", phase.id),),
        folded=say("inform.word_open"),
        look="quiet",
        key="n",
    )
