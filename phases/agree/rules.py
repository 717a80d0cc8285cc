"""Status quo: is it still the same challenge? The wording is mended until nobody objects.

From BTI on system level, step 4: “Partane må vera samde om kva som er utfordringa … Då er me samde
om at … er utfordringa me drøftar i dette møtet”. That a new wording asks everybody anew, and that a
meeting without agreement may close and book a new date, is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

from facilitator.core.meeting import Entry, Event, Meeting, Phase, PhaseEvent, PhaseState, refuse
from facilitator.core.people import Person
from facilitator.core.steering import PhaseBegun
from facilitator.core.text import Say, clean, say

WORDING_LIMIT = 300  # characters
REASON_LIMIT = 300
WHEN_LIMIT = 120


@dataclass(frozen=True)
class Reply:
    """To the wording that stands. `id` is its place in the log; no `reason` is no objection."""

    id: int
    reason: str = ""


@dataclass(frozen=True)
class AgreeState(PhaseState):
    """`wording` is what is asked about, `version` the place in the log where it was put.

    replies: by person, all to this wording. hands: of people without a phone who do not object.
    anew: when the meeting is held again, where it closed without agreement; may be empty.
    """

    wording: str = ""
    version: int = 0
    mended: bool = False  # worded here, not as the phase it is about left it
    replies: Mapping[str, Reply] = field(default_factory=dict)
    hands: int = 0
    agreed: bool = False
    anew: str | None = None

    @property
    def decided(self) -> bool:
        return self.agreed or self.anew is not None

    @property
    def objections(self) -> tuple[Reply, ...]:
        """In the order in which they came."""
        objected = (reply for reply in self.replies.values() if reply.reason)
        return tuple(sorted(objected, key=lambda reply: reply.id))

    def put(self, wording: str, version: int) -> AgreeState:
        """A new wording asks everybody anew."""
        return replace(self, wording=wording, version=version, replies={}, hands=0)


class AboutWording(PhaseEvent[AgreeState]):
    """What is said about one wording. It does not stand when the wording has changed meanwhile."""

    wording: int

    def fits(self, state: AgreeState) -> bool:
        return self.wording == state.version and bool(state.wording) and not state.decided


class Replied(AboutWording):
    """Once somebody has answered it, the leader cannot take back the wording under them."""

    who: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(super().on(m, entry), acts=())

    def reply(self, entry: Entry) -> Reply:
        return Reply(entry.n)

    def within(self, m: Meeting, state: AgreeState, entry: Entry) -> AgreeState:
        if not self.fits(state):
            return state
        return replace(state, replies={**state.replies, self.who: self.reply(entry)})


class NoObjection(Replied):
    type: Literal["no_objection"] = "no_objection"


class Objected(Replied):
    type: Literal["objected"] = "objected"
    reason: str

    def reply(self, entry: Entry) -> Reply:
        return Reply(entry.n, self.reason)


class ContentCounted(AboutWording):
    """One hand more, or one less, of people without a phone."""

    type: Literal["content_counted"] = "content_counted"
    more: Literal[1, -1]

    def within(self, m: Meeting, state: AgreeState, entry: Entry) -> AgreeState:
        if not self.fits(state):
            return state
        return replace(state, hands=max(0, hands(m, state) + self.more))


class SentenceWorded(PhaseEvent[AgreeState]):
    type: Literal["sentence_worded"] = "sentence_worded"
    text: str
    steers = True

    def within(self, m: Meeting, state: AgreeState, entry: Entry) -> AgreeState:
        if state.decided:
            return state
        return replace(state.put(self.text, entry.n), mended=True)


class Settled(AboutWording):
    """Nobody objects: then we agree."""

    type: Literal["settled"] = "settled"
    steers = True

    def within(self, m: Meeting, state: AgreeState, entry: Entry) -> AgreeState:
        return replace(state, agreed=True) if self.fits(state) else state


class WordingReopened(PhaseEvent[AgreeState]):
    """Neither agreed nor closed any more; the wording and what was said about it still stand."""

    type: Literal["wording_reopened"] = "wording_reopened"
    steers = True

    def within(self, m: Meeting, state: AgreeState, entry: Entry) -> AgreeState:
        return replace(state, agreed=False, anew=None)


class BookedAnew(PhaseEvent[AgreeState]):
    """No agreement today: the meeting closes, and is held again."""

    type: Literal["booked_anew"] = "booked_anew"
    when: str
    steers = True

    def within(self, m: Meeting, state: AgreeState, entry: Entry) -> AgreeState:
        return state if state.agreed else replace(state, anew=self.when)


def word(m: Meeting, by: str, *, phase: str, text: str) -> Event:
    """The wording is edited in view of all, by the leader or the scribe."""
    state = _open(m, phase)
    m.write_for(by, by)
    if not (m.holds(by, "leader") or m.holds(by, "scribe")):
        refuse("leader_only")
    wording = clean(text)
    if not wording:
        refuse("wording_empty")
    if len(wording) > WORDING_LIMIT:
        refuse("wording_long", limit=WORDING_LIMIT, length=len(wording))
    if wording == state.wording:
        refuse("wording_same")
    return SentenceWorded(phase=phase, text=wording)


def no_objection(m: Meeting, by: str, *, phase: str, wording: int, who: str = "") -> Event:
    """One's own to say, and to change until it is settled; the leader and the scribe for others."""
    m.write_for(by, who or by)
    _this_wording(m, phase, wording)
    return NoObjection(phase=phase, wording=wording, who=who or by)


