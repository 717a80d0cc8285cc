"""A meeting is its log. Verbs decide, `evolve` remembers; nothing else changes a meeting."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, Generic, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict

from .cards import Card, Note, Parked, Sort, by_author, chosen_factors
from .clock import Clock
from .decisions import Decision, standing
from .people import SOMEBODY, Expected, Moving, Person, Role
from .signal import Signal
from .text import Lang, Say, Text, say

LOBBY = -1


class Refused(Exception):
    """A verb said no. `why` is told to whoever asked, in their language."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.why: Say = say(f"refused.{key}", **values)


class Event(BaseModel):
    """What happened. `type` is its stored name, written by hand and never changed.

    steers: the leader can undo it. rewinds: undoing it gives back the time it took.
    sealed: who did it is stored under a key that is thrown away.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str
    steers: ClassVar[bool] = False
    rewinds: ClassVar[bool] = False
    sealed: ClassVar[bool] = False

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        """The meeting after this. Total: an event that no longer fits changes nothing."""
        return m

    def undoable(self, m: Meeting) -> bool:
        """Whether the leader can take back that this happened to `m`."""
        return self.steers


@dataclass(frozen=True)
class Entry:
    """A line of the log. `at` in epoch seconds; `op` is the sender's device and rising number."""

    n: int
    at: float
    by: str
    op: str
    event: Event


@dataclass(frozen=True)
class PhaseState:
    """What a phase keeps while the meeting lasts; each kind has its own."""


S = TypeVar("S", bound=PhaseState)


@dataclass(frozen=True)
class Ask:
    """A text of a phase that the leader words when planning, and how the form asks for it."""

    name: str
    label: Say
    limit: int = 200  # characters
    lines: bool = False
    needed: bool = False


class Phase(BaseModel, Generic[S]):
    """One phase of an agenda: its fields are what a recipe may set. Minutes are planned ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    id: str
    title: Text
    question: Text | None = None
    minutes: float
    tips: tuple[Text, ...] = ()
    ask_question: bool = False  # the leader words the question when planning
    about: str = ""  # the id of the phase whose sentence stands above this one
    floor: float = 0  # minutes it is never shortened below
    protected: bool = False  # its time is kept free, however late it gets
    optional: bool = False  # in the meeting only if the leader wants it

    events: ClassVar[tuple[type[Event], ...]] = ()
    verbs: ClassVar[Mapping[str, Any]] = {}
    agrees: ClassVar[bool] = False  # whether its sentence is what all have agreed on
    guarded: ClassVar[bool] = True  # whether a viddevakt is missed here

    @abstractmethod
    def fresh(self) -> S:
        """The state before the phase has begun."""

    def enter(self, m: Meeting, state: S, time: float) -> S:
        return state

    def leave(self, m: Meeting, state: S, time: float) -> S:
        return state

    def joined(self, m: Meeting, state: S, who: str, time: float) -> S:
        return state

    def left(self, m: Meeting, state: S, who: str, time: float) -> S:
        return state

    def merged(self, m: Meeting, state: S, who: str, into: str, time: float) -> S:
        """`who` and `into` turned out to be one person, who goes on as `into`."""
        return self.left(m, state, who, time)

    def replaced(self, m: Meeting, state: S, who: str, new: str, time: float) -> S:
        """`who` has left, and `new` takes their place."""
        return self.joined(m, self.left(m, state, who, time), new, time)

    def led(self, m: Meeting, state: S, who: str, time: float) -> S:
        """The lead was handed over to `who`."""
        return state

    def step(self, m: Meeting, state: S) -> Event | None:
        """What “forward” does inside the phase; None when the next phase comes."""
        return None

    def unready(self, m: Meeting, state: S) -> Say | None:
        """A question to whoever goes on before the phase is through."""
        return None

    def place(self, state: S) -> str:
        """Where in the phase we are, so that a press meant for an earlier place is known."""
        return ""

    def asks(self, m: Meeting, state: S) -> Say | None:
        """A question before the step inside the phase is taken."""
        return None

    def least(self, m: Meeting) -> float:
        """Minutes this phase is never cut below when the meeting is late."""
        return self.floor or self.minutes

    def to_word(self) -> tuple[Ask, ...]:
        """What the leader words when planning."""
        label = say("new.question")
        return (Ask("question", label),) if self.ask_question else ()

    def worded(self, words: Mapping[str, str]) -> Phase[S]:
        """This phase with the leader's own words in the fields of these names."""
        return self.model_copy(update={name: Text.same(text) for name, text in words.items()})

    def sentence(self, m: Meeting, state: S) -> str:
        """The sentence this phase leaves to those about it; empty when there is none."""
        return ""

    def sort(self) -> Sort:
        """What the cards of this phase are."""
        return "idea"

    def takes_cards(self, state: S) -> bool:
        return False

    def keeps_for(self, state: S) -> str:
        """The id of a later phase whose cards may be written here, and are kept until it begins."""
        return ""

    def takes_sealed(self, state: S) -> bool:
        """Whether sealed answers are still taken; once not, their key is thrown away."""
        return False

    def kept(self, m: Meeting, state: S) -> S:
        """What of the state lasts when the meeting is closed. Nobody's id may stand in it, nor
        anything that tells what one person said, gave, or how long they spoke."""
        return self.fresh()


