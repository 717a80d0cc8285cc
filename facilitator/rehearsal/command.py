"""`facilitator rehearse`: a meeting with simulated people, to be led, or to be watched."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from facilitator import screens
from facilitator.command import CannotStart, Settings, read_settings
from facilitator.core.frame.parts import Around, Door
from facilitator.core.meeting import Refused
from facilitator.core.text import LANGS, Lang, say
from facilitator.house import House
from facilitator.live import Live
from facilitator.reading import lines
from facilitator.recipes import Recipes, read_recipes
from facilitator.texts import tell

from .cast import read_cast
from .practice import practised
from .run import Rehearsal, at_speed

Beside = Callable[[House], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Wish:
    """`serve` are the options of the app itself, for a rehearsal that is seen on screens."""

    recipe: str
    lang: Lang
    auto: bool
    watch: bool
    speed: float
    serve: tuple[str, ...]


def read_wish(argv: Sequence[str], lang: Lang) -> Wish:
    def help_(key: str) -> str:
        return tell(say(f"rehearse.help_{key}"), lang)

    parser = argparse.ArgumentParser("facilitator rehearse", description=help_("about"))
    parser.add_argument("--recipe", default="bti-system", help=help_("recipe"))
    parser.add_argument("--lang", default=lang, choices=LANGS, help=help_("lang"))
    parser.add_argument("--auto", action="store_true", help=help_("auto"))
    parser.add_argument("--watch", action="store_true", help=help_("watch"))
    parser.add_argument("--speed", type=_above_nothing, default=1.0, help=help_("speed"))
    given, serve = parser.parse_known_args(argv)
    return Wish(given.recipe, given.lang, given.auto, given.watch, given.speed, tuple(serve))


def rehearse(wish: Wish, serve: Callable[[Settings, Beside], None]) -> None:
    """By itself, or with screens: `serve` runs the app. Raises CannotStart."""
    recipes = read_recipes()
    if wish.recipe not in recipes.whole:
        names = ", ".join(recipes.whole)
        raise CannotStart(
            tell(say("rehearse.no_recipe", recipe=wish.recipe, names=names), wish.lang)
        )
    with tempfile.TemporaryDirectory() as folder:
        if wish.auto and not wish.watch:
            asyncio.run(_alone(wish, recipes, Path(folder)))
            return
        settings = read_settings([*wish.serve, "--data", folder])
        serve(settings, lambda house: _beside(wish, recipes, house, settings.url))


async def _alone(wish: Wish, recipes: Recipes, folder: Path) -> None:
    """Without a screen: the states it passes, then the result."""
    began = time.time()
    house = House(folder, now=lambda: began + (time.time() - began) * wish.speed)
    live = house.live(await _planned(wish, recipes, house))
    async for state in Rehearsal(live, at_speed(wish.speed)).states():
        print(state, flush=True)
    print("", *_result(live), sep="\n")


async def _beside(wish: Wish, recipes: Recipes, house: House, url: str) -> None:
    meeting = await _planned(wish, recipes, house)
    print(f"{url}/lead/{meeting}", f"{url}/room/{meeting}", sep="\n", flush=True)
    with house.using(meeting) as live:
        if not wish.auto:
            await Rehearsal(live, at_speed(wish.speed)).accompany()
            return
        async for state in Rehearsal(live, at_speed(1000)).states():
            print(state, flush=True)
            await asyncio.to_thread(sys.stdin.readline)
    signal.raise_signal(signal.SIGINT)


async def _planned(wish: Wish, recipes: Recipes, house: House) -> str:
    try:
        return await house.plan(practised(recipes, wish.recipe, wish.lang, read_cast()))
    except Refused as refused:
        raise CannotStart(tell(refused.why, wish.lang)) from None


def _result(live: Live) -> list[str]:
    """As it stands on the phones, block by block."""
    shown = screens.shared(live.meeting, "phone", Around(Door("", "", "")))
    said = ([*filter(None, lines({key: b}, live.meeting.lang))] for key, b in shown.items())
    return ["\n  ".join(block) for block in said if block]


def _above_nothing(typed: str) -> float:
    speed = float(typed)
    if not 0 < speed < 1e6:
        raise ValueError(typed)
    return speed
