"""Home: the leader's meetings and a new one. Others see only “join with a code”."""

from __future__ import annotations

import hmac
from datetime import datetime
from itertools import islice
from typing import Any

from babel.dates import format_datetime
from nicegui import app, ui
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitator.core.code import spaced, tidy
from facilitator.core.joining import NAME_LIMIT, ORIGIN_LIMIT
from facilitator.core.meeting import Refused
from facilitator.core.text import LANGS, Lang, clean, say
from facilitator.house import House, Listing
from facilitator.planning import Plan, planned
from facilitator.recipes import Recipes, asked_question
from facilitator.texts import tell

from .plain import LANG_NAMES, button, choice, field, lang_of, link, page, tag

SHOWN = 20  # meetings on one page


def register(house: House, recipes: Recipes) -> None:
    unfinished: dict[str, tuple[Plan, str]] = {}  # by session: too large for a cookie

    @ui.page("/")
    def home(request: Request, older: int = 0) -> None:
        lang = lang_of(request)
        if is_leader(request, house):
            _meetings(house, recipes, lang, max(0, older))
        else:
            join_page(lang)

    @ui.page("/new")
    def new(request: Request) -> Response | None:
        if not is_leader(request, house):
            return RedirectResponse("/")
        _new_meeting(recipes, lang_of(request), Plan.suggested(recipes, lang_of(request)))
        return None

    @ui.page("/new/again")
    def again(request: Request) -> Response | None:
        """The form as it was sent, with what has to be mended."""
        kept = unfinished.get(request.session["id"])
        if not is_leader(request, house) or kept is None:
            return RedirectResponse("/new")
        _new_meeting(recipes, lang_of(request), *kept)
        return None

    @app.post("/new")
    async def plan(request: Request) -> Response:
        if not is_leader(request, house):
            return RedirectResponse("/", status_code=303)
        form = await request.form(max_files=0)
        try:
            sent = Plan(**{key: clean(str(value)) for key, value in form.items()})
            meeting = await house.plan(planned(sent, recipes))
        except Refused as refused:
            if sent.recipe not in recipes.whole:
                return RedirectResponse("/new", status_code=303)
            unfinished[request.session["id"]] = sent, tell(refused.why, lang_of(request))
            return RedirectResponse("/new/again", status_code=303)
        except ValidationError:
            return RedirectResponse("/new", status_code=303)
        unfinished.pop(request.session["id"], None)
        return RedirectResponse(f"/lead/{meeting}", status_code=303)

    @app.get("/leader/{key}")
    def leader(request: Request, key: str) -> Response:
        """The leader's link: the key is proved once and kept out of the address from then on."""
        if hmac.compare_digest(key.encode(), house.leader_key.encode()):
            request.session["leader"] = house.leader_mark
        return RedirectResponse("/")

    @app.get("/lang/{lang}")
    def speak(request: Request, lang: str) -> Response:
        if lang in LANGS:
            request.session["lang"] = lang
        return RedirectResponse("/")

    @app.get("/j")
    def typed(code: str = "") -> Response:
        return RedirectResponse(f"/j/{tidy(code)[:12] or '-'}")


def is_leader(request: Request, house: House) -> bool:
    return bool(request.session.get("leader") == house.leader_mark)


def join_page(lang: Lang, unknown: str = "") -> None:
    """For everybody: type a code. `unknown` is one that leads nowhere."""
    with page(_say("home.join_title", lang), lang):
        if unknown:
            tag("p", _say("home.unknown_code", lang, code=unknown), "notice", role="alert")
        with tag("form", action="/j", method="get"):
            field(
                "code",
                _say("home.code", lang),
                "",
                _say("home.code_hint", lang),
                autocomplete="off",
                autocapitalize="characters",
                required=True,
                maxlength="12",
            )
            button(_say("home.join", lang))
        _languages(lang)


def message_page(key: str, lang: Lang) -> None:
    """A page that says one thing and leads home."""
    with page(_say(f"{key}_title", lang), lang):
        tag("p", _say(key, lang))
        link(_say("home.to_home", lang), "/", "button")


def _meetings(house: House, recipes: Recipes, lang: Lang, older: int) -> None:
    """What runs, and of the rest so many at a time, newest first."""
    with page(_say("home.title", lang), lang):
        link(_say("home.new", lang), "/new", "button main")
        for broken in recipes.broken.values():
            tag("pre", str(broken), "notice", role="alert")
        running = house.running()[:SHOWN]
        rest = (m for m in house.meetings() if m.state != "running")
        shown = list(islice(rest, older * SHOWN, (older + 1) * SHOWN))
        if not (running or shown):
            tag("p", _say("home.none_yet", lang), "empty")
        _list("running", running, lang)
        for state in ("planned", "done"):
            _list(state, [m for m in shown if m.state == state], lang)
        if next(rest, None):
            link(_say("home.older", lang), f"/?older={older + 1}")
        _languages(lang)


def _list(state: str, listings: list[Listing], lang: Lang) -> None:
    if not listings:
        return
    with tag("section", "", "list"):
        tag("h2", _say(f"home.{state}", lang))
        for m in listings:
            with tag("a", "", "meeting", href=f"/lead/{m.id}"):
                tag("b", m.title, dir="auto")
                tag("span", _when(m.planned, lang))
                if m.state != "done":
                    tag("span", _say("home.with_code", lang, code=spaced(m.code)))


def _new_meeting(recipes: Recipes, lang: Lang, plan: Plan, error: str = "") -> None:
    with page(_say("new.title", lang), lang), tag("form", action="/new", method="post"):
        if error:
            tag("p", error, "notice", role="alert")
        if len(recipes.whole) > 1:
            names = {key: tell(say(r.title), lang) for key, r in recipes.whole.items()}
            choice("recipe", _say("new.recipe", lang), names, plan.recipe)
        else:
            _only_recipe(recipes, lang, plan)
        field("name", _say("new.meeting", lang), plan.name, required=True, maxlength="80")
        if asked_question(recipes.whole[plan.recipe].phases):
            field("question", _say("new.question", lang), plan.question, maxlength="200")
        field("leader", _say("new.leader", lang), plan.leader, required=True, **_limit(NAME_LIMIT))
        field("house", _say("new.house", lang), plan.house, **_limit(ORIGIN_LIMIT))
        field(
            "origins",
            _say("new.origins", lang),
            plan.origins,
            _say("new.origins_hint", lang),
            maxlength="400",
        )
        choice(
            "lang",
            _say("new.lang", lang),
            {str(key): name for key, name in LANG_NAMES.items()},
            plan.lang,
        )
        button(_say("new.make", lang))
        link(_say("home.to_home", lang), "/", "button quiet")


def _only_recipe(recipes: Recipes, lang: Lang, plan: Plan) -> None:
    recipe = recipes.whole[plan.recipe]
    minutes = round(recipe.minutes)
    tag("input", type="hidden", name="recipe", value=plan.recipe)
    tag("p", f"{tell(say(recipe.title), lang)} · {minutes} min", "recipe")
    tag("p", tell(say(recipe.about), lang), "hint")


def _languages(lang: Lang) -> None:
    with tag("nav", "", "languages"):
        for other, name in LANG_NAMES.items():
            if other != lang:
                link(name, f"/lang/{other}")


def _limit(characters: int) -> dict[str, str | bool]:
    return {"maxlength": str(characters)}


def _when(planned: float, lang: Lang) -> str:
    return format_datetime(datetime.fromtimestamp(planned), "short", locale=lang)


def _say(key: str, lang: Lang, **values: Any) -> str:
    return tell(say(key, **values), lang)
