"""Recipes: the phases of a meeting as data, `assets/recipes/*.toml`.

A broken recipe is an error that names file, phase and field, and what is accepted; the others work.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError, model_validator

from facilitator.core.meeting import Phase
from facilitator.core.text import Text
from phases import AnyPhase

from .texts import ASSETS

MAX_MINUTES = 600


class BrokenRecipe(Exception):
    """One line per mistake, for whoever wrote the recipe."""


class Recipe(BaseModel, frozen=True, extra="forbid"):
    title: Text
    about: Text
    signal_at_once: bool = False
    phases: tuple[AnyPhase, ...]

    @model_validator(mode="after")
    def _one_of_each(self) -> Recipe:
        ids = [p.id for p in self.phases]
        if not ids or len(set(ids)) < len(ids):
            raise ValueError("a recipe needs phases, each with an id of its own")
        if any(not 0 < p.minutes <= MAX_MINUTES for p in self.phases):
            raise ValueError(f"minutes are above 0 and at most {MAX_MINUTES}")
        return self

    @property
    def minutes(self) -> float:
        return float(sum(p.minutes for p in self.phases))

    def with_question(self, phase: str, question: str) -> Recipe:
        """The leader's own wording of a phase's question."""
        worded = {"question": Text.same(question)}
        phases = tuple(p.model_copy(update=worded) if p.id == phase else p for p in self.phases)
        return self.model_copy(update={"phases": phases})


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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenRecipe(f"{path.name}: {error}") from None
    except ValidationError as error:
        lines = (f"{path.name}: {_where(raw, e['loc'])}: {e['msg']}" for e in error.errors())
        raise BrokenRecipe("\n".join(lines)) from None


def _where(raw: Mapping[str, Any], place: tuple[int | str, ...]) -> str:
    """“phase factors, minutes” rather than “phases.3.round.minutes”."""
    if len(place) < 2 or place[0] != "phases" or not isinstance(place[1], int):
        return ".".join(map(str, place)) or "recipe"
    phase = raw["phases"][place[1]]
    name = phase.get("id", place[1] + 1) if isinstance(phase, dict) else place[1] + 1
    field = ".".join(str(p) for p in place[2:] if p != phase.get("kind"))
    return f"phase {name}, {field}" if field else f"phase {name}"


def asked_question(phases: tuple[Phase[Any], ...]) -> Phase[Any] | None:
    """The phase whose question the leader words when planning."""
    return next((p for p in phases if p.ask_question), None)
