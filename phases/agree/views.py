"""Status quo on the screens: the sentence, big; objections without names; two ways to answer."""

from __future__ import annotations

from facilitator.core.blocks import Act, Block, Buttons, Field, Form, Note, Option, Sentence
from facilitator.core.card_blocks import Cards, Face
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import Say, say

from .rules import (
    REASON_LIMIT,
    WHEN_LIMIT,
    WORDING_LIMIT,
    Agree,
    AgreeState,
    Reply,
    asked,
    content,
    hands,
    without_phone,
)


def room(m: Meeting, phase: Agree, state: AgreeState) -> dict[str, Block]:
    blocks = {"heading": heading(phase), **_sentence(state), **_objections(state)}
    return blocks if state.decided else {**blocks, **_progress(m, state)}


def phone(m: Meeting, phase: Agree, state: AgreeState) -> dict[str, Block]:
    """Who has answered changes with every press, and stands on the room screen alone."""
    return {"heading": heading(phase), **_sentence(state), **_objections(state)}


def own(m: Meeting, phase: Agree, state: AgreeState, me: Person) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    if state.decided:
        return blocks
    if state.wording:
        blocks |= _answer(phase, state, state.replies.get(me.id))
    if m.holds(me.id, "scribe") and not m.holds(me.id, "leader"):
        blocks |= _writing(m, phase, state)
    return blocks


def own_rests_on(m: Meeting, phase: Agree, state: AgreeState, me: Person) -> object:
    """Of somebody without a role: which wording is asked about, and what one has said of it."""
    return (state.version, state.decided, state.replies.get(me.id))


def lead(m: Meeting, phase: Agree, state: AgreeState) -> LeadPart:
    blocks = room(m, phase, state)
    if state.decided:
        reopen = Act(say("agree.reopen"), "reopen_wording", (("phase", phase.id),))
        blocks["reopen"] = Buttons((reopen,))
    else:
        if state.wording:
            settle = Act(say("agree.settle"), "settle", (("phase", phase.id),))
            blocks["settle"] = Buttons((settle,))
        blocks |= _writing(m, phase, state)
        blocks["anew"] = _anew_form(phase)
    return LeadPart(
        blocks,
        step=_step(m, state),
        person_acts=lambda p: _no_objection_for(phase, state, p),
    )


def result(m: Meeting, phase: Agree, state: AgreeState) -> dict[str, Block]:
    if state.agreed:
        note = Note(state.wording, say("frame.agreed"), tone="agreed")
        return {f"agreed-{phase.id}": note}
    return {f"anew-{phase.id}": _anew(state.anew)} if state.anew is not None else {}


def _sentence(state: AgreeState) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    if state.agreed:
        blocks["sentence"] = Sentence(state.wording, say("agree.agreed"), tone="agreed")
    elif state.wording:
        blocks["sentence"] = Sentence(state.wording, _asks(state))
    else:
        blocks["none-yet"] = Note(say("agree.none_yet"), tone="quiet")
    return blocks if state.anew is None else {**blocks, "anew": _anew(state.anew)}


def _asks(state: AgreeState) -> Say | str:
    if state.decided:
        return ""
    return say("agree.is_this_now" if state.mended else "agree.is_this")


def _anew(when: str) -> Note:
    text = say("agree.meet_again", when=when) if when else say("agree.meet_again_some_day")
    return Note(text, say("agree.no_agreement"), tone="held")


def _objections(state: AgreeState) -> dict[str, Block]:
    """What is objected, never who does."""
    if state.agreed or not state.objections:
        return {}
    faces = tuple(Face(reply.id, reply.reason) for reply in state.objections)
    return {"objections": Cards(faces, say("agree.objections"))}


def _progress(m: Meeting, state: AgreeState) -> dict[str, Block]:
    if not state.wording:
        return {}
    n, everybody = content(m, state), len(asked(m))
    progress = say("agree.progress", n=n, all=everybody) if n else say("agree.ask")
    return {"progress": Note(progress, tone="quiet")}


