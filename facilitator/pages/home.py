"""Home: the leader's meetings and a new one. Others see only “join with a code”."""

from __future__ import annotations

import hmac
from datetime import datetime
from itertools import islice
from typing import Any

from nicegui import app, ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitator.brakes import Asker
from facilitator.core.code import spaced, tidy
from facilitator.core.text import LANGS, Lang, say
from facilitator.dates import date, day, time_of_day
from facilitator.house import House, Listing
from facilitator.recipes import Recipes
from facilitator.texts import tell

from . import errors
from .plain import LANG_NAMES, button, field, lang_of, link, page, tag

SHOWN = 20  # meetings on one page


def register(house: House, recipes: Recipes) -> None:
    @ui.page("/")
    def home(request: Request, older: int = 0) -> None:
        lang = lang_of(request)
        if is_leader(request, house):
            _meetings(house, recipes, lang, max(0, older))
        else:
            join_page(lang)

    @app.get("/leader/{key}")
    def leader(request: Request, key: str) -> Response:
        """The leader's link: the key is proved once and kept out of the address from then on."""
        if hmac.compare_digest(key.encode(), house.leader_key.encode()):
            request.session["leader"] = house.leader_mark
        elif is_held(request, house):
            return errors.wait(request)
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


def is_held(request: Request, house: House) -> bool:
    """One more wrong code or key; whether there were too many before."""
    who = Asker.of(request.scope)
    held = house.guesses.held(who)
    if not held:
        house.guesses.wrong(who)
    return held


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


def message_page(key: str, lang: Lang, title: str = "", **values: Any) -> None:
    """A page that says one thing and leads home. `title` is a key, if not the text's own."""
    with page(_say(title or f"{key}_title", lang), lang):
        tag("p", _say(key, lang, **values))
        link(_say("home.to_home", lang), "/", "button")


def _meetings(house: House, recipes: Recipes, lang: Lang, older: int) -> None:
    """What runs; what is to come, soonest first; of the rest so many at a time, newest first."""
    with page(_say("home.title", lang), lang):
        with tag("div", "", "buttons"):
            link(_say("home.new", lang), "/new", "button main")
            link(_say("check.title", lang), "/check", "button quiet")
        for broken in recipes.broken.values():
            tag("pre", str(broken), "notice", role="alert")
        running = house.running()[:SHOWN]
        for m in running:  # they are open, or will be soon: one that cannot be is said so
            house.find(m.id)
        due = house.due(since=_midnight())[:SHOWN]
        first = {m.id for m in due}
        rest = (m for m in house.meetings() if m.state != "running" and m.id not in first)
        shown = list(islice(rest, older * SHOWN, (older + 1) * SHOWN))
        if not (running or due or shown):
            tag("p", _say("home.none_yet", lang), "empty")
        _list(house, "running", running, lang)
        _list(house, "planned", [*due, *(m for m in shown if m.state == "planned")], lang)
        _list(house, "done", [m for m in shown if m.state == "done"], lang)
        if next(rest, None):
            link(_say("home.older", lang), f"/?older={older + 1}")
        _languages(lang)


def _list(house: House, state: str, listings: list[Listing], lang: Lang) -> None:
    if not listings:
        return
    with tag("section", "", "list"):
        tag("h2", _say(f"home.{state}", lang))
        for m in listings:
            with tag("a", "", "meeting", href=f"/lead/{m.id}"):
                tag("b", m.title, dir="auto")
                tag("span", when(m, lang))
                if house.why_shut(m.id):
                    tag("small", _say("home.shut", lang))
                if m.state != "done":
                    tag("span", _say("home.with_code", lang, code=spaced(m.code)))


def _languages(lang: Lang) -> None:
    with tag("nav", "", "languages"):
        for other, name in LANG_NAMES.items():
            if other != lang:
                link(name, f"/lang/{other}")


def when(m: Listing, lang: Lang) -> str:
    """When it goes on, or is to be held, if that is known; else when it was made."""
    if m.put_off:
        return _say("home.goes_on", lang, when=m.put_off)
    if m.at is None:
        return _say("home.made", lang, date=date(datetime.fromtimestamp(m.planned), lang))
    at = datetime.fromtimestamp(m.at)
    time = time_of_day(at, lang)
    if at.date() == datetime.now().date():
        return _say("home.today", lang, time=time)
    return _say("home.on", lang, day=day(at, lang), time=time)


def _midnight() -> float:
    """When today began, where the program runs; in epoch seconds."""
    return datetime.now().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def _say(key: str, lang: Lang, **values: Any) -> str:
    return tell(say(key, **values), lang)
