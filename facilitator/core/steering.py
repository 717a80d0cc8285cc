"""The leader drives: forward, back, pause, undo, what the room screen shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from .meeting import LOBBY, Entry, Event, Meeting, Undone, refuse
from .text import clean

WHEN_LIMIT = 80  # characters


class PhaseBegun(Event):
    """The phase of this index is on, or the result where the phases end. Nothing of it is lost."""

    type: Literal["phase_begun"] = "phase_begun"
    index: int
    steers = True
    rewinds = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        time = m.time(entry.at)
        left = _leave(m, time)
        began = m.began if m.began is not None else entry.at
        entered = _enter(replace(left, at=self.index, began=began, since=entry.at), time)
        return entered if self.undoable(m) else replace(entered, acts=())

    def undoable(self, m: Meeting) -> bool:
        """Closing the answers throws their key away: from there, there is no way back."""
        return m.phase is None or not m.phase.takes_sealed(m.states[m.phase.id])


class Paused(Event):
    type: Literal["paused"] = "paused"

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return m if m.paused is not None else replace(m, paused=entry.at)


class PutOff(Event):
    """The meeting goes on another day; `when` is said in words."""

    type: Literal["put_off"] = "put_off"
    when: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, paused=entry.at if m.paused is None else m.paused, put_off=self.when)


class Resumed(Event):
    """After a pause the plan ends when it did; after another day it ends as much later."""

    type: Literal["resumed"] = "resumed"

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        if m.paused is None:
            return m
        away = entry.at - m.paused
        on = replace(m, paused=None, put_off="", lost=m.lost + away)
        return _later(on, away) if m.put_off else on


def _later(m: Meeting, seconds: float) -> Meeting:
    """The plan, and what was told by its minutes, so many seconds later."""
    began = None if m.began is None else m.began + seconds
    return replace(m, began=began, signals=tuple(s.later(seconds) for s in m.signals))


class Shown(Event):
    """What the room screen shows: the meeting, nothing at all, or the code in full size."""

    type: Literal["shown"] = "shown"
    what: Literal["meeting", "nothing", "code"]

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, shows=self.what)


class KeysSet(Event):
    """Whether the keys and the clicker of room screens steer the meeting."""

    type: Literal["keys_set"] = "keys_set"
    steer: bool

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, keys=self.steer)


class Closed(Event):
    """The meeting is over for good: its code lets nobody in, its log takes nothing more."""

    type: Literal["closed"] = "closed"

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        left = _leave(m, m.time(entry.at))
        ended = replace(left, at=len(m.phases), closed=True, acts=())
        away = 0.0 if m.paused is None else entry.at - m.paused
        return replace(ended, paused=None, put_off="", lost=m.lost + away)


def begin(m: Meeting, by: str, *, index: int, seen: str) -> Event:
    """Begin any phase, also an earlier one; the index after the last one is the result."""
    m.running()
    m.lead(by)
    m.stale(seen)
    if not 0 <= index <= len(m.phases) or index == m.at:
        refuse("no_phase")
    return PhaseBegun(index=index)


def forward(m: Meeting, by: str, *, seen: str) -> Event:
    """The one forward key: the next step inside the phase, then the next phase.

    `seen` is the place the presser saw. A press meant for an earlier place is refused, so a double
    click never skips anybody.
    """
    m.running()
    m.lead(by)
    m.stale(seen)
    if m.over:
        refuse("no_phase")
    if m.paused is not None:
        return Resumed()
    step = m.phase.step(m, m.states[m.phase.id]) if m.phase else None
    return step or PhaseBegun(index=m.at + 1)


def back(m: Meeting, by: str, *, seen: str) -> Event:
    """Back one phase, without loss."""
    m.running()
    m.lead(by)
    m.stale(seen)
    if m.at <= 0:
        refuse("no_phase")
    return PhaseBegun(index=m.at - 1)


def undo(m: Meeting, by: str, *, act: int) -> Event:
    """Take back the leader's own last steering act. `act` is its n: pressed twice, undone once."""
    m.running()
    m.lead(by)
    if not m.acts:
        refuse("nothing_to_undo")
    if m.acts[-1] != act:
        refuse("stale")
    return Undone(act=act)


def pause(m: Meeting, by: str) -> Event:
    m.running()
    m.lead(by)
    if m.paused is not None or m.at == LOBBY or m.over:
        refuse("stale")
    return Paused()


def put_off(m: Meeting, by: str, *, when: str) -> Event:
    """Stop for today and go on another day, where the meeting is now."""
    m.running()
    m.lead(by)
    if m.at == LOBBY or m.over:
        refuse("stale")
    words = clean(when)
    if not words:
        refuse("when_empty")
    if len(words) > WHEN_LIMIT:
        refuse("when_long", limit=WHEN_LIMIT)
    return PutOff(when=words)


def resume(m: Meeting, by: str) -> Event:
    m.running()
    m.lead(by)
    if m.paused is None:
        refuse("stale")
    return Resumed()


def show(m: Meeting, by: str, *, what: Literal["meeting", "nothing", "code"]) -> Event:
    m.running()
    m.lead(by)
    return Shown(what=what)


def let_keys(m: Meeting, by: str, *, on: bool) -> Event:
    """The keys of room screens steer, or only show help and the code."""
    m.running()
    m.lead(by)
    return KeysSet(steer=on)


def close(m: Meeting, by: str) -> Event:
    m.running()
    m.lead(by)
    if not m.over:
        refuse("not_over")
    return Closed()


EVENTS = (PhaseBegun, Paused, PutOff, Resumed, Shown, KeysSet, Closed, Undone)
VERBS = (begin, forward, back, undo, pause, put_off, resume, show, let_keys, close)


def _leave(m: Meeting, time: float) -> Meeting:
    if m.phase is None:
        return m
    here, clock = m.phase.id, m.clocks[m.phase.id]
    left = replace(m, clocks={**m.clocks, here: clock.stop(time)})
    return left.with_state(here, m.phase.leave(m, m.states[here], time))


def _enter(m: Meeting, time: float) -> Meeting:
    if m.phase is None:
        return m
    here, clock = m.phase.id, m.clocks[m.phase.id]
    entered = replace(m, clocks={**m.clocks, here: clock.start(time)})
    return entered.with_state(here, m.phase.enter(m, m.states[here], time))
