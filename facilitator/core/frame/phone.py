"""The phone around its phase: the door, a question to one person, the viddevakt's pad."""

from __future__ import annotations

from dataclasses import replace

from facilitator.core.blocks import (
    Act,
    Block,
    Buttons,
    Field,
    Form,
    Heading,
    Links,
    Note,
    Option,
    Screen,
    Top,
)
from facilitator.core.code import CODE_LENGTH
from facilitator.core.expecting import awaited
from facilitator.core.joining import NAME_LIMIT, ORIGIN_LIMIT
from facilitator.core.meeting import Meeting
from facilitator.core.people import ROLES, Person, Role
from facilitator.core.signal import QUIET, REASONS
from facilitator.core.text import say

from . import notes
from .parts import add_person_form, origin_field, park_form, paused, signal_band, standing_signal

CODE_TYPED = 2 * CODE_LENGTH  # characters, with spaces and dashes


def door(m: Meeting) -> dict[str, Block]:
    """From the code to inside: one field, one tap."""
    if m.closed:
        return {"heading": Heading(m.title), "over": Note(say("refused.closed"))}
    return {
        "top": Top(" · ".join(filter(None, (m.title, m.house)))),
        "heading": Heading(say("door.title")),
        "join": Form(
            "join",
            _door_fields(m),
            say("door.join"),
            draft="join",
            hint=say("door.privacy"),
            place="foot",
        ),
        "move": _here_before(),
    }


def _door_fields(m: Meeting) -> tuple[Field, ...]:
    """One's name; where the plan names who comes, a tap on it, and more for who is not named."""
    name = Field("name", say("door.name"), limit=NAME_LIMIT)
    names = tuple(Option(called, called) for called in dict.fromkeys(e.called for e in awaited(m)))
    if not names:
        return name, origin_field(m)
    return (
        replace(
            name,
            label=say("door.who"),
            kind="choice",
            options=names,
            other=say("door.someone_else"),
            other_label=name.label,
        ),
        replace(origin_field(m), beside="name"),
        Field("instead_of", say("door.instead_of"), "choice", names, needed=False, beside="name"),
    )


def _here_before() -> Form:
    """A new phone, with a code from the leader."""
    return Form(
        "move_here",
        (Field("code", say("door.move_code"), limit=CODE_TYPED),),
        say("door.move"),
        draft="move",
        folded=say("door.move_open"),
        place="foot",
        look="small",
    )


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
    """Instead of the door's heading to who was here before: thanks, and that one may come again."""
    if m.closed:
        return {"gone": Heading(say("phone.thanks", name=me.name))}
    return {"gone": Heading(say("phone.gone", name=me.name), say("phone.come_back"))}


def own(m: Meeting, me: Person, lead: str) -> dict[str, Block]:
    """What is one person's own on every phone: a question to them, the roles they have."""
    blocks: dict[str, Block] = {}
    leads = m.holds(me.id, "leader")
    if leads and lead:
        blocks["lead"] = Links(((say("phone.open_lead"), lead),))
    for role in asked_of(m, me.id):
        blocks[f"asked-{role}"] = _asked(role)
    if m.holds(me.id, "viddevakt") and m.phase:
        blocks |= _guard(m)
    if m.holds(me.id, "scribe"):
        blocks["add-person"] = add_person_form(m)
        if m.phase:
            blocks["park"] = park_form()
        if not leads:
            blocks |= notes.scribe(m)
    blocks["me"] = _me(m, me)
    if not leads:
        blocks["leave"] = _leave(me)
    return blocks


def asked_of(m: Meeting, who: str) -> tuple[Role, ...]:
    return tuple(role for role in ROLES if m.asked.get(role) == who) if m.asked else ()


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
        blocks["sign"] = Note(say("phone.quiet_sign"), until=last.at + QUIET)
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
