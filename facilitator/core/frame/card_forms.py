"""Writing cards: one's own, for others, and for a phase that has not begun."""

from __future__ import annotations

from collections.abc import Iterable

from facilitator.core.blocks import Act, Block, Buttons, Field, Form, Option
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import Say, say
from facilitator.core.writing import CARD_LIMIT

from .cards import factors, held, short


def write(m: Meeting, phase: str) -> Form:
    return Form(
        "add_card",
        (_text(_sort(m, phase)), *_of_sort(m, phase)),
        say("cards.add"),
        draft=f"card-{phase}",
        args=(("phase", phase),),
        place="foot",
    )


def write_for(m: Meeting, phase: str, speaker: str = "") -> Form:
    """The leader and the scribe write for anybody, those without a phone first.

    Most often it is for who is speaking, so that one is picked beforehand.
    """
    people = sorted(m.here, key=lambda p: p.phone)
    options = tuple(Option(p.id, p.name) for p in people)
    return Form(
        "add_card",
        (
            _text(_sort(m, phase)),
            Field("who", say("cards.whose"), "choice", options),
            *_of_sort(m, phase, needed=False),
        ),
        say("cards.add"),
        draft=f"card-for-{phase}",
        args=(("phase", phase),),
        folded=say("cards.write_for"),
        look="quiet",
        key="n",
        whose=speaker,
    )


def keep(m: Meeting, phase: str) -> dict[str, Block]:
    """A measure that comes to mind before its time; empty when the time has come."""
    where = m.find(phase)
    if where is None or where.takes_cards(m.states[phase]):
        return {}
    form = Form(
        "add_card",
        (_text(where.sort()),),
        say("cards.keep"),
        draft=f"kept-{phase}",
        args=(("phase", phase),),
        hint=say("cards.keep_hint"),
        folded=say("cards.keep_open"),
        look="quiet",
    )
    return {"keep": form}


def place(m: Meeting, phase: str, me: Person) -> dict[str, Block]:
    """What one has kept may now be put on the board."""
    own = tuple(c for c in held(m, phase) if c.by == me.id)
    if not own:
        return {}
    first = own[0]
    options = tuple(Option(str(card.id), card.text) for card in own)
    several = len(own) > 1
    which = (Field("card", say("cards.place_which"), "choice", options, value=str(first.id)),)
    form = Form(
        "place_card",
        (*(which if several else ()), *_against(m)),
        say("cards.place"),
        draft=f"place-{phase}",
        args=() if several else (("card", first.id),),
        label="" if several else first.text,
    )
    return {"place": form}


def place_all(m: Meeting, phase: str) -> dict[str, Block]:
    """For the leader and the scribe: each that is left, in one tap."""
    left = held(m, phase)
    acts = tuple(Act(short(card.text), "place_card", (("card", card.id),)) for card in left)
    return {"place-all": Buttons(acts, label=say("cards.place_all"))} if acts else {}


def _sort(m: Meeting, phase: str) -> str:
    where = m.find(phase)
    return where.sort() if where else "idea"


def _text(sort: str) -> Field:
    label: Say = say("cards.write") if sort == "idea" else say(f"cards.write_{sort}")
    return Field("text", label, "lines", limit=CARD_LIMIT)


def _of_sort(m: Meeting, phase: str, needed: bool = True) -> Iterable[Field]:
    """What a card of this sort says beside its text."""
    sort = _sort(m, phase)
    if sort == "factor":
        reach = (Option("true", say("cards.ours")), Option("false", say("cards.outside")))
        return (Field("ours", say("cards.reach"), "choice", reach, value="true"),)
    return _against(m, needed) if sort == "measure" else ()


def _against(m: Meeting, needed: bool = True) -> tuple[Field, ...]:
    """Which of several chosen factors; with one there is nothing to ask."""
    chosen = factors(m)
    if len(chosen) < 2:
        return ()
    options = tuple(Option(str(factor.id), factor.label) for factor in chosen)
    return (Field("factors", say("cards.against"), "choices", options, needed=needed),)
