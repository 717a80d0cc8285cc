"""The phone around its phase: the door, a question to one person, the viddevakt's pad."""

from __future__ import annotations

from facilitator.core.blocks import (
    Act,
    Block,
    Buttons,
    Field,
    Form,
    Heading,
    Note,
    Screen,
    Top,
)
from facilitator.core.joining import NAME_LIMIT, ORIGIN_LIMIT
from facilitator.core.meeting import Meeting
from facilitator.core.people import ROLES, Person, Role
from facilitator.core.signal import REASONS
from facilitator.core.text import say

from .parts import add_person_form, origin_field, park_form, paused, signal_band, standing_signal


def door(m: Meeting) -> dict[str, Block]:
    """From the code to inside: one field, one tap."""
    if m.closed:
        return {"heading": Heading(m.title), "over": Note(say("refused.closed"))}
    return {
        "top": Top(" · ".join(filter(None, (m.title, m.house)))),
        "heading": Heading(say("door.title")),
        "join": Form(
            "join",
            (Field("name", say("door.name"), limit=NAME_LIMIT), origin_field(m)),
            say("door.join"),
            draft="join",
            hint=say("door.privacy"),
            place="foot",
        ),
    }


def screen(m: Meeting, inside: Screen) -> Screen:
    blocks: dict[str, Block] = {"top": Top(" · ".join(filter(None, (m.title, m.house))))}
    if band := signal_band(m):
        blocks["signal"] = band
    if m.paused is not None:
        title, text = paused(m)
        blocks["paused"] = Note(text, title)
    return {**blocks, **inside}


def lobby(m: Meeting) -> dict[str, Block]:
    """Who else has come stands on the room screen: a full room would tell every phone of each."""
    return {"heading": Heading(say("phone.inside"), say("phone.soon"))}


def gone(m: Meeting, me: Person) -> dict[str, Block]:
    """To who was here before: thanks, and that one may come in again."""
    return {"gone": Note(say("phone.gone", name=me.name))}


def own(m: Meeting, me: Person) -> dict[str, Block]:
    """What is one person's own on every phone: a question to them, the roles they have."""
    blocks: dict[str, Block] = {}
    for role in asked_of(m, me.id):
        blocks[f"asked-{role}"] = _asked(role)
    if m.holds(me.id, "viddevakt") and m.phase:
        blocks |= _guard(m)
    if m.holds(me.id, "scribe"):
        blocks["add-person"] = add_person_form(m)
        if m.phase:
            blocks["park"] = park_form()
    blocks["me"] = _me(m, me)
    blocks["leave"] = _leave(me)
    return blocks


def asked_of(m: Meeting, who: str) -> tuple[Role, ...]:
    return tuple(role for role in ROLES if m.asked.get(role) == who)


def _asked(role: Role) -> Buttons:
    return Buttons(
        (
            Act(say("phone.accept"), "take_role", (("role", role),), look="main"),
            Act(say("phone.decline"), "decline_role", (("role", role),)),
        ),
        label=say(f"phone.asked_{role}"),
        place="foot",
    )


def _guard(m: Meeting) -> dict[str, Block]:
    """The viddevakt's pad: one big button, another reason in one more tap."""
    blocks: dict[str, Block] = {"guard-hint": Note(say("phone.guard_hint"), say("phone.guard"))}
    last = standing_signal(m)
    if last and last.band is None:
        blocks["sign"] = Note(say("phone.quiet_sign"))
    blocks["park"] = park_form()
    reasons = tuple(
        Act(say(f"reason.{reason}"), "signal", (("reason", reason),)) for reason in REASONS
    )
    signal = Act(say("frame.back_on_topic"), "signal", look="alert")
    blocks["guard"] = Buttons((signal,), more=reasons, more_label=say("phone.reason"), place="foot")
    return blocks


def _leave(me: Person) -> Buttons:
    leave = Act(say("phone.leave"), "leave", (("who", me.id),), sure=say("phone.leave_sure"))
    return Buttons((), more=(leave,), more_label=say("lead.more"))


def _me(m: Meeting, me: Person) -> Form:
    return Form(
        "rename",
        (
            Field("name", say("door.name"), limit=NAME_LIMIT, value=me.name),
            Field("origin", say("door.origin"), limit=ORIGIN_LIMIT, value=me.origin, needed=False),
        ),
        say("phone.save_name"),
        draft="me",
        args=(("who", me.id),),
        folded=say("phone.you_are", name=me.name),
        look="small",
    )
