"""Cards as a screen shows them, and how they are changed in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .blocks import Act, Block, Words


@dataclass(frozen=True)
class Face:
    """A card as a screen shows it. `merged` are the texts of cards that say the same.

    `mark` is said of it beside where it comes from, and `look` gives that a form. `groups` are the
    ids of the groups it belongs to; it stands in the first of them.
    `support` is a number of dots, said in words too. `at_hand` are acts that stand on the card;
    their keys work while something on it has the focus.
    """

    id: int
    text: str
    note: Words = ""
    aside: bool = False
    merged: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    mark: Words = ""
    look: Literal["plain", "open", "answered", "outside"] = "plain"
    groups: tuple[int, ...] = ()
    at_hand: tuple[Act, ...] = ()
    support: int = 0
    support_said: Words = ""
    chosen: bool = False


@dataclass(frozen=True)
class Group:
    """A heading on a board, with cards under it."""

    id: int
    label: Words


@dataclass(frozen=True)
class Cards(Block):
    """Where a board has more than one page, what it `keeps` stays in view on each of them.

    With `groups`, cards that belong to none of them stand last, under `others`.
    """

    cards: tuple[Face, ...]
    label: Words = ""
    empty: Words = ""
    edit: Edit | None = None  # given where a person may change the cards shown
    merge: Merge | None = None  # given where they may be laid together
    mine: bool = False  # one's own: each says whether it is stored, or only held
    groups: tuple[Group, ...] = ()
    others: Words = ""
    keeps: Literal["newest", "chosen"] = "newest"


@dataclass(frozen=True)
class Edit:
    """How cards are changed in place: the verb gets the id by its name (`named`) and the `text`.

    Of a card with others under it the text names the group.
    """

    verb: str
    label: Words
    save: Words
    cancel: Words
    limit: int = 500
    group: Words = ""  # the label where others lie under the card
    named: Literal["card", "note"] = "card"


@dataclass(frozen=True)
class Merge:
    """How cards are laid under one: that one is picked first, then the others one by one.

    The verb gets each other as `card` and the first as `into`.
    """

    verb: str
    label: Words
    here: Words
    done: Words
