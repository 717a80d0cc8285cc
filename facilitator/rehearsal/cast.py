"""Who takes part in a rehearsal and what they say: `assets/rehearsal.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel

from facilitator.core.text import Lang, Text
from facilitator.texts import ASSETS

Part = Literal["viddevakt", "scribe", "accepts", "passes", "objects", "no phone", "late"]


class Role(BaseModel, frozen=True, extra="forbid"):
    """Somebody in the cast; `origin` counts through the house's units, then the services."""

    name: str
    origin: int
    part: Part


class Cast(BaseModel, frozen=True, extra="forbid"):
    """`words` are said where a form has a field of that name, `cards` in the phase of that id."""

    house: Text
    leader: str
    origins: tuple[Text, ...]
    services: tuple[Text, ...]
    people: tuple[Role, ...]
    words: dict[str, Text]
    cards: dict[str, tuple[Text, ...]]

    def origin(self, role: Role, lang: Lang) -> str:
        return (*self.origins, *self.services)[role.origin].say(lang)

    def card(self, phase: str, number: int, lang: Lang) -> str:
        """What the person of that number writes in a phase; empty when they have nothing to add."""
        texts = self.cards.get(phase, self.cards["any"])
        return texts[number].say(lang) if number < len(texts) else ""


@lru_cache(maxsize=1)
def read_cast() -> Cast:
    return Cast.model_validate(tomllib.loads((ASSETS / "rehearsal.toml").read_text("utf-8")))
