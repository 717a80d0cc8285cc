"""The catalogue of kinds: one tuple. Everything that exists once per kind derives from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from importlib import import_module
from operator import or_
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field, TypeAdapter, model_validator

from facilitator.core import (
    drawing,
    folding,
    guarding,
    joining,
    leading,
    moving,
    notes,
    sorting,
    steering,
    writing,
)
from facilitator.core.blocks import Screen
from facilitator.core.clock import Clock
from facilitator.core.frame.lead import LeadPart
from facilitator.core.meeting import Entry, Event, Meeting, Phase, Section
from facilitator.core.people import Expected, Person
from facilitator.core.text import Lang, filled
from facilitator.core.verbs import Verb, verbs

from .agree.rules import Agree
from .breaks.rules import Break
from .choose.rules import Choose
from .evaluate.rules import Evaluate
from .inform.rules import Inform
from .plan.rules import Plan
from .roles.rules import Roles
from .round.rules import Round

KINDS: tuple[type[Phase[Any]], ...] = (
    Roles,
    Inform,
    Round,
    Agree,
    Choose,
    Plan,
    Break,
    Evaluate,
)

AnyPhase: Any = Annotated[reduce(or_, KINDS), Field(discriminator="kind")]


class Planned(Event):
    """A meeting's first entry: what it will be. `leader` is the id of who leads it.

    `at` is when it is to be held, in epoch seconds; None when nobody has said.
    """

    type: Literal["planned"] = "planned"
    title: str
    house: str = ""
    lang: Lang
    leader: str
    leader_name: str
    leader_origin: str = ""
    at: float | None = None
    origins: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()
    reserve: float = 0.0
    shorten: tuple[str, ...] = ()
    outline: tuple[Section, ...] = ()
    signal_at_once: bool = False
    phases: tuple[AnyPhase, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _from_when_there_were_fewer_languages(cls, stored: Any) -> Any:
        """A log keeps its agenda's texts; what a newer language lacks there, its nearest says."""
        return filled(stored) if isinstance(stored, dict) else stored

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        listed = next((e for e in self.expected if e.name == self.leader_name), None)
        leader = Person(self.leader, self.leader_name, self.leader_origin, listed=listed, desk=True)
        return replace(
            m,
            title=self.title,
            house=self.house,
            lang=self.lang,
            origins=self.origins,
            services=self.services,
            expected=self.expected,
            reserve=self.reserve,
            shorten=self.shorten,
            outline=self.outline,
            signal_at_once=self.signal_at_once,
            phases=self.phases,
            states={p.id: p.fresh() for p in self.phases},
            clocks={p.id: Clock(p.minutes * 60) for p in self.phases},
            people={leader.id: leader},
            roles={"leader": leader.id},
        )

    def forgotten(self, leader: str) -> Planned:
        """The plan without whom it expected; `leader` is the new id of who leads."""
        return self.model_copy(
            update={"leader": leader, "leader_name": "", "leader_origin": "", "expected": ()}
        )


def folded(m: Meeting, log: Sequence[Entry]) -> tuple[Entry, ...]:
    """The log of a closed meeting, folded: its plan, and what lasts.

    Raises ValueError for a log that does not begin with a plan.
    """
    first, last = log[0], log[-1]
    if not isinstance(first.event, Planned):
        raise ValueError(f"a log begins with {first.event.type}")
    named = folding.new_names(m)
    plan = replace(first, by="", op="", event=first.event.forgotten(named[m.leader]))
    return plan, Entry(m.n, last.at - last.at % 60, "", "", folding.fold(m, named))


_CORE = (joining, leading, moving, drawing, writing, sorting, notes, steering, guarding)

EVENTS: tuple[type[Event], ...] = (
    Planned,
    *folding.EVENTS,
    *(event for part in _CORE for event in part.EVENTS),
    *(event for kind in KINDS for event in kind.events),
)

_any_event: Any = Annotated[reduce(or_, EVENTS), Field(discriminator="type")]
EVENT: TypeAdapter[Event] = TypeAdapter(_any_event)

VERBS: dict[str, Verb] = verbs(
    *(verb for part in _CORE for verb in part.VERBS),
    *(verb for kind in KINDS for verb in kind.verbs.values()),
)


class Views(Protocol):
    """What a kind's views.py holds: phase and state are of that kind."""

    def room(self, m: Meeting, phase: Any, state: Any) -> Screen: ...
    def phone(self, m: Meeting, phase: Any, state: Any) -> Screen: ...
    def own(self, m: Meeting, phase: Any, state: Any, me: Person) -> Screen: ...
    def own_rests_on(self, m: Meeting, phase: Any, state: Any, me: Person) -> object: ...
    def lead(self, m: Meeting, phase: Any, state: Any) -> LeadPart: ...
    def result(self, m: Meeting, phase: Any, state: Any) -> Screen: ...


def folder(kind: type[Phase[Any]]) -> str:
    """The folder of a kind: its views and texts are found by its name."""
    return kind.__module__.split(".")[1]


_PARTS = ("room", "phone", "own", "own_rests_on", "lead", "result")


def _views(kind: type[Phase[Any]]) -> Views:
    module: Any = import_module(f"phases.{folder(kind)}.views")
    missing = [name for name in _PARTS if not hasattr(module, name)]
    if missing:
        raise ImportError(f"phases/{folder(kind)}/views.py lacks {', '.join(missing)}")
    views: Views = module
    return views


VIEWS: dict[str, Views] = {kind.model_fields["kind"].default: _views(kind) for kind in KINDS}
