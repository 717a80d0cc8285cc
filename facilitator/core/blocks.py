"""What a screen can show: plain data, one dataclass per block, drawn by the component of its name.

A view answers with a `Screen`: keys in reading order, each with its block. Texts are not yet in a
language, clocks are in epoch seconds, and nothing here knows how anything looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .clock import Clock
from .text import Say

Words = Say | str  # a sentence of ours, or what a person wrote


@dataclass(frozen=True)
class Act:
    """A button: the verb it sends. `sure` is asked before sending; `key` is its keyboard key."""

    label: Words
    verb: str
    args: tuple[tuple[str, object], ...] = ()
    look: Literal["main", "quiet", "alert", "small"] = "quiet"
    key: str = ""
    sure: Words = ""


@dataclass(frozen=True)
class Option:
    value: str
    label: Words


@dataclass(frozen=True)
class Field:
    """One thing to fill in: a line, some lines, or one of several options."""

    name: str
    label: Words
    kind: Literal["line", "lines", "choice"] = "line"
    options: tuple[Option, ...] = ()
    limit: int = 500
    value: str = ""
    other: Words = ""  # a last option that opens a line of one's own
    needed: bool = True
    label_hidden: bool = False


@dataclass(frozen=True)
class Block:
    pass


@dataclass(frozen=True)
class Bar(Block):
    """The top of the room screen: the phases by their minutes, the time, when we end.

    Ahead and behind change while nobody acts, so the screen works them out: it ends at
    now + what is left of this phase (at least 0) + `rest`, to be held against `due`.
    """

    title: Words
    parts: tuple[BarPart, ...]
    clock: Clock | None  # of the phase that runs
    rest: float  # planned seconds after this phase
    due: float | None  # epoch seconds at which the plan ends; None before it has begun
    ends: Words  # "ends {time}"
    on_plan: Words
    ahead: Words  # "{n} min ahead of plan"
    behind: Words


@dataclass(frozen=True)
class BarPart:
    minutes: float
    state: Literal["done", "now", "next"]


@dataclass(frozen=True)
class Top(Block):
    """The small line above a phone's phase."""

    title: Words
    aside: Words = ""


@dataclass(frozen=True)
class Heading(Block):
    title: Words
    question: Words = ""
    size: Literal["normal", "big"] = "normal"


@dataclass(frozen=True)
class Note(Block):
    """A short text with a label: a tip, what was agreed, how something stands."""

    text: Words
    label: Words = ""
    tone: Literal["plain", "agreed", "tip", "held", "quiet"] = "plain"
    place: Literal["main", "side"] = "main"


@dataclass(frozen=True)
class Member:
    """A person as a list shows them."""

    id: str
    name: str
    origin: str = ""
    tags: tuple[Words, ...] = ()
    note: Words = ""
    phone: bool = True
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Turn(Block):
    """Whose turn it is. `who` is a person's id: a phone compares it with its own.

    `acts` are shown on the speaker's own phone and in the leader view.
    """

    who: str | None
    name: str
    origin: str
    clock: Clock
    label: Words  # "Speaking now"
    yours: Words  # "Your turn, {name}"
    question: Words
    soon: Words
    up: Words
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Queue(Block):
    """Who comes next in a round, and who has been heard."""

    label: Words  # "Round · 5 of 8"
    coming: tuple[Member, ...]
    heard: Words = ""


@dataclass(frozen=True)
class Face:
    """A card as a screen shows it. `merged` are the texts of cards that say the same."""

    id: int
    text: str
    note: Words = ""
    aside: bool = False
    merged: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Cards(Block):
    cards: tuple[Face, ...]
    label: Words = ""
    empty: Words = ""
    edit: Edit | None = None  # given where a person may change the cards shown
    merge: Merge | None = None  # given where they may be laid together
    mine: bool = False  # one's own: each says whether it is stored, or only held


