"""A meeting as a story: people do, are refused, time passes; what each of them sees can be asked.

A person's id is their name, so that a test reads like the meeting it tells of.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from types import EllipsisType
from typing import Any

import pytest

from facilitator import reading, screens
from facilitator.core.blocks import Act, Form, Screen
from facilitator.core.frame.parts import Around, Door
from facilitator.core.meeting import Entry, Event, Meeting, Refused, Undone, evolve, replay
from facilitator.core.text import LANGS, Lang
from facilitator.texts import tell
from phases import VERBS, Planned

LEADER = "Liv"
START = 1_000_000.0  # epoch seconds
AROUND = Around(Door("AB23CD", "/code.svg", "example.org/j/AB23CD"), room="/room/1")


def text(words: str) -> dict[Lang, str]:
    return dict.fromkeys(LANGS, words)


ROLES: dict[str, Any] = {"kind": "roles", "id": "roles", "title": text("Roles"), "minutes": 3}
ROUND: dict[str, Any] = {
    "kind": "round",
    "id": "round",
    "title": text("Round the table"),
    "question": text("What matters most?"),
    "minutes": 8,
    "turn_seconds": 45,
}
EVALUATE: dict[str, Any] = {
    "kind": "evaluate",
    "id": "evaluate",
    "title": text("Evaluation"),
    "minutes": 4,
    "questions": (
        {
            "id": "useful",
            "text": text("Was it useful?"),
            "options": ({"id": "yes", "text": text("Yes")}, {"id": "no", "text": text("No")}),
        },
        {"id": "better", "text": text("What could be better?")},
    ),
}
AGENDA = (ROLES, ROUND, EVALUATE)


class Story:
    """`start` is the meeting before its log; `at` (epoch seconds) moves by `wait` alone."""

    def __init__(self, *people: str, agenda: tuple[dict[str, Any], ...] = AGENDA, **plan: Any):
        planned = {
            "title": "Tuesday",
            "lang": "en",
            "leader": LEADER,
            "leader_name": LEADER,
            "phases": agenda,
            **plan,
        }
        self.start, self.at = Meeting(), START
        self.meeting = self.start
        self.log: list[Entry] = []
        self._keys: dict[str, int] = {}
        self._keep(LEADER, Planned.model_validate(planned))
        for name in people:
            self.does(name, "join", name=name)

    def branch(self) -> Story:
        """The same up to here, to be told further in another way."""
        other = copy(self)
        other.log, other._keys = [*self.log], {**self._keys}
        return other

    def does(self, who: str, verb: str, /, **args: Any) -> int:
        """Decide, remember. The place in the log, which is also the id of a new card or topic."""
        if VERBS[verb].takes("seen"):  # like a screen, which sends the place it shows
            args = {"seen": self.meeting.place, **args}
        if VERBS[verb].takes("chance"):
            args = {"chance": f"chance {self.meeting.n}", **args}
        by = self.meeting.person(who)
        return self._keep(by, VERBS[verb](self.meeting, by, args))

    def refused(self, who: str, verb: str, key: str, /, **args: Any) -> None:
        before = len(self.log)
        with pytest.raises(Refused) as refusal:
            self.does(who, verb, **args)
        assert refusal.value.why.text == f"refused.{key}"
        assert tell(refusal.value.why, "en")
        assert len(self.log) == before

    def wait(self, seconds: float) -> None:
        self.at += seconds

    def forward(self, times: int = 1) -> None:
        for _ in range(times):
            self.does(self.leader, "forward")

    def to(self, phase: str) -> None:
        """The leader begins a phase of the agenda, or the "result"."""
        ids = [p.id for p in self.meeting.phases]
        index = len(ids) if phase == "result" else ids.index(phase)
        self.does(self.leader, "begin", index=index)

    def undo(self) -> None:
        self.does(self.leader, "undo", act=self.meeting.acts[-1])

    @property
    def leader(self) -> str:
        return self.meeting.leader

    def state(self, phase: str) -> Any:
        return self.meeting.states[phase]

    # What people see

    @property
    def room(self) -> Seen:
        return Seen(screens.shared(self.meeting, "room", AROUND))

    @property
    def lead(self) -> Seen:
        return Seen(screens.shared(self.meeting, "lead", AROUND), ...)

    def phone(self, who: str) -> Seen:
        who = self.meeting.person(who)
        inside = who in {p.id for p in self.meeting.here}
        shared = (
            screens.shared(self.meeting, "phone", AROUND) if inside else screens.door(self.meeting)
        )
        return Seen({**shared, **screens.own(self.meeting, "phone", who)}, who)

    def presses(self, who: str, label: str) -> int:
        """The button of this label, on the leader's view or on one's phone."""
        act = (self.lead if who == self.leader else self.phone(who)).act(label)
        return self.does(who, act.verb, **dict(act.args))

    def sends(self, who: str, block: str, /, **fields: Any) -> int:
        """A filled-in form."""
        form = (self.lead if who == self.leader else self.phone(who))[block]
        assert isinstance(form, Form)
        assert set(fields) <= {f.name for f in form.fields}
        given = {form.nest: fields} if form.nest else fields
        return self.does(who, form.verb, **dict(form.args), **given)

    def signed(self, who: str, event: Event, n: int) -> Entry:
        """The line of the log; of what is sealed nobody sees whose it is, nor when it came."""
        if not event.sealed:
            return Entry(n, self.at, who, "", event)
        by = self._pseudonym(event.phase, who)  # type: ignore[attr-defined]
        return Entry(n, self.meeting.since, by, "", event)

    def _keep(self, who: str, event: Event) -> int:
        entry = self.signed(who, event, self.meeting.n + 1)
        self.log.append(entry)
        if isinstance(event, Undone):
            self.meeting = replay(self.start, self.log)
        else:
            self.meeting = evolve(self.meeting, entry)
        self._throw_keys_away()
        return entry.n

    def _pseudonym(self, phase: str, who: str) -> str:
        """The same as long as the phase's key lives; afterwards nobody can make it anew."""
        return f"~{phase}.{self._keys.setdefault(phase, len(self.log))}.{who}"

    def _throw_keys_away(self) -> None:
        m = self.meeting
        for phase in tuple(self._keys):
            where = m.find(phase)
            if m.closed or where is None or not where.takes_sealed(m.states[phase]):
                del self._keys[phase]


class Seen:
    """A screen as somebody sees it, in English.

    A speaker's buttons are for the speaker's own phone, and for the leader view (`who` is ...).
    """

    def __init__(self, screen: Screen, who: str | EllipsisType = "") -> None:
        self._screen, self._who = screen, who

    def __getitem__(self, block: str) -> Any:
        return self._screen[block]

    def __contains__(self, words: str) -> bool:
        """Whether these words stand on the screen."""
        return any(words in line for line in self.lines)

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    @property
    def blocks(self) -> set[str]:
        return set(self._screen)

    @property
    def lines(self) -> list[str]:
        return list(reading.lines(self._screen, "en"))

    @property
    def buttons(self) -> list[str]:
        return [tell(act.label, "en") for act in self.acts]

    def act(self, label: str) -> Act:
        found = [act for act in self.acts if tell(act.label, "en") == label]
        assert found, f"no button “{label}”, only {self.buttons}"
        return found[0]

    @property
    def acts(self) -> Iterator[Act]:
        who = None if self._who is ... else self._who
        return (offer for offer in reading.offers(self._screen, who) if isinstance(offer, Act))


def said(words: Any) -> str:
    return tell(words, "en")