class Section(BaseModel):
    """A part of the result: a heading, and the phase whose result stands under it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    phase: str


class PhaseEvent(Event, Generic[S]):
    """An event of a kind. It names its phase, and gives that one its next state."""

    phase: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        state = m.states.get(self.phase)
        return m if state is None else m.with_state(self.phase, self.within(m, state, entry))  # type: ignore[arg-type]

    @abstractmethod
    def within(self, m: Meeting, state: S, entry: Entry) -> S:
        """The state of its phase after this."""


@dataclass(frozen=True)
class Meeting:
    """All that screens show. `at` is the phase's index, -1 in the lobby, len(phases) at the result.

    `origins` are the house's own units, `services` come to it as guests; `reserve` is in minutes.
    `shorten` are ids of phases, in the order in which they give time when it is late.
    `wanted` are roles somebody has had, that the meeting does not go on without until the leader
    says so; `declined` is who said no to which role, or gave it back.
    `began` and `since` (epoch seconds) are when the meeting and its present phase began.
    `put_off` says when a meeting goes on that stopped for the day, in its leader's words.
    Meeting time is epoch seconds less what was spent in pauses and undone (`lost`).
    `keys`: whether room screens that may steer do so by their keys.
    `decisions` are by the measure's card; those taken back are among them.
    `acts` are the log numbers of what the leader can still undo, newest last.
    `devices` are browsers that act as somebody else than their own id: a new phone, a double.
    `folded`: closed, and only what lasts is left (`folding.py`).
    """

    n: int = 0
    title: str = ""
    house: str = ""
    lang: Lang = "nn"
    origins: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()
    reserve: float = 0.0
    shorten: tuple[str, ...] = ()
    outline: tuple[Section, ...] = ()
    signal_at_once: bool = False
    phases: tuple[Phase[Any], ...] = ()
    states: Mapping[str, PhaseState] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    at: int = LOBBY
    began: float | None = None
    since: float = 0.0
    lost: float = 0.0
    paused: float | None = None
    put_off: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    roles: Mapping[Role, str] = field(default_factory=dict)
    asked: Mapping[Role, str] = field(default_factory=dict)
    devices: Mapping[str, str] = field(default_factory=dict)
    moving: Moving | None = None
    wanted: frozenset[Role] = frozenset()
    declined: frozenset[tuple[Role, str]] = frozenset()
    cards: Mapping[int, Card] = field(default_factory=dict)
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    parked: tuple[Parked, ...] = ()
    notes: tuple[Note, ...] = ()
    signals: tuple[Signal, ...] = ()
    shows: Literal["meeting", "nothing", "code"] = "meeting"
    keys: bool = True
    acts: tuple[int, ...] = ()
    closed: bool = False
    folded: bool = False

    @property
    def phase(self) -> Phase[Any] | None:
        return self.phases[self.at] if 0 <= self.at < len(self.phases) else None

    @property
    def over(self) -> bool:
        """The result is shown."""
        return self.at >= len(self.phases) > 0

    @property
    def leader(self) -> str:
        return self.roles.get("leader", "")

    def person(self, device: str) -> str:
        """Whose id a browser acts under: its own, unless it took somebody's place."""
        return self.devices.get(device, device)

    @cached_property
    def here(self) -> tuple[Person, ...]:
        return tuple(p for p in self.people.values() if p.here)

    @cached_property
    def cards_by(self) -> Mapping[str, tuple[Card, ...]]:
        """Everybody's cards; worked out once, for a full room asks one by one."""
        return by_author(self.cards)

    @cached_property
    def chosen_factors(self) -> tuple[Card, ...]:
        """What the group agreed to work on."""
        return chosen_factors(self.cards)

    @property
    def decided(self) -> tuple[Decision, ...]:
        """What the house will try."""
        return standing(self.decisions)

    @property
    def place(self) -> str:
        """Where the meeting is. A press that names another place came too late."""
        inside = self.phase.place(self.states[self.phase.id]) if self.phase else ""
        return f"{self.at}/{inside}"

    def find(self, phase: str) -> Phase[Any] | None:
        return next((p for p in self.phases if p.id == phase), None)

    def time(self, epoch: float) -> float:
        """Meeting time, which stands still in a pause."""
        return (epoch if self.paused is None else self.paused) - self.lost

    def epoch(self, clock: Clock) -> Clock:
        """A clock of the meeting as screens tick it: in epoch seconds, standing in a pause."""
        if clock.started is None:
            return clock
        if self.paused is not None:
            return clock.stop(self.time(self.paused))
        return replace(clock, started=clock.started + self.lost)

    def with_state(self, phase: str, state: PhaseState) -> Meeting:
        return replace(self, states={**self.states, phase: state})

    def told(self, change: Callable[[Phase[Any], Any], PhaseState]) -> Meeting:
        """Every phase hears of who comes and goes: one may go back to it."""
        return replace(self, states={p.id: change(p, self.states[p.id]) for p in self.phases})

    def sentence(self, phase: str) -> str:
        """What the phase of that id has come to, in one sentence; empty where there is none yet."""
        where = self.find(phase)
        return where.sentence(self, self.states[phase]) if where else ""

    def is_guest(self, who: str) -> bool:
        return who in self.people and self.people[who].origin in self.services

    def inside(self, who: str) -> bool:
        """Whether a screen of theirs shows the meeting, rather than its door."""
        person = self.people.get(who)
        return who == SOMEBODY if person is None else person.here

    def origin(self, card: Card) -> str:
        """Where whoever wrote it comes from; who that was is not shown."""
        return self.people[card.by].origin if card.by in self.people else card.origin

    def name(self, who: str | None) -> str:
        person = self.people.get(who or "")
        return person.name if person else ""

    def holds(self, who: str, role: Role) -> bool:
        return self.roles.get(role) == who

    def vacant(self, role: Role) -> bool:
        """Whoever had the role has left it, and the meeting is at something that needs one."""
        missed = self.phase is not None and self.phase.guarded
        return missed and role in self.wanted and role not in self.roles

    # Who may: each raises Refused.

    def member(self, by: str) -> Person:
        person = self.people.get(by)
        if person is None or not person.here:
            refuse("not_joined")
        return person

    def lead(self, by: str) -> None:
        if not self.holds(by, "leader"):
            refuse("leader_only")

    def mends(self, by: str) -> bool:
        """The leader and the scribe may put right what others wrote."""
        return self.holds(by, "leader") or self.holds(by, "scribe")

    def write_for(self, by: str, who: str) -> None:
        """People write for themselves; the leader and the scribe for others too."""
        self.member(by)
        if who != by:
            self.member(who)
            if not self.mends(by):
                refuse("leader_only")

    def running(self) -> None:
        if self.closed:
            refuse("closed")

    def stale(self, seen: str) -> None:
        if seen != self.place:
            refuse("stale")


class Undone(Event):
    """The leader took back the act `act` (its n). Understood by `replay` alone."""

    type: Literal["undone"] = "undone"
    act: int


def evolve(m: Meeting, entry: Entry) -> Meeting:
    """The meeting after one more entry."""
    new = replace(entry.event.on(m, entry), n=entry.n)
    if m.holds(entry.by, "leader") and entry.event.undoable(m):
        return replace(new, acts=(*new.acts, entry.n))
    return new


def replay(start: Meeting, log: Iterable[Entry]) -> Meeting:
    """The meeting its log tells of. Undone acts never were."""
    entries = list(log)
    undone = {e.event.act for e in entries if isinstance(e.event, Undone)}
    acted: dict[int, float] = {}
    m = start
    for entry in entries:
        if entry.n in undone:
            if entry.event.rewinds:
                acted[entry.n] = m.time(entry.at)
            m = replace(m, n=entry.n)
        elif isinstance(entry.event, Undone):
            since = acted.get(entry.event.act, m.time(entry.at))
            m = replace(m, n=entry.n, lost=m.lost + m.time(entry.at) - since)
        else:
            m = evolve(m, entry)
    return m


def refuse(key: str, **values: Any) -> NoReturn:
    raise Refused(key, **values)
