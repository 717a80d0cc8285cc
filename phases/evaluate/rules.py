"""Evaluation: everyone answers alone, anonymously and for good; then it is talked through.

The five questions are those of BTI on system level, “etter møtet”. That answers are given alone
first, and that fewer than four are not shown, is ours: three answers in one room are not anonymous.
It is the employees who evaluate (“dei tilsette”), so guests are thanked and let go first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

from pydantic import BaseModel

from facilitator.core.joining import Left
from facilitator.core.meeting import Entry, Event, Meeting, Phase, PhaseEvent, PhaseState, refuse
from facilitator.core.people import Person
from facilitator.core.text import Say, Text, clean, say

FEWEST = 4  # answers; fewer could be traced
WORDS_LIMIT = 300  # characters


class Option(BaseModel, frozen=True, extra="forbid"):
    id: str
    text: Text


class Question(BaseModel, frozen=True, extra="forbid"):
    """Answered by one of the options, if there are any, and in words."""

    id: str
    text: Text
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class EvaluateState(PhaseState):
    """`answers` by pseudonym, each a question's id (or id/words) with what was answered."""

    begun: bool = False
    thanked: bool = False
    closed: bool = False
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    spoken: tuple[tuple[str, str], ...] = ()

    @property
    def few(self) -> bool:
        return len(self.answers) < FEWEST

    def shown(self) -> tuple[Mapping[str, str], ...]:
        """The answers that may be seen: none before they are closed, none when they are few."""
        return tuple(self.answers.values()) if self.closed and not self.few else ()


class Answered(PhaseEvent[EvaluateState]):
    """Sealed: the entry's `by` is a pseudonym nobody can make anew once the phase is closed."""

    type: Literal["answered"] = "answered"
    answers: dict[str, str]
    sealed = True

    def within(self, m: Meeting, state: EvaluateState, entry: Entry) -> EvaluateState:
        if state.closed:
            return state
        return replace(state, answers={**state.answers, entry.by: self.answers})


class GuestsThanked(PhaseEvent[EvaluateState]):
    """The guests are let go; who stays evaluates. Who is asked to stay may come in again."""

    type: Literal["guests_thanked"] = "guests_thanked"

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        for guest in guests(m):
            m = Left(who=guest.id).on(m, entry)
        return super().on(m, entry)

    def within(self, m: Meeting, state: EvaluateState, entry: Entry) -> EvaluateState:
        return replace(state, thanked=True)


class AnswersShown(PhaseEvent[EvaluateState]):
    """No more answers are taken. What has been seen cannot be unseen: not undone."""

    type: Literal["answers_shown"] = "answers_shown"

    def within(self, m: Meeting, state: EvaluateState, entry: Entry) -> EvaluateState:
        return replace(state, closed=True)


class SpokenNoted(PhaseEvent[EvaluateState]):
    """What was said aloud about a question, without who said it."""

    type: Literal["spoken_noted"] = "spoken_noted"
    question: str
    text: str

    def within(self, m: Meeting, state: EvaluateState, entry: Entry) -> EvaluateState:
        return replace(state, spoken=(*state.spoken, (self.question, self.text)))


def guests(m: Meeting) -> tuple[Person, ...]:
    """Who came from a service. Whoever leads stays, wherever they come from."""
    return tuple(p for p in m.here if m.is_guest(p.id) and not m.holds(p.id, "leader"))


def answer(m: Meeting, by: str, *, phase: str, answers: dict[str, str]) -> Event:
    """All of one's answers at once; sent again they replace the earlier ones."""
    m.member(by)
    kind, state = _here(m, phase)
    if state.closed:
        refuse("answers_closed")
    given = {key: clean(words) for key, words in answers.items()}
    given = {key: words for key, words in given.items() if words}
    if not given:
        refuse("answer_empty")
    for key, words in given.items():
        kind.check(key, words)
    return Answered(phase=phase, answers=given)


def show_answers(m: Meeting, by: str, *, phase: str) -> Event:
    m.lead(by)
    _, state = _here(m, phase)
    if state.closed:
        refuse("stale")
    return AnswersShown(phase=phase)


def note_spoken(m: Meeting, by: str, *, phase: str, question: str, text: str) -> Event:
    """The leader or the scribe writes down what is said about a question."""
    m.member(by)
    if not (m.holds(by, "leader") or m.holds(by, "scribe")):
        refuse("leader_only")
    kind, _ = _here(m, phase)
    words = clean(text)
    if not words:
        refuse("answer_empty")
    if question not in {q.id for q in kind.questions}:
        refuse("malformed")
    kind.check(f"{question}/words", words)
    return SpokenNoted(phase=phase, question=question, text=words)


class Evaluate(Phase[EvaluateState]):
    kind: Literal["evaluate"] = "evaluate"
    questions: tuple[Question, ...]
    guests_first: bool = False

    guarded: ClassVar = False
    events: ClassVar = (Answered, GuestsThanked, AnswersShown, SpokenNoted)
    verbs: ClassVar = {f.__name__: f for f in (answer, show_answers, note_spoken)}

    def fresh(self) -> EvaluateState:
        return EvaluateState()

    def enter(self, m: Meeting, state: EvaluateState, time: float) -> EvaluateState:
        return replace(state, begun=True)

    def leave(self, m: Meeting, state: EvaluateState, time: float) -> EvaluateState:
        return replace(state, closed=True)

    def kept(self, m: Meeting, state: EvaluateState) -> EvaluateState:
        """The answers that may be seen, no longer which of them one person gave."""
        return EvaluateState(
            closed=state.closed, answers=_dealt(state.shown()), spoken=state.spoken
        )

    def step(self, m: Meeting, state: EvaluateState) -> Event | None:
        if self.has_guests(m, state):
            return GuestsThanked(phase=self.id)
        return None if state.closed else AnswersShown(phase=self.id)

    def unready(self, m: Meeting, state: EvaluateState) -> Say | None:
        return None if state.closed else say("evaluate.not_shown")

    def place(self, state: EvaluateState) -> str:
        return "shown" if state.closed else "answering" if state.thanked else ""

    def has_guests(self, m: Meeting, state: EvaluateState) -> bool:
        """Somebody is still here whose part in the meeting is over."""
        over = state.thanked or state.closed
        return self.guests_first and not over and bool(guests(m))

    def takes_sealed(self, state: EvaluateState) -> bool:
        """Also when its beginning was undone: who has answered must not count twice."""
        return not state.closed and (state.begun or bool(state.answers))

    def check(self, key: str, words: str) -> None:
        """`key` is a question's id (its option), or id/words; anything else is no answer."""
        options = {o.id for q in self.questions if q.id == key for o in q.options}
        spoken = {f"{q.id}/words" for q in self.questions}
        if key in spoken:
            if len(words) > WORDS_LIMIT:
                refuse("answer_long", limit=WORDS_LIMIT, length=len(words))
        elif words not in options:
            refuse("malformed")


def _dealt(answers: Sequence[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """As many as there were, each question's in the order of the alphabet."""
    keys = sorted({key for given in answers for key in given})
    sheets: list[dict[str, str]] = [{} for _ in answers]
    for key in keys:
        for sheet, words in zip(sheets, sorted(a[key] for a in answers if key in a), strict=False):
            sheet[key] = words
    return {str(number): sheet for number, sheet in enumerate(sheets, 1)}


def _here(m: Meeting, phase: str) -> tuple[Evaluate, EvaluateState]:
    m.running()
    where, state = m.find(phase), m.states.get(phase)
    if not isinstance(where, Evaluate) or not isinstance(state, EvaluateState) or not state.begun:
        refuse("stale")
    return where, state
