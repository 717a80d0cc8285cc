"""What a leader fills in before a meeting, and the meeting that comes of it."""

from __future__ import annotations

import secrets

from pydantic import BaseModel

from facilitator.core.joining import NAME_LIMIT, ORIGIN_LIMIT
from facilitator.core.meeting import refuse
from facilitator.core.text import LANGS, Lang, Text, say
from phases import Planned

from .recipes import Recipes, asked_question
from .texts import tell

TITLE_LIMIT = 80  # characters
QUESTION_LIMIT = 200
ORIGINS = 12


class Plan(BaseModel, extra="ignore"):
    """The form of a new meeting, all as typed. `origins` are separated by commas."""

    recipe: str
    name: str = ""
    question: str = ""
    leader: str = ""
    house: str = ""
    origins: str = ""
    lang: str = LANGS[0]

    @staticmethod
    def suggested(recipes: Recipes, lang: Lang) -> Plan:
        key, recipe = next(iter(recipes.whole.items()))
        asked = asked_question(recipe.phases)
        return Plan(
            recipe=key,
            name=tell(say(recipe.title), lang),
            question=tell(say(asked.question), lang) if asked and asked.question else "",
            origins=tell(say("new.origins_suggested"), lang),
            lang=lang,
        )


def planned(plan: Plan, recipes: Recipes) -> Planned:
    """The meeting's first event. Raises Refused with what has to be mended."""
    recipe = recipes.whole.get(plan.recipe)
    lang = next((lang for lang in LANGS if lang == plan.lang), None)
    if recipe is None or lang is None:
        refuse("malformed")
    if not plan.name or not plan.leader:
        refuse("plan_empty")
    _at_most(plan.name, TITLE_LIMIT)
    _at_most(plan.question, QUESTION_LIMIT)
    _at_most(plan.leader, NAME_LIMIT)
    _at_most(plan.house, ORIGIN_LIMIT)
    asked = asked_question(recipe.phases)
    if asked and plan.question and plan.question != _suggestion(asked.question, lang):
        recipe = recipe.with_question(asked.id, plan.question)
    return Planned(
        title=plan.name,
        house=plan.house,
        lang=lang,
        leader=secrets.token_hex(8),
        leader_name=plan.leader,
        origins=_origins(plan.origins),
        signal_at_once=recipe.signal_at_once,
        phases=recipe.phases,
    )


def _origins(typed: str) -> tuple[str, ...]:
    origins = tuple(dict.fromkeys(filter(None, (o.strip() for o in typed.split(",")))))
    for origin in origins:
        _at_most(origin, ORIGIN_LIMIT)
    if len(origins) > ORIGINS:
        refuse("plan_origins", limit=ORIGINS)
    return origins


def _at_most(words: str, limit: int) -> None:
    if len(words) > limit:
        refuse("plan_long", words=f"{words[:20]}…", limit=limit)


def _suggestion(question: Text | None, lang: Lang) -> str:
    return tell(say(question), lang) if question else ""
