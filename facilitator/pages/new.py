"""A new meeting: first its kind, then its form. Nothing that was typed is lost."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from nicegui import app, ui
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitator.core.joining import NAME_LIMIT, ORIGIN_LIMIT
from facilitator.core.meeting import Refused
from facilitator.core.text import Lang, say
from facilitator.dates import decimal
from facilitator.house import House
from facilitator.planning import (
    PEOPLE,
    TITLE_LIMIT,
    Plan,
    Wording,
    counted,
    planned,
    to_word,
    too_little_time,
    wanted,
)
from facilitator.recipes import Recipe, Recipes
from facilitator.rehearsal.run import practise
from facilitator.texts import tell

from .home import is_leader
from .plain import LANG_NAMES, button, chips, choice, field, lang_of, lines, link, page, tag, ticks

THEMES = "themes"  # the id of their list


def register(house: House, recipes: Recipes) -> None:
    unfinished: dict[str, tuple[Plan, str]] = {}  # by session: too large for a cookie

    @ui.page("/new")
    def new(request: Request, recipe: str = "") -> Response | None:
        if not is_leader(request, house):
            return RedirectResponse("/")
        lang = lang_of(request)
        if len(recipes.whole) == 1:
            recipe = next(iter(recipes.whole))
        if recipe in recipes.whole:
            _form(recipes, lang, Plan.suggested(recipes, recipe, lang))
        else:
            _kinds(recipes, lang)
        return None

    @ui.page("/new/again")
    def again(request: Request) -> Response | None:
        """The form as it was sent, with what has to be mended."""
        kept = unfinished.get(request.session["id"])
        if not is_leader(request, house) or kept is None:
            return RedirectResponse("/new")
        _form(recipes, lang_of(request), *kept)
        return None

    @app.post("/new")
    async def plan(request: Request) -> Response:
        if not is_leader(request, house):
            return RedirectResponse("/", status_code=303)
        form = await request.form(max_files=0)
        lang, session = lang_of(request), request.session["id"]
        try:
            sent = Plan.sent(form.items())
            made = planned(sent, recipes)
            if told := too_little_time(sent, recipes):
                unfinished[session] = (
                    sent.model_copy(update={"warned": sent.size}),
                    tell(told, lang),
                )
                return RedirectResponse("/new/again", status_code=303)
            meeting = await house.plan(made)
        except Refused as refused:
            if sent.recipe not in recipes.whole:
                return RedirectResponse("/new", status_code=303)
            unfinished[session] = sent, tell(refused.why, lang)
            return RedirectResponse("/new/again", status_code=303)
        except ValidationError:
            return RedirectResponse("/new", status_code=303)
        unfinished.pop(session, None)
        return RedirectResponse(f"/lead/{meeting}", status_code=303)

    @app.post("/practise")
    async def practice(request: Request) -> Response:
        form = await request.form(max_files=0)
        try:
            if not is_leader(request, house):
                return RedirectResponse("/", status_code=303)
            meeting = await practise(house, recipes, str(form.get("recipe", "")), lang_of(request))
        except Refused:
            return RedirectResponse("/new", status_code=303)
        return RedirectResponse(f"/lead/{meeting}", status_code=303)


def _kinds(recipes: Recipes, lang: Lang) -> None:
    with page(_say("new.recipe", lang), lang):
        for broken in recipes.broken.values():
            tag("pre", str(broken), "notice", role="alert")
        with tag("section", "", "list"):
            for key, recipe in recipes.whole.items():
                with tag("a", "", "meeting", href=f"/new?recipe={key}"):
                    tag("b", tell(say(recipe.title), lang))
                    tag("span", _takes(recipe, lang))
                    tag("small", tell(say(recipe.about), lang))
        link(_say("home.to_home", lang), "/", "button quiet")


def _form(recipes: Recipes, lang: Lang, plan: Plan, error: str = "") -> None:
    recipe = recipes.whole[plan.recipe]
    with page(_say("new.title", lang), lang):
        with tag("form", action="/new", method="post"):
            if error:
                tag("p", error, "notice", role="alert")
            _kind(recipes, recipe, lang)
            _hidden(recipe=plan.recipe, warned=plan.warned)
            _when_and_who(plan, lang)
            if recipe.sizes:
                _size(plan, recipe, lang)
            _optional(plan, recipe, lang)
            _own(plan, recipe, lang)
            _guests(plan, lang)
            names = {str(key): name for key, name in LANG_NAMES.items()}
            choice("lang", _say("new.lang", lang), names, plan.lang)
            button(_say("new.make", lang))
        with tag("form", action="/practise", method="post"):
            _hidden(recipe=plan.recipe)
            tag("p", _say("rehearse.practise_hint", lang), "hint")
            button(_say("rehearse.practise", lang), "quiet")
        link(_say("home.to_home", lang), "/", "button quiet")


def _kind(recipes: Recipes, recipe: Recipe, lang: Lang) -> None:
    tag("p", f"{tell(say(recipe.title), lang)} · {_takes(recipe, lang)}", "recipe")
    tag("p", tell(say(recipe.about), lang), "hint")
    if len(recipes.whole) > 1:
        link(_say("new.another_recipe", lang), "/new")


def _when_and_who(plan: Plan, lang: Lang) -> None:
    field("name", _say("new.meeting", lang), plan.name, required=True, **_limit(TITLE_LIMIT))
    field("house", _say("new.house", lang), plan.house, **_limit(ORIGIN_LIMIT))
    field("leader", _say("new.leader", lang), plan.leader, required=True, **_limit(NAME_LIMIT))
    field("at", _say("new.at", lang), plan.at, type="datetime-local")


def _size(plan: Plan, recipe: Recipe, lang: Lang) -> None:
    sizes = {str(size): _say("new.takes", lang, minutes=size) for size in recipe.sizes}
    chips("minutes", _say("new.minutes", lang), sizes, plan.minutes)
    field(
        "people",
        _say("new.people", lang),
        plan.people or str(counted(plan) or ""),
        _say("new.people_hint", lang),
        type="number",
        min="1",
        max=str(PEOPLE),
    )


def _optional(plan: Plan, recipe: Recipe, lang: Lang) -> None:
    optional = [p for p in recipe.phases if p.optional]
    if optional:
        takes = {p.id: _say("new.takes", lang, minutes=decimal(p.minutes, lang)) for p in optional}
        options = {wanted(p): f"{tell(say(p.title), lang)} · {takes[p.id]}" for p in optional}
        ticks(_say("new.optional", lang), options, plan.own)


def _own(plan: Plan, recipe: Recipe, lang: Lang) -> None:
    """The texts to word, by their phase."""
    if recipe.themes:
        _themes([tell(say(theme), lang) for theme in recipe.themes], _say("new.themes", lang))
    words = to_word(recipe)
    several = len({wording.phase.id for wording in words}) > 1
    with_themes = next((w.field for w in words if recipe.themes and not w.ask.lines), "")
    for _, of_phase in groupby(words, key=lambda wording: wording.phase.id):
        for number, wording in enumerate(of_phase):
            if several and number == 0:
                tag("h2", tell(say(wording.phase.title), lang))
            _wording(wording, plan, lang, wording.field == with_themes)


def _wording(wording: Wording, plan: Plan, lang: Lang, themes: bool) -> None:
    ask = wording.ask
    look = lines if ask.lines else field
    look(
        wording.field,
        tell(ask.label, lang),
        plan.own.get(wording.field, ""),
        required=ask.needed,
        list_=THEMES if themes else False,
        **_limit(ask.limit),
    )


def _themes(themes: list[str], heading: str) -> None:
    """To read through, and to be found as one types."""
    with tag("datalist", id=THEMES):
        for theme in themes:
            tag("option", value=theme)
    with tag("details", "", "fold"):
        tag("summary", heading)
        with tag("ul", "", "themes"):
            for theme in themes:
                tag("li", theme)


def _guests(plan: Plan, lang: Lang) -> None:
    lines("expected", _say("new.expected", lang), plan.expected, _say("new.expected_hint", lang))
    for name in ("origins", "services"):
        field(
            name,
            _say(f"new.{name}", lang),
            getattr(plan, name),
            _say(f"new.{name}_hint", lang),
            maxlength="400",
        )


def _takes(recipe: Recipe, lang: Lang) -> str:
    minutes = " / ".join(map(str, recipe.sizes)) or decimal(recipe.minutes, lang)
    return _say("new.takes", lang, minutes=minutes)


def _hidden(**values: str) -> None:
    for name, value in values.items():
        tag("input", type="hidden", name=name, value=value)


def _limit(characters: int) -> dict[str, str | bool]:
    return {"maxlength": str(characters)}


def _say(key: str, lang: Lang, **values: Any) -> str:
    return tell(say(key, **values), lang)