@dataclass(frozen=True)
class Edit:
    """How cards are changed in place: the verb gets the card's id as `card` and its `text`."""

    verb: str
    label: Words
    save: Words
    cancel: Words
    limit: int = 500


@dataclass(frozen=True)
class Merge:
    """How one card is laid under another: picked first, then the other is pointed at.

    The verb gets the first as `card` and the other as `into`.
    """

    verb: str
    label: Words
    here: Words
    cancel: Words


@dataclass(frozen=True)
class Code(Block):
    """How to join: a picture of the code, the code and the address in letters."""

    picture: str  # path of the SVG
    code: str
    address: str
    label: Words
    size: Literal["small", "big"] = "small"


@dataclass(frozen=True)
class People(Block):
    label: Words
    people: tuple[Member, ...]
    empty: Words = ""


@dataclass(frozen=True)
class Roles(Block):
    """The foot of the room screen: who has which role, how many we are."""

    roles: tuple[tuple[Words, str], ...]
    count: Words = ""


@dataclass(frozen=True)
class Signal(Block):
    """Back on track: an amber band that fades `seconds` after `at` (epoch seconds)."""

    title: Words
    question: Words
    at: float
    seconds: float
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Cover(Block):
    """Lies over a whole room screen: a pause, nothing at all, or the big code."""

    kind: Literal["pause", "blank", "code"]
    title: Words = ""
    text: Words = ""
    code: Code | None = None


@dataclass(frozen=True)
class Buttons(Block):
    acts: tuple[Act, ...]
    label: Words = ""
    more: tuple[Act, ...] = ()  # rarer ones, behind `more_label`
    more_label: Words = ""
    place: Literal["foot", "main"] = "main"
    look: Literal["row", "list"] = "row"


@dataclass(frozen=True)
class Form(Block):
    """Something to fill in and send. What is half written is kept on the phone under `draft`.

    With `folded` the form is a button with that text until it is opened.
    With `nest` the fields go into one argument of that name, else each is an argument of its own.
    With `keep` what was sent stays in the fields, marked as stored, and can be sent anew.
    """

    verb: str
    fields: tuple[Field, ...]
    button: Words
    draft: str
    args: tuple[tuple[str, object], ...] = ()
    label: Words = ""
    hint: Words = ""
    folded: Words = ""
    nest: str = ""
    keep: bool = False
    place: Literal["foot", "main", "side"] = "main"
    look: Literal["main", "quiet", "small"] = "main"


@dataclass(frozen=True)
class Step:
    id: str
    title: Words
    minutes: float
    clock: Clock
    state: Literal["done", "now", "next"]
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Agenda(Block):
    """The leader's list of phases, planned and real minutes."""

    label: Words
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Tally:
    label: Words
    count: int


@dataclass(frozen=True)
class Answers(Block):
    """What was answered to one question: counts per option, and words without their authors."""

    question: Words
    tallies: tuple[Tally, ...]
    words: tuple[str, ...]
    empty: Words = ""


@dataclass(frozen=True)
class Statements(Block):
    """A few sentences to read, one below the other."""

    lines: tuple[Words, ...]
    label: Words = ""


@dataclass(frozen=True)
class Cell:
    """One thing agreed about a measure. Where it is still `missing`, its text says so."""

    label: Words
    text: Words
    note: Words = ""
    missing: bool = False


@dataclass(frozen=True)
class Measure:
    """A measure to be tried; `note` says what form it takes."""

    id: int
    text: str
    cells: tuple[Cell, ...]
    note: Words = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Plan(Block):
    """The measures the house will try: who, when, with which service, how it is evaluated."""

    measures: tuple[Measure, ...]
    label: Words = ""


@dataclass(frozen=True)
class Chapter(Block):
    """A heading over what follows, where a long page has parts."""

    title: Words


@dataclass(frozen=True)
class Links(Block):
    """Ways to other pages, for the leader: texts and paths of our own."""

    links: tuple[tuple[Words, str], ...]


Screen = Mapping[str, Block]
