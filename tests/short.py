"""The short meeting, and somebody to hold it in a test."""

from __future__ import annotations

from itertools import count
from typing import Any

from facilitator.live import Done, Live
from facilitator.planning import Plan, planned
from facilitator.recipes import read_recipes
from phases import Planned

_devices = count()
RECIPES = read_recipes()
ROLES, ROUND, EVALUATE, RESULT = range(4)  # the places of its phases
ANSWERS = {"useful": "yes", "worked/words": "Alle fekk snakka"}


def short_meeting(name: str = "Kort møte", lang: str = "nn", **more: str) -> Planned:
    return planned(Plan(recipe="short", name=name, leader="Kari", lang=lang, **more), RECIPES)


class Sitting:
    """Everybody's hands: each has one device and counts what it sends."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._sent: dict[str, int] = {}
        self._device = f"device{next(_devices)}"

    @property
    def leader(self) -> str:
        return self.live.decided.roles["leader"]

    def op(self, who: str) -> str:
        self._sent[who] = self._sent.get(who, 0) + 1
        return f"{who}/{self._device}.{self._sent[who]}"

    async def do(self, who: str, verb: str, /, **args: Any) -> Done:
        return await self.live.do(who, self.op(who), verb, args)

    async def join(self, *people: str) -> None:
        for who in people:
            await self.do(who, "join", name=who.title())

    async def go(self, index: int) -> None:
        """The leader begins that phase."""
        seen = self.live.decided.place
        await self.do(self.leader, "begin", index=index, seen=seen)

    async def forward(self) -> None:
        await self.do(self.leader, "forward", seen=self.live.decided.place)

    async def card(self, who: str, text: str) -> Done:
        return await self.do(who, "add_card", phase="round", text=text)

    async def answer(self, who: str, **answers: str) -> Done:
        return await self.do(who, "answer", phase="evaluate", answers=answers or ANSWERS)

    async def show_answers(self) -> Done:
        return await self.do(self.leader, "show_answers", phase="evaluate")
