"""People come, are renamed, leave; roles are asked for and taken."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from .expecting import Arrival, arrival
from .leading import LeadTaken
from .meeting import Entry, Event, Meeting, refuse
from .people import Expected, Person, Role, free_name
from .text import clean

NAME_LIMIT = 40  # characters
ORIGIN_LIMIT = 40
ROOM_FOR = 600  # people; who has the code could else bring in thousands, to disturb


class Joined(Event):
    type: Literal["joined"] = "joined"
    who: str
    name: str
    origin: str = ""
    phone: bool = True
    instead_of: str = ""
    listed: Expected | None = None

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        person = Person(
            self.who,
            free_name(self.name, _names_but(m, self.who)),
            self.origin,
            self.phone,
            instead_of=self.instead_of,
            listed=self.listed,
        )
        m = replace(m, people={**m.people, self.who: person})
        time = m.time(entry.at)
        return m.told(lambda p, state: p.joined(m, state, self.who, time))


class Renamed(Event):
    type: Literal["renamed"] = "renamed"
    who: str
    name: str
    origin: str | None = None  # None keeps it

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        person = m.people.get(self.who)
        if person is None:
            return m
        origin = person.origin if self.origin is None else self.origin
        name = free_name(self.name, _names_but(m, self.who))
        named = replace(person, name=name, origin=origin)
        return replace(m, people={**m.people, self.who: named})


class Left(Event):
    """Who leaves gives back every role but the lead."""

    type: Literal["left"] = "left"
    who: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        person = m.people.get(self.who)
        if person is None or m.holds(self.who, "leader"):
            return m
        m = gone(m, person)
        time = m.time(entry.at)
        return m.told(lambda p, state: p.left(m, state, self.who, time))


class Substituted(Event):
    """`who` leaves, and somebody without a phone stands in: has their turns, not their roles."""

    type: Literal["substituted"] = "substituted"
    who: str
    new: str
    name: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        person = m.people.get(self.who)
        if person is None or not person.here or m.holds(self.who, "leader"):
            return m
        m = gone(m, person)
        new = Person(
            self.new,
            free_name(self.name, _names_but(m, self.new)),
            person.origin,
            phone=False,
            instead_of=person.name,
            listed=person.listed,
        )
        m = replace(m, people={**m.people, self.new: new})
        time = m.time(entry.at)
        return m.told(lambda p, state: p.replaced(m, state, self.who, self.new, time))


class RoleAsked(Event):
    type: Literal["role_asked"] = "role_asked"
    role: Role
    who: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, asked={**m.asked, self.role: self.who}) if self.who in m.people else m


class RoleTaken(Event):
    type: Literal["role_taken"] = "role_taken"
    role: Role
    who: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        if self.who not in m.people:
            return m
        return replace(
            _unasked(m, self.role),
            roles={**m.roles, self.role: self.who},
            wanted=m.wanted | {self.role},
            declined=m.declined - {(self.role, self.who)},
        )


class RoleLeft(Event):
    """A role given back, or a question answered with no."""

    type: Literal["role_left"] = "role_left"
    role: Role

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        if self.role == "leader":
            return m
        if m.holds(entry.by, self.role):
            m = _declined(m, self.role, entry.by)
        kept = {role: who for role, who in m.roles.items() if role != self.role}
        return replace(_unasked(m, self.role), roles=kept)


class RoleDeclined(Event):
    type: Literal["role_declined"] = "role_declined"
    role: Role

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        if m.asked.get(self.role) == entry.by:
            m = _declined(m, self.role, entry.by)
        return _unasked(m, self.role)


def join(m: Meeting, by: str, *, name: str, origin: str = "", instead_of: str = "") -> Event:
    """Come in, or come back after having left; here already, it is a new name.

    `name` may be one of the plan's list; `instead_of` the one on it who does not come.
    """
    m.running()
    if by in m.people and m.people[by].here:
        return Renamed(who=by, name=_name(name), origin=_origin(origin))
    if len(m.here) >= ROOM_FOR:
        refuse("full", limit=ROOM_FOR)
    return _came(by, arrival(m, clean(name), _origin(origin), clean(instead_of), m.people.get(by)))


def add_person(m: Meeting, by: str, *, name: str, origin: str = "") -> Event:
    """Somebody without a phone, entered by the leader or the scribe."""
    m.running()
    m.write_for(by, by)
    if not (m.holds(by, "leader") or m.holds(by, "scribe")):
        refuse("leader_only")
    return _came(_guest(m), arrival(m, clean(name), _origin(origin)), phone=False)


def substitute(m: Meeting, by: str, *, who: str, name: str) -> Event:
    """Somebody comes instead of `who`: of one who is here and leaves, or of one on the list."""
    m.running()
    m.lead(by)
    if who not in m.people:
        return _came(_guest(m), arrival(m, _name(name), "", clean(who)), phone=False)
    m.member(who)
    if m.holds(who, "leader"):
        refuse("leader_stays")
    return Substituted(who=who, new=_guest(m), name=_name(name))


def rename(m: Meeting, by: str, *, who: str, name: str, origin: str | None = None) -> Event:
    m.running()
    if who != by:
        m.lead(by)
    m.member(who)
    origin = None if origin is None else _origin(origin)
    return Renamed(who=who, name=_name(name), origin=origin)


def leave(m: Meeting, by: str, *, who: str) -> Event:
    """Go, or be let out by the leader. The leader hands over the lead first."""
    m.running()
    if who != by:
        m.lead(by)
    m.member(who)
    if m.holds(who, "leader"):
        refuse("leader_stays")
    return Left(who=who)


def ask_role(m: Meeting, by: str, *, role: Role, who: str) -> Event:
    """Ask somebody to take a role. Who has no phone answers in the room, so the leader appoints."""
    m.running()
    m.lead(by)
    person = m.member(who)
    _free(role)
    if who == by or not person.phone:
        return RoleTaken(role=role, who=who)
    return RoleAsked(role=role, who=who)


def take_role(m: Meeting, by: str, *, role: Role) -> Event:
    """Accept a role one was asked for, or volunteer for a free one."""
    m.running()
    m.member(by)
    if role == "leader" and m.asked.get(role) == by:
        return LeadTaken(who=by)
    _free(role)
    if m.asked.get(role) != by and m.roles.get(role, by) != by:
        refuse("role_taken", name=m.name(m.roles[role]))
    return RoleTaken(role=role, who=by)


def decline_role(m: Meeting, by: str, *, role: Role) -> Event:
    m.running()
    if m.asked.get(role) != by:
        m.lead(by)
    if role not in m.asked:
        refuse("stale")
    return RoleDeclined(role=role)


def leave_role(m: Meeting, by: str, *, role: Role) -> Event:
    m.running()
    _free(role)
    if not m.holds(by, role):
        m.lead(by)
    if role not in m.roles:
        refuse("stale")
    return RoleLeft(role=role)


EVENTS = (Joined, Renamed, Left, Substituted, RoleAsked, RoleTaken, RoleLeft, RoleDeclined)
VERBS = (
    join,
    add_person,
    substitute,
    rename,
    leave,
    ask_role,
    take_role,
    decline_role,
    leave_role,
)


def gone(m: Meeting, person: Person) -> Meeting:
    """Without them, their roles and what they were asked. Their cards stay."""
    return replace(
        m,
        people={**m.people, person.id: replace(person, here=False)},
        roles={role: who for role, who in m.roles.items() if who != person.id},
        asked={role: who for role, who in m.asked.items() if who != person.id},
    )


def _came(who: str, as_: Arrival, phone: bool = True) -> Joined:
    return Joined(
        who=who,
        name=as_.name if as_.listed and not as_.instead_of else _name(as_.name),
        origin=as_.origin,
        phone=phone,
        instead_of=as_.instead_of,
        listed=as_.listed,
    )


def _guest(m: Meeting) -> str:
    return f"guest-{m.n + 1}"


def _names_but(m: Meeting, who: str) -> frozenset[str]:
    return frozenset(p.name.casefold() for p in m.people.values() if p.id != who)


def _free(role: Role) -> None:
    if role == "leader":
        refuse("leader_stays")


def _unasked(m: Meeting, role: Role) -> Meeting:
    return replace(m, asked={r: who for r, who in m.asked.items() if r != role})


def _declined(m: Meeting, role: Role, who: str) -> Meeting:
    return replace(m, declined=m.declined | {(role, who)})


def _name(words: str) -> str:
    name = clean(words)
    if not name:
        refuse("name_empty")
    if len(name) > NAME_LIMIT:
        refuse("name_long", limit=NAME_LIMIT)
    return name


def _origin(words: str) -> str:
    origin = clean(words)
    if len(origin) > ORIGIN_LIMIT:
        refuse("origin_long", limit=ORIGIN_LIMIT)
    return origin
