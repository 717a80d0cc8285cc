"""Roles on the screens: who is here, who has which role, and taking one."""

from __future__ import annotations

from facilitator.core.blocks import Act, Block, Buttons, People, Statements
from facilitator.core.frame import vacancy
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import heading, member
from facilitator.core.meeting import Meeting, PhaseState
from facilitator.core.people import Person, Role
from facilitator.core.text import Say, say

from .rules import Roles


def room(m: Meeting, phase: Roles, state: PhaseState) -> dict[str, Block]:
    return {
        "heading": heading(phase),
        "wanted": _wanted(m, phase),
        "people": People(
            say("frame.here", n=len(m.here)),
            tuple(map(member, m.here)),
        ),
    }


def phone(m: Meeting, phase: Roles, state: PhaseState) -> dict[str, Block]:
    return {
        "heading": heading(phase),
        "wanted": _wanted(m, phase),
    }


def own(m: Meeting, phase: Roles, state: PhaseState, me: Person) -> dict[str, Block]:
    """A free role may be taken by anybody; one's own may be given back."""
    free = [role for role in phase.wanted if role not in m.roles and role not in m.asked]
    mine = [role for role in phase.wanted if m.holds(me.id, role)]
    acts = (
        *(Act(say(f"roles.take_{role}"), "take_role", (("role", role),)) for role in free),
        *(Act(say(f"roles.give_back_{role}"), "leave_role", (("role", role),)) for role in mine),
    )
    return (
        {"volunteer": Buttons(acts, label=say("roles.volunteer") if free else "")} if acts else {}
    )


def own_rests_on(m: Meeting, phase: Roles, state: PhaseState, me: Person) -> object:
    """Of somebody without a role: which roles are free."""
    return (m.roles.keys(), m.asked.keys())


def lead(m: Meeting, phase: Roles, state: PhaseState) -> LeadPart:
    drawing = vacancy.draw(m) if vacancy.MISSED in phase.wanted else ()
    draw: dict[str, Block] = {vacancy.DRAW: Buttons(drawing)} if drawing else {}
    return LeadPart({"heading": heading(phase), "wanted": _wanted(m, phase), **draw})


def result(m: Meeting, phase: Roles, state: PhaseState) -> dict[str, Block]:
    return {}


def _wanted(m: Meeting, phase: Roles) -> Statements:
    return Statements(tuple(_stands(m, role) for role in phase.wanted), label=say("roles.label"))


def _stands(m: Meeting, role: Role) -> Say:
    title = say(f"role.{role}")
    if role in m.roles:
        return say("roles.taken", role=title, name=m.name(m.roles[role]))
    if role in m.asked:
        return say("roles.asked", role=title, name=m.name(m.asked[role]))
    return say("roles.free", role=title, does=say(f"roles.does_{role}"))
