"""One person, several browsers: a new phone with a code, and a double laid under its other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeVar

from .code import code_of, tidy
from .meeting import Entry, Event, Meeting, refuse
from .people import Moving, Person

K = TypeVar("K")


class MoveOffered(Event):
    """The leader view shows a code; one at a time."""

    type: Literal["move_offered"] = "move_offered"
    who: str
    code: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, moving=Moving(self.who, self.code)) if self.who in m.people else m


class MoveWithdrawn(Event):
    type: Literal["move_withdrawn"] = "move_withdrawn"

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, moving=None)


class Moved(Event):
    """The browser `device` is `who` from now on. Their old phone goes on working, if it can."""

    type: Literal["moved"] = "moved"
    device: str
    who: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        person = m.people.get(self.who)
        if person is None:
            return m
        person = replace(person, phone=True, desk=False)
        return replace(
            m,
            moving=None,
            people={**m.people, self.who: person},
            devices=_acting(m.devices, self.device, self.who),
        )


class PeopleMerged(Event):
    """`who` and `into` are one person: what either has is `into`'s, the better place is kept."""

    type: Literal["people_merged"] = "people_merged"
    who: str
    into: str
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        double, person = m.people.get(self.who), m.people.get(self.into)
        if double is None or person is None or not (double.here and person.here):
            return m
        people = {**m.people, self.into: _one(double, person)}
        del people[self.who]
        roles = self._theirs(m.roles)
        m = replace(
            m,
            people=people,
            roles=roles,
            asked={r: w for r, w in self._theirs(m.asked).items() if roles.get(r) != w},
            cards={c.id: replace(c, by=self._now(c.by)) for c in m.cards.values()},
            devices=_acting(m.devices, self.who, self.into),
            moving=m.moving and replace(m.moving, who=self._now(m.moving.who)),
        )
        time = m.time(entry.at)
        return m.told(lambda p, state: p.merged(m, state, self.who, self.into, time))

    def _now(self, who: str) -> str:
        return self.into if who == self.who else who

    def _theirs(self, held: Mapping[K, str]) -> dict[K, str]:
        return {key: self._now(who) for key, who in held.items()}


def offer_move(m: Meeting, by: str, *, who: str, chance: str) -> Event:
    """A code for the person's other phone. `chance` comes from outside and is never sent in."""
    m.running()
    m.lead(by)
    m.member(who)
    return MoveOffered(who=who, code=code_of(chance))


def withdraw_move(m: Meeting, by: str) -> Event:
    m.running()
    m.lead(by)
    if m.moving is None:
        refuse("stale")
    return MoveWithdrawn()


def move_here(m: Meeting, by: str, *, code: str) -> Event:
    """At the door of a new phone: I was here already, and this is my code."""
    m.running()
    if by in m.people and m.people[by].here:
        refuse("already_in")
    if m.moving is None or tidy(code) != m.moving.code:
        refuse("wrong_code")
    m.member(m.moving.who)
    return Moved(device=by, who=m.moving.who)


def merge_people(m: Meeting, by: str, *, who: str, into: str) -> Event:
    """One person came in twice: once ticked by the leader, once with a phone, say."""
    m.running()
    m.lead(by)
    m.member(who)
    m.member(into)
    if who == into:
        refuse("same_person")
    return PeopleMerged(who=who, into=into)


EVENTS = (MoveOffered, MoveWithdrawn, Moved, PeopleMerged)
VERBS = (offer_move, withdraw_move, move_here, merge_people)


def _acting(devices: Mapping[str, str], device: str, who: str) -> dict[str, str]:
    """`device`, and every browser that acted as that one, acts as `who`."""
    return {d: who if w == device else w for d, w in devices.items()} | {device: who}


def _one(double: Person, person: Person) -> Person:
    """A phone of either is the person's phone."""
    both = (double, person)
    has_phone = any(p.phone and not p.desk for p in both)
    return replace(
        person,
        origin=person.origin or double.origin,
        phone=any(p.phone for p in both),
        desk=not has_phone and any(p.desk for p in both),
        listed=person.listed or double.listed,
        instead_of=person.instead_of or ("" if person.listed else double.instead_of),
    )
