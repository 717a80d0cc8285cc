"""A role that nobody volunteers for is drawn; one that was given back is asked for anew, or not.

That a viddevakt is appointed is from BTI on system level, “ved oppstart”; drawing one is ours.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Literal

from .joining import ask_role
from .meeting import Entry, Event, Meeting, refuse
from .people import Person, Role


class RoleWaived(Event):
    """The meeting goes on without somebody in this role."""

    type: Literal["role_waived"] = "role_waived"
    role: Role
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        asked = {role: who for role, who in m.asked.items() if role != self.role}
        return replace(m, asked=asked, wanted=m.wanted - {self.role})


def draw_role(m: Meeting, by: str, *, role: Role) -> Event:
    """Ask somebody by lot. Who is drawn may say no; drawn again, it is somebody else."""
    m.running()
    m.lead(by)
    if role in m.roles:
        refuse("role_taken", name=m.name(m.roles[role]))
    lots = tuple(p for p in m.here if is_in_the_draw(m, role, p))
    if not lots:
        refuse("nobody_to_draw")
    return ask_role(m, by, role=role, who=min(lots, key=lambda p: _lot(m, p)).id)


def waive_role(m: Meeting, by: str, *, role: Role) -> Event:
    """Go on without a role that somebody has left."""
    m.running()
    m.lead(by)
    if not m.vacant(role):
        refuse("stale")
    return RoleWaived(role=role)


EVENTS = (RoleWaived,)
VERBS = (draw_role, waive_role)


def is_in_the_draw(m: Meeting, role: Role, person: Person) -> bool:
    """Whoever is here, has no role, is not asked just now and has not said no to this one."""
    busy = person.id in m.roles.values() or person.id in m.asked.values()
    return person.here and not busy and (role, person.id) not in m.declined


def _lot(m: Meeting, person: Person) -> bytes:
    """The core knows no chance, and the log must tell the same again: the lowest of these is drawn.

    Nobody can see it coming, for every entry of the log changes everybody's.
    """
    return sha256(f"{m.n} {m.since} {person.id}".encode()).digest()
