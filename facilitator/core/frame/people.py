"""The people in the leader view: who is here, who is awaited, and how all of that is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from facilitator.core.blocks import Act, Block, Buttons, Field, Form, Member, Note, Option, People
from facilitator.core.code import spaced
from facilitator.core.expecting import awaited as not_here
from facilitator.core.joining import NAME_LIMIT
from facilitator.core.meeting import Meeting
from facilitator.core.once import once
from facilitator.core.people import ROLES, Person, Role
from facilitator.core.text import Say, say

from .parts import add_person_form, instead_of


def here(
    m: Meeting,
    away: frozenset[str],
    acts: Callable[[Person], tuple[Act, ...]],
    stands: Callable[[Person], Say | str],
) -> People:
    """`acts` and `stands` are what the phase adds to each; every act is behind one's own menu."""

    held, asked = _by_person(m.roles), _by_person({} if m.closed else m.asked)

    def member(p: Person) -> Member:
        roles = (held.get(p.id, ()), asked.get(p.id, ()))
        own = () if m.closed else (*acts(p), *_acts(p, *roles))
        return _member(p, _tags(*roles), stands(p), p.id in away, own)

    return People(say("frame.here", n=len(m.here)), tuple(map(member, m.here)))


def awaited(m: Meeting) -> dict[str, Block]:
    """Those on the list who are not here: ticked in one tap, for who comes without a phone."""
    names = dict.fromkeys(not_here(m))
    tick = say("lead.tick")
    members = tuple(
        Member(
            f"awaited-{e.called}",
            e.name,
            e.origin,
            phone=False,
            act=Act(tick, "add_person", (("name", e.called),), look="small"),
        )
        for e in names
    )
    return {"awaited": People(say("lead.awaited"), members)} if members else {}


def moving(m: Meeting) -> dict[str, Block]:
    """The code for a new phone: here and nowhere else."""
    if m.moving is None or m.closed:
        return {}
    stop = Act(say("lead.withdraw_move"), "withdraw_move")
    label = say("lead.move_code", name=m.name(m.moving.who))
    return {
        "moving": Note(spaced(m.moving.code), label, tone="spelt"),
        "moving-stop": Buttons((stop,)),
    }


def forms(m: Meeting, key: str) -> dict[str, Block]:
    """`key` opens the form for somebody without a phone."""
    everybody = tuple(map(_option, m.here))  # once: of 300 people it is dear
    blocks: dict[str, Block] = {
        "add-person": replace(add_person_form(m), key=key),
        "instead": _instead(m, everybody),
        "rename": _rename(everybody),
    }
    return blocks if len(m.here) < 3 else blocks | {"merge": _merge(everybody)}


Roles = tuple[Role, ...]


def _by_person(roles: Mapping[Role, str]) -> Mapping[str, Roles]:
    return {who: tuple(r for r in ROLES if roles.get(r) == who) for who in roles.values()}


@once
def _member(
    p: Person, tags: tuple[Say, ...], note: Say | str, away: bool, acts: tuple[Act, ...]
) -> Member:
    return Member(
        p.id,
        p.name,
        p.origin,
        instead=instead_of(p),
        tags=tags,
        note=note or ("" if p.phone else say("lead.no_phone")),
        phone=p.phone,
        away=p.phone and away,
        acts=acts,
    )


def _tags(held: Roles, asked: Roles) -> tuple[Say, ...]:
    if not (held or asked):
        return ()
    return tuple(
        say(f"role.{role}") if role in held else say("lead.asked", role=say(f"role.{role}"))
        for role in ROLES
        if role in held or role in asked
    )


@once
def _acts(p: Person, held: Roles, asked: Roles) -> tuple[Act, ...]:
    return tuple(_each_act(p, held, asked))


def _each_act(p: Person, held: Roles, asked: Roles) -> Iterable[Act]:
    """In the order of how often they are needed; the last one lets out."""
    who = (("who", p.id),)
    for role in ROLES[1:]:
        if role in held:
            yield Act(say(f"lead.release_{role}"), "leave_role", (("role", role),))
        elif role in asked:
            yield Act(say("lead.stop_asking"), "decline_role", (("role", role),))
        else:
            yield Act(say(f"lead.ask_{role}"), "ask_role", (("role", role), *who))
    yield Act(say("lead.offer_move"), "offer_move", who)
    if "leader" in held:
        return
    if "leader" in asked:
        yield Act(say("lead.stop_asking"), "decline_role", (("role", "leader"),))
    else:
        sure = say("lead.hand_over_sure", name=p.name)
        yield Act(say("lead.hand_over"), "hand_over", who, sure=sure)
    yield Act(say("lead.let_out"), "leave", who, sure=say("lead.let_out_sure", name=p.name))


def _instead(m: Meeting, everybody: tuple[Option, ...]) -> Form:
    """A substitute: of one who does not come, or of one who has to go."""
    absent = tuple(Option(name, name) for name in dict.fromkeys(e.called for e in not_here(m)))
    going = tuple(option for option in everybody if not m.holds(option.value, "leader"))
    return Form(
        "substitute",
        (
            Field("who", say("lead.instead_of"), "choice", (*absent, *going)),
            Field("name", say("door.name"), limit=NAME_LIMIT),
        ),
        say("lead.add_person"),
        draft="instead",
        folded=say("lead.instead_open"),
        place="side",
        look="small",
    )


def _rename(everybody: tuple[Option, ...]) -> Form:
    return Form(
        "rename",
        (
            Field("who", say("lead.rename_who"), "choice", everybody),
            Field("name", say("lead.rename_to"), limit=NAME_LIMIT),
        ),
        say("phone.save_name"),
        draft="rename",
        folded=say("lead.rename_open"),
        place="side",
        look="small",
    )


def _merge(everybody: tuple[Option, ...]) -> Form:
    return Form(
        "merge_people",
        (
            Field("who", say("lead.merge_who"), "choice", everybody),
            Field("into", say("lead.merge_into"), "choice", everybody),
        ),
        say("lead.merge"),
        draft="merge-people",
        hint=say("lead.merge_hint"),
        folded=say("lead.merge_open"),
        place="side",
        look="small",
    )


@once
def _option(p: Person) -> Option:
    return Option(p.id, f"{p.name} ({p.origin})" if p.origin else p.name)