def object(m: Meeting, by: str, *, phase: str, wording: int, reason: str, who: str = "") -> Event:
    m.write_for(by, who or by)
    _this_wording(m, phase, wording)
    why = clean(reason)
    if not why:
        refuse("objection_empty")
    if len(why) > REASON_LIMIT:
        refuse("objection_long", limit=REASON_LIMIT, length=len(why))
    return Objected(phase=phase, wording=wording, who=who or by, reason=why)


def count_no_objection(
    m: Meeting, by: str, *, phase: str, seen: str, more: Literal[1, -1] = 1
) -> Event:
    """Hands of people without a phone: never more than there are."""
    state = _open(m, phase)
    m.write_for(by, by)
    if not (m.holds(by, "leader") or m.holds(by, "scribe")):
        refuse("leader_only")
    m.stale(seen)
    _worded(state)
    if not 0 <= hands(m, state) + more <= without_phone(m, state):
        refuse("no_more_hands")
    return ContentCounted(phase=phase, wording=state.version, more=more)


def settle(m: Meeting, by: str, *, phase: str, seen: str) -> Event:
    """Nobody objects: then we agree. `seen` keeps a press from settling words nobody has read."""
    state = _open(m, phase)
    m.lead(by)
    m.stale(seen)
    _worded(state)
    return Settled(phase=phase, wording=state.version)


def reopen_wording(m: Meeting, by: str, *, phase: str) -> Event:
    state = _here(m, phase)
    m.lead(by)
    if not state.decided:
        refuse("stale")
    return WordingReopened(phase=phase)


def book_anew(m: Meeting, by: str, *, phase: str, when: str = "") -> Event:
    """No agreement: close, and meet again. When that is may be said later."""
    state = _here(m, phase)
    m.lead(by)
    if state.agreed:
        refuse("wording_decided")
    words = clean(when)
    if len(words) > WHEN_LIMIT:
        refuse("when_long", limit=WHEN_LIMIT)
    return BookedAnew(phase=phase, when=words)


def hands(m: Meeting, state: AgreeState) -> int:
    return min(state.hands, without_phone(m, state))


def without_phone(m: Meeting, state: AgreeState) -> int:
    """People whose hand may be counted: without a phone, and not written down by name."""
    return sum(not p.phone and p.id not in state.replies for p in asked(m))


