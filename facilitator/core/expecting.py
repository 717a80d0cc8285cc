"""Whom the plan expects: ticked when they come, not typed; and somebody may come instead (ours)."""

from __future__ import annotations

from dataclasses import dataclass

from .meeting import Meeting, refuse
from .people import Expected, Person


@dataclass(frozen=True)
class Arrival:
    """Who comes in: as whom, and whose place on the list that is."""

    name: str
    origin: str = ""
    listed: Expected | None = None
    instead_of: str = ""


def awaited(m: Meeting) -> tuple[Expected, ...]:
    """Those on the list whose place nobody here fills, in the plan's order.

    Who has left is awaited again: the same person may come back on another phone.
    """
    taken = [p.listed for p in m.here if p.listed]
    rest = []
    for expected in m.expected:
        if expected in taken:
            taken.remove(expected)
        else:
            rest.append(expected)
    return tuple(rest)


def arrival(
    m: Meeting, words: str, origin: str, instead_of: str = "", before: Person | None = None
) -> Arrival:
    """`words` are a typed name or a ticked one; `before` is who they were before they left.

    Never refused because somebody else has the name: two may be called Kari, and one who was
    entered twice can be merged.
    """
    free = awaited(m)
    if instead_of:
        absent = _called(instead_of, free) or _called(instead_of, m.expected)
        if absent is None:
            refuse("malformed")
        place = absent if absent in free else None
        return Arrival(words, origin or absent.origin, place, absent.name)
    if found := _called(words, free):
        return Arrival(found.name, origin or found.origin, found)
    if before and before.listed in free:
        return Arrival(words, origin, before.listed, before.instead_of)
    if taken := _ticked(words, m.expected):
        return Arrival(taken.name, origin or taken.origin)
    return Arrival(words, origin)


def _called(words: str, among: tuple[Expected, ...]) -> Expected | None:
    """As it stands on the list; or by the first name alone, as people type it."""
    typed = words.casefold()
    by_name = (e for e in among if e.name.casefold() == typed)
    return _ticked(words, among) or next(by_name, None)


def _ticked(words: str, among: tuple[Expected, ...]) -> Expected | None:
    return next((e for e in among if e.called.casefold() == words.casefold()), None)
