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
    """A button: the verb it sends. `sure` is asked before sending; `key` is its keyboard key.

    `sign` is shown in the label's place, which names the button for those who do not see it.
    Pressed twice at once it is pressed once, unless it may be pressed `again`.
    """

    label: Words
    verb: str
    args: tuple[tuple[str, object], ...] = ()
    look: Literal["main", "quiet", "alert", "small"] = "quiet"
    key: str = ""
    sure: Words = ""
    sign: str = ""
    again: bool = False


@dataclass(frozen=True)
class Option:
    """`also` are values of old that mean this one: of cards that were laid under its card."""

    value: str
    label: Words
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One thing to fill in: a line, some lines, one of several options, or several of them.

    Of several options a list of their values is sent, in the options' order. `value`, and what a
    phone keeps, are those values with commas between: an option's value has none. `most` is how
    many may be picked, 0 for all of them; `left` says how many still may: "Dots left: {n}".
    """

    name: str
    label: Words
    kind: Literal["line", "lines", "choice", "choices"] = "line"
    options: tuple[Option, ...] = ()
    most: int = 0
    left: Words = ""
    limit: int = 500
    value: str = ""
    other: Words = ""  # a last option that opens a line of one's own
    other_label: Words = ""  # of that line, where it is another than the option's
    needed: bool = True
    label_hidden: bool = False
    beside: str = ""  # the choice beside whose own line this is asked, and else not


@dataclass(frozen=True)
class Block:
    pass


@dataclass(frozen=True)
class Bar(Block):
    """The top of the room screen: the phases by their minutes, the time, when we end.

    Ahead and behind change while nobody acts, so the screen works them out: it ends at
    now + what is left of this phase (at least 0) + `rest`, to be held against `due`, of which
    `reserve` seconds are there to be used up before anybody is behind. From `protected` on, the
    leader is told that what is protected has to begin, and `go` leads there. In the leader view
    `so_far` says how long it has taken since it `began`, and the `planned` seconds through this
    phase.
    """

    title: Words
    parts: tuple[BarPart, ...]
    clock: Clock | None  # of the phase that runs
    rest: float  # planned seconds after this phase
    due: float | None  # epoch seconds at which the plan ends; None before it has begun
    reserve: float
    ends: Words  # "ends {time}"
    on_plan: Words
    ahead: Words  # "{n} min ahead of plan"
    behind: Words
    protected: float | None = None  # epoch seconds
    protect: Words = ""
    go: Act | None = None
    began: float | None = None  # epoch seconds
    planned: float = 0.0
    so_far: Words = ""  # "{n} min so far, {planned} planned"


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
    """A short text with a label: a tip, what was agreed, how something stands.

    With `until` (epoch seconds) it is gone from then on.
    """

    text: Words
    label: Words = ""
    tone: Literal["plain", "agreed", "tip", "held", "quiet", "spelt"] = "plain"
    place: Literal["main", "side"] = "main"
    until: float | None = None


@dataclass(frozen=True)
class Sentence(Block):
    """One sentence, as big as it can be: what the meeting is about."""

    text: Words
    label: Words = ""
    tone: Literal["open", "agreed"] = "open"


@dataclass(frozen=True)
class TimeLeft(Block):
    """What is left of a phase, calmly: nobody is told to hurry, nothing counts beyond the end."""

    clock: Clock
    label: Words
    name: Words = ""  # of who has the word
    origin: Words = ""
    until: Words = ""  # "we go on at {time}"
    up: Words = ""
    size: Literal["normal", "big"] = "normal"


@dataclass(frozen=True)
class Member:
    """A person as a list shows them. `away`: they have a phone, and it has lost contact."""

    id: str
    name: str
    origin: str = ""
    instead: Words = ""  # of whom they have come
    tags: tuple[Words, ...] = ()
    note: Words = ""
    phone: bool = True
    away: bool = False
    act: Act | None = None  # what is done to them most, seen at once
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
class Silence(Block):
    """Before talk everybody thinks alone: calm, and it ends when the leader says so."""

    title: Words
    text: Words
    clock: Clock
    over: Words  # said when the time is up
    acts: tuple[Act, ...] = ()  # in the leader view


@dataclass(frozen=True)
class Queue(Block):
    """Who comes next in a round, and who has been heard."""

    label: Words  # "Round · 5 of 8"
    coming: tuple[Member, ...]
    heard: Words = ""


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
    """`present`: each has a dot that tells whether they have a phone here; topics have none."""

    label: Words
    people: tuple[Member, ...]
    empty: Words = ""
    present: bool = True


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
class Standing(Block):
    """The leader's line about what lies under the meeting: are phones reached, is all stored.

    `trouble`: there is something to be done about it.
    """

    said: tuple[Words, ...]
    trouble: bool = False
    place: Literal["foot"] = "foot"


@dataclass(frozen=True)
class Cover(Block):
    """Lies over a whole room screen: a pause, nothing at all, or the big code."""

    kind: Literal["pause", "blank", "code"]
    title: Words = ""
    text: Words = ""
    code: Code | None = None


@dataclass(frozen=True)
class Hall(Block):
    """A room screen without a meeting: what comes next, and the code that pairs it."""

    title: Words
    text: Words
    code: str
    label: Words  # of the code
    paired: bool = False


@dataclass(frozen=True)
class Buttons(Block):
    acts: tuple[Act, ...]
    label: Words = ""
    more: tuple[Act, ...] = ()  # rarer ones, behind `more_label`
    more_label: Words = ""
    place: Literal["foot", "main", "side"] = "main"
    look: Literal["row", "list"] = "row"


@dataclass(frozen=True)
class Form(Block):
    """Something to fill in and send. What is half written is kept on the phone under `draft`.

    With `folded` the form is a button with that text until it is opened.
    With `nest` the fields go into one argument of that name, else each is an argument of its own.
    With `keep` what was sent stays in the fields, marked as stored, and can be sent anew. `stored`
    is what is said then, where more than that is to be said.
    `key` opens it in the leader view. `whose` is the value of the field `who` until one picks: it
    changes with every turn, and a field would bring all of its options along.
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
    stored: Words = ""
    place: Literal["foot", "main", "side"] = "main"
    look: Literal["main", "quiet", "small"] = "main"
    key: str = ""
    whose: str = ""


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
    """A few sentences to read, one below the other; or small, beside what it is about."""

    lines: tuple[Words, ...]
    label: Words = ""
    place: Literal["main", "beside"] = "main"


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
