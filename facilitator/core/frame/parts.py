"""What several screens have around their phase: bar, code, signal, heading, parked topics."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from facilitator.core.blocks import (
    Act,
    Bar,
    BarPart,
    Block,
    Code,
    Field,
    Form,
    Heading,
    Member,
    Note,
    Option,
    People,
    Signal,
)
from facilitator.core.joining import NAME_LIMIT, ORIGIN_LIMIT
from facilitator.core.meeting import Meeting, Phase
from facilitator.core.pace import ends, protected_ahead, protected_from, to_come
from facilitator.core.people import Person
from facilitator.core.signal import BAND
from facilitator.core.signal import Signal as Signalled
from facilitator.core.text import Say, say
from facilitator.core.writing import TOPIC_LIMIT


@dataclass(frozen=True)
class Door:
    """How one joins: the code as letters, its picture's path, the address without its scheme."""

    code: str
    picture: str
    address: str


@dataclass(frozen=True)
class Around:
    """What is not in the log: the door, whose phones are away just now, which screens are there."""

    door: Door
    away: frozenset[str] = frozenset()
    reached: frozenset[str] = frozenset()  # whose phones are there, or only just gone
    alone: bool = False  # no phone is connected at all
    held: bool = False  # the disk takes nothing just now
    folder: str = ""  # where meetings lie
    room: str = ""  # path of the room screen
    papers: str = ""  # path under which its papers lie
    screens: int = 0  # paired screens that show this meeting
    elsewhere: Literal["", "idle", "busy"] = ""  # the paired screen that could show it too
    phone: str = ""  # path of the code by which the leader's own phone leads
    lead: str = ""  # path of the leader view


def bar(m: Meeting) -> Bar:
    def state(index: int) -> Any:
        return "done" if index < m.at else "now" if index == m.at else "next"

    ahead = protected_ahead(m)
    return Bar(
        title=" · ".join(filter(None, (m.title, m.house))),
        parts=tuple(BarPart(p.minutes, state(i)) for i, p in enumerate(m.phases)),
        clock=m.epoch(m.clocks[m.phase.id]) if m.phase else None,
        rest=60 * sum(p.minutes for p in to_come(m)),
        due=ends(m),
        reserve=60 * m.reserve,
        ends=say("frame.ends", time="{time}"),
        on_plan=say("frame.on_plan"),
        ahead=say("frame.ahead", n="{n}"),
        behind=say("frame.behind", n="{n}"),
        protected=protected_from(m),
        protect=say("frame.protect", title=say(m.phases[ahead].title)) if ahead is not None else "",
    )


def code(door: Door, big: bool = False) -> Code:
    return Code(
        door.picture, door.code, door.address, say("frame.join"), size="big" if big else "small"
    )


def paused(m: Meeting) -> tuple[Say, Say]:
    """What a pause is called, and when it ends."""
    if m.put_off:
        return say("frame.put_off"), say("frame.put_off_text", when=m.put_off)
    return say("frame.paused"), say("frame.paused_text")


def signal_band(m: Meeting) -> Signal | None:
    """The newest signal, if it is a band. When to let it fade is the screen's to see."""
    last = standing_signal(m)
    if last is None or last.band is None or m.phase is None:
        return None
    return Signal(say("frame.back_on_topic"), question(m.phase), last.band, BAND)


def standing_signal(m: Meeting) -> Signalled | None:
    """The newest signal as long as it has not been cleared and its phase is on."""
    last = m.signals[-1] if m.signals else None
    if last is None or last.cleared or m.phase is None or last.phase != m.phase.id:
        return None
    return last


def heading(phase: Phase[Any]) -> Heading:
    return Heading(say(phase.title), question(phase))


def stands(m: Meeting, phase: Phase[Any]) -> dict[str, Block]:
    """The sentence this phase is about, as an earlier one left it."""
    where, sentence = m.find(phase.about), m.sentence(phase.about)
    if where is None or not sentence:
        return {}
    label = say("frame.agreed") if where.agrees else say(where.title)
    return {"stands": Note(sentence, label, tone="agreed")}


def factors(m: Meeting) -> dict[str, Block]:
    """The factors the group agreed to work on, small, beside what they came to."""
    chosen = (c for c in m.cards.values() if c.chosen and c.sort == "factor" and c.into is None)
    return in_short("factors", say("frame.factors"), (card.text for card in chosen))


def in_short(key: str, label: Say, texts: Iterable[str]) -> dict[str, Block]:
    """A few texts beside what has the room, a line for each."""
    lines = "\n".join(f"– {text}" for text in texts)
    return {key: Note(lines, label, tone="quiet", place="side")} if lines else {}


def lobby_heading(m: Meeting) -> Heading:
    asked = next((p.question for p in m.phases if p.ask_question and p.question), None)
    return Heading(m.title, say(asked) if asked else "", size="big")


def parked(m: Meeting, acts: bool = False) -> dict[str, Block]:
    """Topics for another time; the leader can take one away again."""
    if not m.parked:
        return {}
    remove = say("lead.remove_topic")
    topics = tuple(
        Member(
            f"topic-{p.id}",
            p.text,
            acts=(Act(remove, "remove_topic", (("topic", p.id),)),) if acts else (),
        )
        for p in m.parked
    )
    return {"parked": People(say("frame.parked"), topics, present=False)}


def park_form() -> Form:
    return Form(
        "park",
        (Field("text", say("phone.park_label"), limit=TOPIC_LIMIT),),
        say("phone.park"),
        draft="park",
        folded=say("phone.park_open"),
        place="side",
        look="quiet",
    )


def question(phase: Phase[Any]) -> Say | str:
    return say(phase.question) if phase.question else ""


def add_person_form(m: Meeting) -> Form:
    """Somebody without a phone, entered by the leader or the scribe."""
    return Form(
        "add_person",
        (Field("name", say("door.name"), limit=NAME_LIMIT), origin_field(m)),
        say("lead.add_person"),
        draft="add-person",
        folded=say("lead.add_person_open"),
        place="side",
        look="quiet",
    )


def member(p: Person) -> Member:
    """Somebody on a list that everybody sees."""
    return Member(p.id, p.name, p.origin, instead=instead_of(p), phone=p.phone)


def instead_of(p: Person) -> Say | str:
    return say("frame.instead_of", name=p.instead_of) if p.instead_of else ""


def origin_field(m: Meeting) -> Field:
    """Where somebody comes from: one tap, or a line of one's own."""
    origins = tuple(Option(o, o) for o in (*m.origins, *m.services))
    return Field(
        "origin",
        say("door.origin"),
        "choice" if origins else "line",
        origins,
        ORIGIN_LIMIT,
        other=say("door.other") if origins else "",
        needed=False,
    )
