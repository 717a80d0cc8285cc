"""How the leader's own phone comes to lead: a code that works once, and never the house's key."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitator.core.text import Lang, say
from facilitator.house import House
from facilitator.texts import tell

from . import errors
from .home import is_held, is_leader, message_page
from .missing import missing_page
from .plain import lang_of, link, page, plate, tag

LASTS = 300.0  # seconds that a link is good


class Links:
    """Links that make one browser a leader's. In memory alone: a restart makes them void."""

    def __init__(self, url: str, now: Callable[[], float]) -> None:
        self._url, self._now = url, now
        self._open: dict[str, tuple[str, float]] = {}  # token -> meeting, until when

    def make(self, meeting: str) -> str:
        """A new link's address."""
        now = self._now()
        self._open = {token: link for token, link in self._open.items() if link[1] > now}
        token = secrets.token_urlsafe(16)  # 128 bits
        self._open[token] = (meeting, now + LASTS)
        return f"{self._url}/leads/{token}"

    def use(self, token: str) -> str | None:
        """The meeting it leads to, for the first who comes in time."""
        meeting, until = self._open.pop(token, ("", 0.0))
        return meeting if until > self._now() else None


def register(house: House, url: str) -> Links:
    links = Links(url, house.now)

    @ui.page("/leads/{token}")
    def leads(request: Request, token: str) -> Response | None:
        meeting = links.use(token)
        if meeting is None:
            if is_held(request, house):
                return errors.wait(request)
            message_page("leads.used", lang_of(request))
            return None
        request.session["leader"] = house.leader_mark
        return RedirectResponse(f"/lead/{meeting}", status_code=303)

    @ui.page("/lead/{meeting}/phone")
    def phone(request: Request, meeting: str) -> None:
        lang = lang_of(request)
        if not is_leader(request, house):
            message_page("home.leader_only", lang)
        elif house.find(meeting) is None:
            missing_page(house, meeting, lang)
        else:
            with page(_say("leads.phone_title", lang), lang):
                _scan(_say("leads.phone", lang), links.make(meeting), lang)
                link(_say("leads.to_lead", lang), f"/lead/{meeting}", "button quiet")

    return links


def ask_page(request: Request, house: House, links: Links, meeting: str) -> None:
    """Before the leader view lands on the projector. Its code is for those who may lead all."""
    lang = lang_of(request)
    with page(_say("leads.ask_title", lang), lang):
        if is_leader(request, house):
            _scan(_say("leads.ask", lang), links.make(meeting), lang)
        link(_say("leads.to_room", lang), f"/room/{meeting}", "button main")
        tag("p", _say("leads.two", lang), "hint")
        link(_say("leads.here", lang), f"/lead/{meeting}?here=1", "button quiet")


def _scan(words: str, address: str, lang: Lang) -> None:
    with tag("div", "", "scan"):
        plate(address, _say("leads.picture", lang))
        with tag("div"):
            tag("p", words)
            tag("p", _say("leads.once", lang), "hint")


def _say(key: str, lang: Lang) -> str:
    return tell(say(key), lang)
