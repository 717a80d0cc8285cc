"""The meeting that is practised: the recipe as it stands, with the cast's own challenge."""

from __future__ import annotations

from facilitator.core.text import Lang, say
from facilitator.planning import Plan, planned, to_word
from facilitator.recipes import Recipes
from facilitator.texts import tell
from phases import Planned

from .cast import Cast


def practised(recipes: Recipes, recipe: str, lang: Lang, cast: Cast) -> Planned:
    """Raises Refused for a recipe that is not there."""
    whole = recipes.whole.get(recipe)
    title = tell(say(whole.title), lang) if whole else ""
    own = {
        wording.field: cast.words[wording.ask.name].say(lang)
        for wording in (to_word(whole) if whole else ())
        if wording.ask.name in cast.words
    }
    plan = Plan(
        recipe=recipe,
        name=tell(say("rehearse.title", title=title), lang),
        leader=cast.leader,
        house=cast.house.say(lang),
        minutes=str(whole.sizes[0]) if whole and whole.sizes else "",
        people=str(len(cast.people) + 1),
        origins=", ".join(origin.say(lang) for origin in cast.origins),
        services=", ".join(service.say(lang) for service in cast.services),
        lang=lang,
        own=own,
    )
    return planned(plan, recipes)