def content(m: Meeting, state: AgreeState) -> int:
    """How many have said that they do not object."""
    replies = (state.replies.get(p.id) for p in asked(m))
    return sum(r is not None and not r.reason for r in replies) + hands(m, state)


def asked(m: Meeting) -> tuple[Person, ...]:
    """Everybody but the leader, who says it for all when it is settled."""
    return tuple(p for p in m.here if not m.holds(p.id, "leader"))


class Agree(Phase[AgreeState]):
    kind: Literal["agree"] = "agree"

    agrees: ClassVar = True
    events: ClassVar = (
        *(NoObjection, Objected, ContentCounted, SentenceWorded),
        *(Settled, WordingReopened, BookedAnew),
    )
    verbs: ClassVar = {
        f.__name__: f
        for f in (
            *(word, no_objection, object, count_no_objection),
            *(settle, reopen_wording, book_anew),
        )
    }

    def fresh(self) -> AgreeState:
        return AgreeState()

    def enter(self, m: Meeting, state: AgreeState, time: float) -> AgreeState:
        """The challenge as it was told, until it is worded anew or agreed on."""
        told = m.sentence(self.about) if self.about else ""
        if state.mended or state.decided or told == state.wording:
            return state
        return state.put(told, m.n + 1)  # where the entry that begins the phase will stand

    def merged(self, m: Meeting, state: AgreeState, who: str, into: str, time: float) -> AgreeState:
        """Of two answers by one person an objection stands, whichever entry gave it."""
        given = [state.replies[each] for each in (who, into) if each in state.replies]
        others = {each: r for each, r in state.replies.items() if each not in (who, into)}
        if not given:
            return state
        kept = max(given, key=lambda reply: (bool(reply.reason), reply.id))
        return replace(state, replies={**others, into: kept})

    def kept(self, m: Meeting, state: AgreeState) -> AgreeState:
        """What was agreed, and the objections that stood, without who made them."""
        objections = enumerate(state.objections, 1)
        return AgreeState(
            wording=state.wording,
            mended=state.mended,
            replies={str(n): Reply(n, objection.reason) for n, objection in objections},
            agreed=state.agreed,
            anew=state.anew,
        )

    def step(self, m: Meeting, state: AgreeState) -> Event | None:
        if state.anew is not None and m.at < len(m.phases) - 1:
            return PhaseBegun(index=len(m.phases) - 1)
        if state.decided or not state.wording:
            return None
        return Settled(phase=self.id, wording=state.version)

    def asks(self, m: Meeting, state: AgreeState) -> Say | None:
        if state.decided:
            return None
        return say("agree.sure_objections" if state.objections else "agree.sure")

    def unready(self, m: Meeting, state: AgreeState) -> Say | None:
        if state.decided:
            return None
        return say("agree.not_agreed" if state.wording else "agree.not_worded")

    def place(self, state: AgreeState) -> str:
        return f"{state.version}.{'agreed' if state.agreed else 'anew' if state.decided else ''}"

    def sentence(self, m: Meeting, state: AgreeState) -> str:
        """Only what was agreed: nothing is claimed before."""
        return state.wording if state.agreed else ""


def _here(m: Meeting, phase: str) -> AgreeState:
    m.running()
    state = m.states.get(phase)
    if not isinstance(state, AgreeState) or m.phase is None or m.phase.id != phase:
        refuse("stale")
    return state


def _open(m: Meeting, phase: str) -> AgreeState:
    state = _here(m, phase)
    if state.decided:
        refuse("wording_decided")
    return state


def _worded(state: AgreeState) -> None:
    if not state.wording:
        refuse("wording_empty")


def _this_wording(m: Meeting, phase: str, wording: int) -> None:
    """A reply to an older wording goes back to whoever wrote it."""
    state = _open(m, phase)
    _worded(state)
    if wording != state.version:
        refuse("wording_changed")
