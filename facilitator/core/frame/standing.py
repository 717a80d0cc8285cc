"""One calm line in the leader view: are the phones reached, is what is shown stored, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from facilitator.core.blocks import Standing
from facilitator.core.meeting import Meeting
from facilitator.core.text import Say, say

from .parts import Around

NAMED = 3  # of those who are away


def line(m: Meeting, around: Around) -> Standing:
    """Made of facts alone, so it changes only when one of them does."""
    stored = say("lead.held", folder=around.folder) if around.held else say("lead.stored")
    phones = () if around.alone or m.over else tuple(_phones(m, around))
    said = (stored, *phones) if around.held else (*phones, stored)
    return Standing(said, trouble=around.held)


def _phones(m: Meeting, around: Around) -> Iterator[Say]:
    """Nothing, where nobody has one. Whoever leads at the leader view has no phone for that."""
    owners = [p for p in m.here if p.phone and not p.desk]
    away = [p.name for p in owners if p.id in around.away]
    reached = sum(p.id in around.reached for p in owners)
    if len(away) == 1:
        yield say("lead.one_away", name=away[0])
    elif away:
        names = ", ".join(away[:NAMED]) + (" …" if len(away) > NAMED else "")
        yield say("lead.some_away", n=len(away), names=names)
    elif len(owners) == 1 and reached:
        yield say("lead.one_reached")
    elif owners and reached == len(owners):
        yield say("lead.all_reached", n=reached)
    elif reached:  # since the program was started anew
        yield say("lead.some_reached", n=reached, all=len(owners))
