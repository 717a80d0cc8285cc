"""A viddevakt who leaves, or gives the role back, is missed: the app asks anew, in any phase."""

from __future__ import annotations

from facilitator.core.blocks import Act, Block, Buttons, Field, Form, Note, Option
from facilitator.core.drawing import is_in_the_draw
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person, Role
from facilitator.core.text import say

MISSED: Role = "viddevakt"
DRAW = "draw-viddevakt"  # the key of the block; a phase that has it asks by itself
_ROLE = (("role", MISSED),)


def lead(m: Meeting) -> dict[str, Block]:
    """The leader asks somebody, draws, or goes on without."""
    if not m.vacant(MISSED):
        return {}
    asked = m.asked.get(MISSED)
    stands = say("lead.vacant_asked", name=m.name(asked)) if asked else say("lead.vacant")
    without = Act(say("lead.go_without"), "waive_role", _ROLE)
    return {
        "vacant": Note(stands, say(f"role.{MISSED}")),
        "vacant-ask": _ask(m),
        DRAW: Buttons((*draw(m), without)),
    }


def draw(m: Meeting) -> tuple[Act, ...]:
    """The button that draws somebody, as long as there is somebody to draw."""
    if MISSED in m.roles or not any(is_in_the_draw(m, MISSED, p) for p in m.here):
        return ()
    label = "lead.draw_again" if MISSED in m.asked else f"lead.draw_{MISSED}"
    return (Act(say(label), "draw_role", _ROLE),)


def offer(m: Meeting, me: Person) -> dict[str, Block]:
    """On a phone: whoever would like to, takes it with one tap."""
    if not offered(m, me):
        return {}
    return {
        "volunteer": Buttons(
            (Act(say("phone.accept"), "take_role", _ROLE),), label=say("phone.vacant")
        )
    }


def offered(m: Meeting, me: Person) -> bool:
    """Not while somebody is asked, and not to who gave it back or said no."""
    return m.vacant(MISSED) and MISSED not in m.asked and is_in_the_draw(m, MISSED, me)


def _ask(m: Meeting) -> Form:
    options = tuple(Option(p.id, p.name) for p in m.here if not m.holds(p.id, "leader"))
    return Form(
        "ask_role",
        (Field("who", say("lead.vacant_who"), "choice", options),),
        say("lead.vacant_send"),
        draft="vacant-ask",
        args=_ROLE,
        folded=say("lead.vacant_ask"),
        look="quiet",
    )
