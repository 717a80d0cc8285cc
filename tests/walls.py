"""Screens on the wall: browsers without a login that open /room, and how they are paired."""

from __future__ import annotations

import asyncio
from typing import Any

from facilitator.house import House
from facilitator.texts import TEXTS
from tests.gathering import Gathering, Screen


class Clock:
    """The house's time, moved by hand on top of the real one."""

    def __init__(self, house: House) -> None:
        self.more = 0.0
        real = house._now
        house._now = lambda: real() + self.more


async def screen(gathering: Gathering, name: str = "wall", lang: str = "en") -> Screen:
    """A browser without any login opens /room."""
    opened = await gathering._enter({"id": name}, {"screen": "room", "meeting": "", "lang": lang})
    await settled()
    return opened


async def settled() -> None:
    for _ in range(40):
        await asyncio.sleep(0.001)


def code_on(wall: Screen) -> str:
    return str(wall.blocks["hall"]["code"])


async def pair(lead: Screen, code: str, keys: str = "no") -> dict[str, Any]:
    answer = await lead.do("pair", code=code, keys=keys)
    await settled()
    return answer


def refused(key: str, lang: Any = "nn") -> dict[str, Any]:
    return {"refused": TEXTS[f"refused.{key}"].root[lang], "back": True}
