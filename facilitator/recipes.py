"""Recipes: the phases of a meeting as data, `assets/recipes/*.toml`.

A broken recipe is an error that names file, phase and field, and what is accepted; the others work.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError, model_validator

from facilitator.core.meeting import Section
from facilitator.core.text import Text
from phases import AnyPhase

from .fitting import Fit, Fitted, fitted
from .mistakes import MAX_MINUTES, amiss, told
from .texts import ASSETS


class BrokenRecipe(Exception):
    """One line per mistake, for whoever wrote the recipe."""


class Recipe(BaseModel, frozen=True, extra="forbid"):
    """A kind of meeting. `reserve` is in minutes.

    themes: what such a meeting may be about. shorten: ids of phases, in the order in which they
    give time. outline: the parts of the minutes. fits: sizes of the meeting, in minutes and people.
    """

    title: Text
    about: Text
    signal_at_once: bool = False
    reserve: float = Field(0, ge=0, le=MAX_MINUTES)
    themes: tuple[Text, ...] = ()
    shorten: tuple[str, ...] = ()
    outline: tuple[Section, ...] = ()
    fits: tuple[Fit, ...] = ()
    phases: tuple[AnyPhase, ...]

    @model_validator(mode="after")
    def _holds_together(self) -> Recipe:
        lines = list(amiss(self.phases, self.shorten, self.outline, self.fits))
        if lines:
            raise ValueError("\n".join(lines))
        return self

    @property
    def minutes(self) -> float:
        """As it is written, without what is optional."""
        return float(sum(p.minutes for p in self.phases if not p.optional)) + self.reserve

    @property
    def sizes(self) -> tuple[int, ...]:
        """The minutes one may choose between."""
        return tuple(sorted({fit.minutes for fit in self.fits}))

    def fitted(self, minutes: int, people: int, wanted: Collection[str] = ()) -> Fitted:
        """The phases for so many minutes and people; of the optional ones those that are wanted.

        A recipe that has no fits is taken as it is.
        """
        phases = tuple(p for p in self.phases if not p.optional or p.id in wanted)
        if self.fits:
            return fitted(phases, self.fits, self.shorten, minutes, people)
        return Fitted(phases, self.reserve, ceil(sum(p.minutes for p in phases) + self.reserve))


@dataclass(frozen=True)
class Recipes:
    whole: Mapping[str, Recipe]
    broken: Mapping[str, BrokenRecipe]


def read_recipes(folder: Path = ASSETS / "recipes") -> Recipes:
    whole: dict[str, Recipe] = {}
    broken: dict[str, BrokenRecipe] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            whole[path.stem] = read_recipe(path)
        except BrokenRecipe as error:
            broken[path.stem] = error
    return Recipes(whole, broken)


def read_recipe(path: Path) -> Recipe:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Recipe.model_validate(raw)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BrokenRecipe(f"{path.name}: {error}") from None
    except ValidationError as error:
        lines = (f"{path.name}: {line}" for line in told(raw, error, Recipe))
        raise BrokenRecipe("\n".join(lines)) from None
