"""The challenge: whoever raised it tells what it is and what it builds on (BTI on system level, 2).

“Styrar/rektor (møteleiar) informerer … Er det andre tenester som har meldt inn utfordringsbilete,
er det dei som informerer.” That a meeting planned without a statement may write it here is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from facilitator.core.meeting import (
    Ask,
    Entry,
    Event,
    Meeting,
    Phase,
    PhaseEvent,
    PhaseState,
    refuse,
)
from facilitator.core.text import Say, Text, clean, say

STATEMENT_LIMIT = 300  # characters, of the challenge and of what it builds on


@dataclass(frozen=True)
class InformState(PhaseState):
    """`presenter` is a person's id, empty for the leader. What is None stands as it was planned."""

    presenter: str = ""
    done: bool = False
    statement: str | None = None
    builds_on: str | None = None

    def presents(self, m: Meeting) -> str:
        """The id of who presents."""
        return self.presenter or m.roles["leader"]


class PresenterSet(PhaseEvent[InformState]):
    type: Literal["presenter_set"] = "presenter_set"
    who: str  # empty for the leader
    steers = True

    def within(self, m: Meeting, state: InformState, entry: Entry) -> InformState:
        gone = self.who and (self.who not in m.people or not m.people[self.who].here)
        return state if gone else replace(state, presenter=self.who, done=False)


class PresentingDone(PhaseEvent[InformState]):
    type: Literal["presenting_done"] = "presenting_done"
    steers = True

    def within(self, m: Meeting, state: InformState, entry: Entry) -> InformState:
        return replace(state, done=True)


class StatementWorded(PhaseEvent[InformState]):
    """The challenge in new words; `builds_on` is None where it stays as it was."""

    type: Literal["statement_worded"] = "statement_worded"
    statement: str
    builds_on: str | None = None
    steers = True

    def within(self, m: Meeting, state: InformState, entry: Entry) -> InformState:
        builds_on = state.builds_on if self.builds_on is None else self.builds_on
        return replace(state, statement=self.statement, builds_on=builds_on)


def set_presenter(m: Meeting, by: str, *, phase: str, who: str) -> Event:
    """The leader presents, or the service that raised the challenge."""
    state = _here(m, phase)
    m.lead(by)
    m.member(who)
    if who == state.presents(m):
        refuse("stale")
    return PresenterSet(phase=phase, who="" if m.holds(who, "leader") else who)


def done_presenting(m: Meeting, by: str, *, phase: str) -> Event:
    """The presenter says so; for one without a phone the leader or the scribe."""
    state = _here(m, phase)
    m.write_for(by, state.presents(m))
    if state.done:
        refuse("stale")
    return PresentingDone(phase=phase)


def word_statement(
    m: Meeting, by: str, *, phase: str, text: str, builds_on: str | None = None
) -> Event:
    """The leader or the scribe writes or mends the challenge while it is told."""
    _here(m, phase)
    m.member(by)
    if not (m.holds(by, "leader") or m.holds(by, "scribe")):
        refuse("leader_only")
    statement = _words(text)
    if not statement:
        refuse("statement_empty")
    grounds = None if builds_on is None else _words(builds_on)
    return StatementWorded(phase=phase, statement=statement, builds_on=grounds)


class Inform(Phase[InformState]):
    kind: Literal["inform"] = "inform"
    statement: Text | None = None
    builds_on: Text | None = None

    events: ClassVar = (PresenterSet, PresentingDone, StatementWorded)
    verbs: ClassVar = {f.__name__: f for f in (set_presenter, done_presenting, word_statement)}

    def fresh(self) -> InformState:
        return InformState()

    def left(self, m: Meeting, state: InformState, who: str, time: float) -> InformState:
        return replace(state, presenter="") if state.presenter == who else state

    def kept(self, m: Meeting, state: InformState) -> InformState:
        return InformState(statement=state.statement, builds_on=state.builds_on)

    def to_word(self) -> tuple[Ask, ...]:
        statement, builds_on = say("inform.ask_statement"), say("inform.ask_builds_on")
        return (
            Ask("statement", statement, STATEMENT_LIMIT, lines=True),
            Ask("builds_on", builds_on, STATEMENT_LIMIT, lines=True),
            *super().to_word(),
        )

    def sentence(self, m: Meeting, state: InformState) -> str:
        return _in_meetings_language(m, state.statement, self.statement)

    def grounds(self, m: Meeting, state: InformState) -> str:
        """What the challenge builds on, in the meeting's language."""
        return _in_meetings_language(m, state.builds_on, self.builds_on)

    def says(self, state: InformState) -> Say | str:
        """The challenge for a screen, which may speak another language than the meeting."""
        return _for_screens(state.statement, self.statement)

    def says_grounds(self, state: InformState) -> Say | str:
        return _for_screens(state.builds_on, self.builds_on)


def _in_meetings_language(m: Meeting, worded: str | None, planned: Text | None) -> str:
    if worded is not None:
        return worded
    return planned.say(m.lang) if planned else ""


def _for_screens(worded: str | None, planned: Text | None) -> Say | str:
    if worded is not None:
        return worded
    return say(planned) if planned else ""


def _here(m: Meeting, phase: str) -> InformState:
    m.running()
    state = m.states.get(phase)
    if not isinstance(state, InformState) or m.phase is None or m.phase.id != phase:
        refuse("stale")
    return state


def _words(text: str) -> str:
    words = clean(text)
    if len(words) > STATEMENT_LIMIT:
        refuse("statement_long", limit=STATEMENT_LIMIT, length=len(words))
    return words
