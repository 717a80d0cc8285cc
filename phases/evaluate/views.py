"""Evaluation on the screens: questions alone on the phone, then the answers without authors."""

from __future__ import annotations

from facilitator.core.blocks import (
    Answers,
    Block,
    Field,
    Form,
    Note,
    Option,
    Statements,
    Tally,
)
from facilitator.core.frame import facts
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import Say, say

from .rules import FEWEST, WORDS_LIMIT, Evaluate, EvaluateState, Question, guests


def room(m: Meeting, phase: Evaluate, state: EvaluateState) -> dict[str, Block]:
    blocks: dict[str, Block] = {"heading": heading(phase)}
    if state.closed:
        return blocks | _answers(phase, state) | facts.beside(m)
    if phase.has_guests(m, state):
        return blocks | _thanks(m)
    questions = tuple(say(q.text) for q in phase.questions)
    return blocks | {
        "questions": Statements(questions),
        "progress": Note(_progress(m, state), tone="quiet"),
    }


def phone(m: Meeting, phase: Evaluate, state: EvaluateState) -> dict[str, Block]:
    blocks: dict[str, Block] = {"heading": heading(phase)}
    if state.closed:
        return blocks | _answers(phase, state)
    if phase.has_guests(m, state):
        return blocks | _thanks(m)
    return blocks | {"survey": _survey(phase)}


def own(m: Meeting, phase: Evaluate, state: EvaluateState, me: Person) -> dict[str, Block]:
    """Nothing of what one answered comes back from the server: the phone remembers it alone."""
    if m.holds(me.id, "scribe") and not m.holds(me.id, "leader"):
        return {"spoken": _spoken_form(phase)}
    return {}


def own_rests_on(m: Meeting, phase: Evaluate, state: EvaluateState, me: Person) -> object:
    return None


def lead(m: Meeting, phase: Evaluate, state: EvaluateState) -> LeadPart:
    blocks: dict[str, Block] = {"heading": heading(phase)}
    if phase.has_guests(m, state):
        return LeadPart(blocks | _thanks(m), step=say("evaluate.let_go"))
    if state.closed:
        blocks |= _answers(phase, state) | facts.beside(m)
    else:
        blocks["progress"] = Note(_progress(m, state))
        blocks["survey"] = _survey(phase, folded=say("evaluate.answer_yourself"))
    blocks["spoken"] = _spoken_form(phase)
    return LeadPart(blocks, step=None if state.closed else say("evaluate.show"))


def result(m: Meeting, phase: Evaluate, state: EvaluateState) -> dict[str, Block]:
    return _answers(phase, state) if state.closed and (state.shown() or state.spoken) else {}


def _thanks(m: Meeting) -> dict[str, Block]:
    """Who may go, and that the others stay."""
    names = ", ".join(p.name for p in guests(m))
    thanks = Note(say("evaluate.thanks", names=names), tone="agreed")
    return {"thanks": thanks, "stay": Note(say("evaluate.stay"))}


def _progress(m: Meeting, state: EvaluateState) -> Say:
    return say("evaluate.progress", n=len(state.answers), all=len(m.here))


def _survey(phase: Evaluate, folded: Say | str = "") -> Form:
    return Form(
        "answer",
        tuple(field for q in phase.questions for field in _fields(q)),
        say("evaluate.send"),
        draft=f"answers-{phase.id}",
        args=(("phase", phase.id),),
        hint=say("evaluate.anonymous", fewest=FEWEST),
        nest="answers",
        keep=True,
        stored=say("evaluate.stored"),
        folded=folded,
    )


def _fields(question: Question) -> tuple[Field, ...]:
    words = f"{question.id}/words"
    label = say(question.text)
    if not question.options:
        return (Field(words, label, "lines", limit=WORDS_LIMIT, needed=False),)
    options = tuple(Option(o.id, say(o.text)) for o in question.options)
    return (
        Field(question.id, label, "choice", options, needed=False),
        Field(words, say("evaluate.in_words"), limit=WORDS_LIMIT, needed=False),
    )


def _spoken_form(phase: Evaluate) -> Form:
    options = tuple(Option(q.id, say(q.text)) for q in phase.questions)
    return Form(
        "note_spoken",
        (
            Field("question", say("evaluate.spoken_question"), "choice", options),
            Field("text", say("evaluate.spoken_text"), "lines", limit=WORDS_LIMIT),
        ),
        say("evaluate.spoken_add"),
        draft=f"spoken-{phase.id}",
        args=(("phase", phase.id),),
        folded=say("evaluate.spoken_open"),
        look="quiet",
        key="n",
    )


def _answers(phase: Evaluate, state: EvaluateState) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    if state.few:
        blocks["few"] = Note(say("evaluate.few", fewest=FEWEST), tone="quiet")
    for question in phase.questions:
        blocks[f"answers-{question.id}"] = _answers_to(question, state)
    return blocks


def _answers_to(question: Question, state: EvaluateState) -> Answers:
    given = state.shown()
    tallies = tuple(
        Tally(say(o.text), sum(a.get(question.id) == o.id for a in given))
        for o in question.options
        if given
    )
    # By the alphabet: the order in which answers came would tell which belong to one person.
    written = sorted(filter(None, (a.get(f"{question.id}/words") for a in given)))
    spoken = (text for asked, text in state.spoken if asked == question.id)
    return Answers(
        say(question.text), tallies, (*written, *spoken), empty=say("evaluate.no_answers")
    )