def _answer(phase: Agree, state: AgreeState, mine: Reply | None) -> dict[str, Block]:
    """Two ways to answer; what one has said may be changed until it is settled."""
    blocks: dict[str, Block] = {}
    if mine is not None and mine.reason:
        blocks["said"] = Note(mine.reason, say("agree.your_objection"))
    elif mine is not None:
        blocks["said"] = Note(say("agree.you_said_none"), tone="agreed")
    if mine is None or mine.reason:
        key = "agree.none" if mine is None else "agree.none_any_more"
        none = Act(say(key), "no_objection", _about(phase, state), look="main")
        blocks["none"] = Buttons((none,), place="foot")
    return {**blocks, "object": _objection_form(phase, state, mine)}


def _about(phase: Agree, state: AgreeState) -> tuple[tuple[str, object], ...]:
    return (("phase", phase.id), ("wording", state.version))


def _objection_form(phase: Agree, state: AgreeState, mine: Reply | None) -> Form:
    reason = mine.reason if mine else ""
    label = say("agree.reason")
    return Form(
        "object",
        (Field("reason", label, "lines", limit=REASON_LIMIT, value=reason),),
        say("agree.object"),
        draft=f"objection-{phase.id}",
        args=_about(phase, state),
        folded=say("agree.object_anew" if reason else "agree.object_open"),
        place="foot",
    )


def _writing(m: Meeting, phase: Agree, state: AgreeState) -> dict[str, Block]:
    """What the leader and the scribe write and count for the room."""
    blocks: dict[str, Block] = {"word": _wording_form(phase, state)}
    if not state.wording:
        return blocks
    if count := without_phone(m, state):
        blocks["hands"] = _hands(phase, hands(m, state), count)
    return blocks | {"object-for": _objection_for(m, phase, state)}


def _wording_form(phase: Agree, state: AgreeState) -> Form:
    label = say("agree.word_label")
    return Form(
        "word",
        (Field("text", label, "lines", limit=WORDING_LIMIT, value=state.wording),),
        say("agree.word"),
        draft=f"wording-{phase.id}",
        args=(("phase", phase.id),),
        hint=say("agree.word_hint") if state.wording else "",
        folded=say("agree.word_open") if state.wording else "",
        look="quiet",
        key="n",
    )


def _hands(phase: Agree, counted: int, count: int) -> Buttons:
    """Both stay where they are: who counts fast must not meet the other one under the finger."""
    here = (("phase", phase.id),)
    more, less = (*here, ("more", 1)), (*here, ("more", -1))
    acts = (
        Act(say("agree.hand_more"), "count_no_objection", more, key="+", again=True),
        Act(say("agree.hand_less"), "count_no_objection", less, key="-|−", again=True),
    )
    return Buttons(acts, label=say("agree.hands", n=counted, all=count))


def _objection_for(m: Meeting, phase: Agree, state: AgreeState) -> Form:
    """For anybody, those without a phone first."""
    people = sorted(m.here, key=lambda p: p.phone)
    options = tuple(Option(p.id, p.name) for p in people)
    return Form(
        "object",
        (
            Field("reason", say("agree.reason_for"), "lines", limit=REASON_LIMIT),
            Field("who", say("agree.whose"), "choice", options),
        ),
        say("agree.object_add"),
        draft=f"objection-for-{phase.id}",
        args=_about(phase, state),
        folded=say("agree.object_for"),
        look="quiet",
        key="i",
    )


def _anew_form(phase: Agree) -> Form:
    return Form(
        "book_anew",
        (Field("when", say("agree.when"), limit=WHEN_LIMIT, needed=False),),
        say("agree.book_anew"),
        draft=f"anew-{phase.id}",
        args=(("phase", phase.id),),
        hint=say("agree.anew_hint"),
        folded=say("agree.anew_open"),
        look="quiet",
    )


def _step(m: Meeting, state: AgreeState) -> Say | None:
    if state.anew is not None:
        return say("agree.to_last", title=say(m.phases[-1].title))
    return say("agree.step")


def _no_objection_for(phase: Agree, state: AgreeState, p: Person) -> tuple[Act, ...]:
    said = state.replies.get(p.id)
    if state.decided or not state.wording or (said is not None and not said.reason):
        return ()
    about = (*_about(phase, state), ("who", p.id))
    return (Act(say("agree.none_for"), "no_objection", about),)
