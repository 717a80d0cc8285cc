"""Is all ready? For the leader, before a meeting; and a page that a phone opens to prove its way.

Nobody is recorded: of the phones, the last one's address and time are kept in memory.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from ipaddress import ip_address

from nicegui import app, ui
from nicegui.client import ClientConnectionTimeout
from starlette.requests import Request
from starlette.responses import Response

from facilitator.addresses import addresses
from facilitator.core.text import Lang, say
from facilitator.house import House
from facilitator.machine import PING, PONG
from facilitator.readiness import SIGNS, VERDICTS, Arrival, Facts, Point, phone, points, worst
from facilitator.texts import ASSETS, TEXTS, tell

from .home import is_leader, message_page
from .plain import lang_of, link, page, plate, tag

TEST = "/hello"
WAIT = 20.0  # seconds in which somebody can find a phone and scan a code
LASTS = 900.0  # seconds for which a phone that came says something
PATIENCE = 10.0  # seconds from a page to its socket


class Arrivals:
    """The last who opened the test page, and the pages that want to know at once."""

    def __init__(self) -> None:
        self.last: Arrival | None = None
        self.listeners: list[Callable[[], None]] = []

    @property
    def recent(self) -> Arrival | None:
        """Of before, nothing follows: the phone or the computer may be on another network now."""
        return self.last if self.last and self.last.at > time.time() - LASTS else None

    def come(self, arrival: Arrival) -> None:
        self.last = arrival
        for listener in tuple(self.listeners):
            listener()


class Sheet:
    """What the page says of phones and of the machine: drawn anew as soon as a phone has come."""

    def __init__(self, facts: Facts, arrivals: Arrivals, address: str, lang: Lang) -> None:
        self._facts, self._arrivals, self._lang, self._waited = facts, arrivals, lang, False
        self._verdict = tag("p", "", "verdict")
        with tag("section", "", "phones"):
            tag("h2", _say("check.phones", lang))
            with tag("div", "", "scan"):
                plate(address, _say("leads.picture", lang))
                with tag("div"):
                    tag("p", _say("check.scan", lang))
                    tag("p", address.partition("://")[2], "address", translate="no")
                    self._phone = tag("div", role="status")
        with tag("section"):
            tag("h2", _say("check.computer", lang))
            self._machine = tag("div")
        self.redraw()

    def redraw(self) -> None:
        last = self._arrivals.recent
        reached = last is not None and last.met and not last.here
        found = points(self._facts, self._lang, reached)
        point = phone(last, self._waited, self._lang)
        self._verdict.set_text(_say(VERDICTS[worst([*found, point])], self._lang))
        _draw(self._phone, [point], self._lang)
        _draw(self._machine, found, self._lang)

    def wait_no_more(self) -> None:
        self._waited = True
        self.redraw()


class Browser(ui.element, component=ASSETS / "components" / "browser.js"):
    """What only the browser itself can say: its age, its window, its way to the program."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        words = {key: TEXTS[f"check.{key}"].root[lang] for key in (*IN_ORDER, *TO_MEND, *STATES)}
        words |= {f"{key}_do": TEXTS[f"check.{key}_do"].root[lang] for key in TO_MEND}
        self._props["words"], self._props["signs"], self._props["ping"] = words, SIGNS, PING


IN_ORDER = ("new_enough", "large_enough", "live")
TO_MEND = ("too_old", "too_small", "slow", "no_socket")
STATES = ("fine", "look", "wrong")


def register(house: House, url: str, look: Callable[[], Facts]) -> None:
    arrivals = Arrivals()

    @ui.page("/check", response_timeout=30)
    async def check(request: Request) -> None:
        lang = lang_of(request)
        if not is_leader(request, house):
            message_page("home.leader_only", lang)
            return
        facts = await asyncio.to_thread(look)
        with page(_say("check.title", lang), lang):
            sheet = Sheet(facts, arrivals, f"{url}{TEST}", lang)
            with tag("section"):
                tag("h2", _say("check.this_browser", lang))
                Browser(lang)
            with tag("div", "", "buttons"):
                link(_say("check.again", lang), "/check", "button")
                link(_say("home.to_home", lang), "/", "button quiet")
        ui.timer(WAIT, sheet.wait_no_more, once=True)
        arrivals.listeners.append(sheet.redraw)
        ui.context.client.on_delete(lambda: arrivals.listeners.remove(sheet.redraw))

    @ui.page(TEST)
    async def hello(request: Request) -> None:
        """It shows nothing of any meeting, so it needs no code."""
        lang = lang_of(request)
        with page(_say("check.hello_title", lang), lang):
            told = tag("div", role="status")
            _draw(told, [Point("wait", _say("check.hello_wait", lang))], lang)
        address = request.client.host if request.client else ""
        try:
            await ui.context.client.connected(PATIENCE)
        except ClientConnectionTimeout:
            arrivals.come(Arrival(time.time(), address, _is_here(address), met=False))
        else:
            _draw(told, [Point("fine", _say("check.hello", lang))], lang)
            arrivals.come(Arrival(time.time(), address, _is_here(address), met=True))

    @app.get(PING)
    def ping() -> Response:
        return Response(PONG, media_type="text/plain", headers={"cache-control": "no-store"})


def _draw(where: ui.element, found: list[Point], lang: Lang) -> None:
    """Each with a sign and, for those who do not see it, a word."""
    where.clear()
    with where, tag("ul", "", "points"):
        for point in found:
            with tag("li", "", f"point {point.state}"):
                tag("span", SIGNS[point.state], "sign", aria_hidden="true")
                with tag("div"):
                    with tag("p"):
                        tag("span", _say(f"check.{point.state}", lang) + ": ", "unseen")
                        tag("span", point.what, dir="auto")
                    if point.do:
                        tag("p", point.do, "do", dir="auto")


def _is_here(address: str) -> bool:
    """Whether it is this machine's own."""
    try:
        return ip_address(address).is_loopback or address in addresses()
    except ValueError:
        return False


def _say(key: str, lang: Lang) -> str:
    return tell(say(key), lang)
