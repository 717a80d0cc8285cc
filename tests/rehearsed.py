"""The states of a rehearsal as meetings, without a server: to be shown on any screen."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from facilitator.core.blocks import Turn
from facilitator.core.frame.parts import Around, Door
from facilitator.core.meeting import Meeting
from facilitator.core.text import Lang
from facilitator.house import House
from facilitator.recipes import read_recipes
from facilitator.rehearsal.cast import read_cast
from facilitator.rehearsal.practice import practised
from facilitator.rehearsal.run import Rehearsal
from facilitator.screens import own, shared

VISITORS = {
    "visitor-1": "Nils",
    "visitor-2": "Åse",
}  # real phones among the imagined people, which let the leader go on
BEGAN = 1_790_000_000.0  # epoch seconds
STRANGER = ""  # who has not joined


@dataclass(frozen=True)
class State:
    """`at` is epoch seconds, of the rehearsal's own clock."""

    name: str
    meeting: Meeting
    at: float

    def people(self) -> tuple[str, ...]:
        """Whose phones show different things: of those who have the same before them, one."""
        m = self.meeting
        turns = [b for b in shared(m, "room", NOWHERE).values() if isinstance(b, Turn)]
        speaks = [b.who for b in turns if b.who]
        some = [*speaks, *m.roles.values(), *m.asked.values(), *VISITORS, *sorted(m.people)]
        looks: dict[tuple[object, ...], str] = {}
        for who in (who for who in some if who in m.people and m.people[who].phone):
            looks.setdefault((who in speaks, *own(m, "phone", who)), who)
        return (*looks.values(), STRANGER)


async def states(lang: Lang, recipe: str = "bti-system") -> list[State]:
    """All that `rehearse` passes. Its time goes by without anybody waiting."""
    clock = [BEGAN]

    async def pause(seconds: float) -> None:
        clock[0] += seconds

    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "data", now=lambda: clock[0])
        meeting = await house.plan(practised(read_recipes(), recipe, lang, read_cast()))
        live = house.live(meeting)
        for who, name in VISITORS.items():
            await live.do(who, f"{who}.1", "join", {"name": name, "origin": ""})
        passed = Rehearsal(live, pause).states()
        return [State(name, live.meeting, clock[0]) async for name in passed]


NOWHERE = Around(Door("", "", ""))
