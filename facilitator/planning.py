"""What a leader fills in before a meeting, and the meeting that comes of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, model_validator

from facilitator.core.joining import NAME_LIMIT, ORIGIN_LIMIT
from facilitator.core.meeting import Ask, Phase, refuse
from facilitator.core.people import Expected
from facilitator.core.text import LANGS, Lang, Say, Text, clean, say
from phases import Planned

from .fitting import Fitted
from .recipes import Recipe, Recipes
from .texts import tell

TITLE_LIMIT = 80  # characters
ORIGINS = 12
PEOPLE = 300
YEARS = range(2000, 2100)  # in which a meeting may be


class Plan(BaseModel, frozen=True):
    """The form of a new meeting, all as typed.

    `origins` and `services` are separated by commas; `expected` is one a line, “Ingrid, PPT”; `at`
    is local time. `own` are the recipe's own fields, by their names. `warned` is the size, minutes
    and people, that the leader has been told is too little time.
    """

    recipe: str
    name: str = ""
    leader: str = ""
    house: str = ""
    at: str = ""
    minutes: str = ""
    people: str = ""
    expected: str = ""
    origins: str = ""
    services: str = ""
    lang: str = LANGS[0]
    warned: str = ""
    own: dict[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _with_what_is_the_recipes_own(cls, form: Any) -> Any:
        """A form is flat: what is not ours is the recipe's."""
        if not isinstance(form, dict) or "own" in form:
            return form
        ours = {key: value for key, value in form.items() if key in cls.model_fields}
        return ours | {"own": {key: form[key] for key in form if key not in ours}}

    @staticmethod
    def suggested(recipes: Recipes, recipe: str, lang: Lang) -> Plan:
        """The form as it is first shown. Raises KeyError for an unknown recipe."""
        whole = recipes.whole[recipe]
        return Plan(
            recipe=recipe,
            name=tell(say(whole.title), lang),
            minutes=str(whole.sizes[0]) if whole.sizes else "",
            origins=tell(say("new.origins_suggested"), lang),
            services=tell(say("new.services_suggested"), lang),
            lang=lang,
            own={w.field: w.suggestion(lang) for w in to_word(whole)},
        )

    @staticmethod
    def sent(form: Iterable[tuple[str, Any]]) -> Plan:
        """The form as a browser sent it. Raises ValidationError when it is no such form."""
        return Plan.model_validate({key: _typed(key, str(value)) for key, value in form})

    @property
    def size(self) -> str:
        return f"{self.minutes}/{self.people}"


def planned(plan: Plan, recipes: Recipes) -> Planned:
    """The meeting's first event. Raises Refused with what has to be mended."""
    recipe = recipes.whole.get(plan.recipe)
    lang = next((lang for lang in LANGS if lang == plan.lang), None)
    if recipe is None or lang is None:
        refuse("malformed")
    if not plan.name or not plan.leader:
        refuse("plan_empty")
    _at_most(plan.name, TITLE_LIMIT)
    _at_most(plan.leader, NAME_LIMIT)
    _at_most(plan.house, ORIGIN_LIMIT)
    services = _origins(plan.services)
    origins = tuple(o for o in _origins(plan.origins) if o not in services)
    fitted = _fitted(plan, recipe)
    phases = _worded(plan, recipe, fitted.phases)
    there = {p.id for p in phases}
    return Planned(
        title=plan.name,
        house=plan.house,
        lang=lang,
        leader=secrets.token_hex(8),
        leader_name=plan.leader,
        at=_epoch(plan.at),
        origins=origins,
        services=services,
        expected=tuple(_expected(plan.expected, (*origins, *services))),
        reserve=fitted.reserve,
        shorten=tuple(name for name in recipe.shorten if name in there),
        outline=tuple(section for section in recipe.outline if section.phase in there),
        signal_at_once=recipe.signal_at_once,
        phases=phases,
    )


def too_little_time(plan: Plan, recipes: Recipes) -> Say | None:
    """Told once for each size; the leader may make the meeting all the same."""
    recipe = recipes.whole[plan.recipe]
    needs, minutes = _fitted(plan, recipe).needs, _minutes(plan, recipe)
    if not recipe.sizes or needs <= minutes or plan.warned == plan.size:
        return None
    return say("new.too_little_time", people=_people(plan, recipe), needs=needs)


@dataclass(frozen=True)
class Wording:
    """A text the leader words, and its field in the form."""

    field: str
    phase: Phase[Any]
    ask: Ask

    def suggestion(self, lang: Lang) -> str:
        """What the recipe itself says."""
        said = getattr(self.phase, self.ask.name, None)
        return self.tidy(tell(say(said), lang)) if isinstance(said, Text) else ""

    def tidy(self, words: str) -> str:
        return _lines(words) if self.ask.lines else clean(words)


