"""What a view makes of one card or person is made once, for many screens are drawn again and again.

It is kept with the thing itself: whoever forgets a person forgets what was made of them, too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, TypeVarTuple

Rest = TypeVarTuple("Rest")
Made = TypeVar("Made")
Thing = TypeVar("Thing")


def once(make: Callable[[Thing, *Rest], Made]) -> Callable[[Thing, *Rest], Made]:
    """`make` of a frozen dataclass, anew only when what else it is made of has changed."""
    name = f"{make.__module__}.{make.__qualname__}"

    def made(thing: Thing, *rest: *Rest) -> Made:
        kept: dict[str, Any] = thing.__dict__
        before = kept.get(name)
        if before is None or before[0] != rest:
            before = kept[name] = (rest, make(thing, *rest))
        made_before: Made = before[1]
        return made_before

    update_wrapper(made, make)
    return made