def to_word(recipe: Recipe) -> tuple[Wording, ...]:
    """All that the leader words. A recipe's only question is called so; the rest by their phase."""
    asked = [(phase, ask) for phase in recipe.phases for ask in phase.to_word()]
    only = [ask.name for _, ask in asked].count("question") == 1

    def field(phase: Phase[Any], ask: Ask) -> str:
        return ask.name if only and ask.name == "question" else f"{phase.id}.{ask.name}"

    return tuple(Wording(field(phase, ask), phase, ask) for phase, ask in asked)


def wanted(phase: Phase[Any]) -> str:
    """The form's field for whether an optional phase is in the meeting."""
    return f"{phase.id}.wanted"


def _worded(plan: Plan, recipe: Recipe, phases: tuple[Phase[Any], ...]) -> tuple[Phase[Any], ...]:
    """What is left as it was suggested stays in every language."""
    there = {p.id for p in phases}
    words: dict[str, dict[str, str]] = {}
    for wording in to_word(recipe):
        if wording.phase.id not in there:
            continue
        text = wording.tidy(plan.own.get(wording.field, ""))
        if wording.ask.needed and not text:
            refuse("plan_needed", field=wording.ask.label)
        _at_most(text, wording.ask.limit)
        if text and all(text != wording.suggestion(lang) for lang in LANGS):
            words.setdefault(wording.phase.id, {})[wording.ask.name] = text
    return tuple(p.worded(words[p.id]) if p.id in words else p for p in phases)


def _fitted(plan: Plan, recipe: Recipe) -> Fitted:
    chosen = {p.id for p in recipe.phases if plan.own.get(wanted(p))}
    return recipe.fitted(_minutes(plan, recipe), _people(plan, recipe), chosen)


def _minutes(plan: Plan, recipe: Recipe) -> int:
    if not recipe.sizes:
        return 0
    if not plan.minutes:
        return recipe.sizes[0]
    size = next((size for size in recipe.sizes if str(size) == plan.minutes), None)
    return size if size is not None else refuse("malformed")


def _people(plan: Plan, recipe: Recipe) -> int:
    """As typed; or those who are written down, with the leader; or as many as is usual."""
    if plan.people:
        typed = int(plan.people) if plan.people.isdecimal() and len(plan.people) < 4 else 0
        return typed if 0 < typed <= PEOPLE else refuse("plan_people", limit=PEOPLE)
    return counted(plan) or _usual(recipe)


def counted(plan: Plan) -> int:
    """How many are written down, with the leader; 0 when nobody is."""
    names = [line.partition(",")[0].strip().casefold() for line in plan.expected.splitlines()]
    names = [name for name in names if name]
    return len(names) + (plan.leader.casefold() not in names) if names else 0


def _usual(recipe: Recipe) -> int:
    """The middle of what the recipe gives sizes for."""
    known = [fit.people for fit in recipe.fits] or [1]
    return (min(known) + max(known)) // 2


def _expected(typed: str, origins: tuple[str, ...]) -> Iterator[Expected]:
    """An origin is written as it is in the lists."""
    known = {origin.casefold(): origin for origin in origins}
    lines = [line for line in typed.splitlines() if line.strip()]
    if len(lines) > PEOPLE:
        refuse("plan_crowd", limit=PEOPLE)
    for line in lines:
        name, _, origin = (clean(part) for part in line.partition(","))
        if not name:
            refuse("plan_expected", line=line[:20])
        _at_most(name, NAME_LIMIT)
        _at_most(origin, ORIGIN_LIMIT)
        yield Expected(name, known.get(origin.casefold(), origin))


def _origins(typed: str) -> tuple[str, ...]:
    origins = tuple(dict.fromkeys(filter(None, (o.strip() for o in typed.split(",")))))
    for origin in origins:
        _at_most(origin, ORIGIN_LIMIT)
    if len(origins) > ORIGINS:
        refuse("plan_origins", limit=ORIGINS)
    return origins


def _epoch(typed: str) -> float | None:
    """Local time as a browser writes it, “2026-11-26T10:00”, in epoch seconds."""
    if not typed:
        return None
    try:
        at = datetime.fromisoformat(typed)
        return at.timestamp() if at.year in YEARS else refuse("plan_at")
    except (ValueError, OverflowError, OSError):
        refuse("plan_at")


def _typed(key: str, value: str) -> str:
    one_line = key in Plan.model_fields and key != "expected"
    return clean(value) if one_line else _lines(value)


def _lines(words: str) -> str:
    return "\n".join(clean(line) for line in words.splitlines()).strip()


def _at_most(words: str, limit: int) -> None:
    if len(words) > limit:
        refuse("plan_long", words=f"{words[:20]}…", limit=limit)
