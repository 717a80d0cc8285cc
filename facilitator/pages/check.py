"""Is all ready? For the leader, before a meeting; and a page that a phone opens to prove its way.

Nobody is recorded: of the phones, the last one's address and time are kept in memory.
"""

from __future__ import annotations

import asyncio
import time
from base64 import b64encode
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
from facilitator.readiness import SIGNS, Arrival, Facts, Point, phone, points, worst
from facilitator.texts import ASSETS, TEXTS, tell

from .home import is_leader, message_page
from .picture import drawn
from .plain import lang_of, link, page, tag

TEST = "/hello"
WAIT = 20.0  # seconds in which somebody can find a phone and scan a code
PATIENCE = 10.0  # seconds from a page to its socket
VERDICTS = {"fine": "check.all_fine", "look": "check.some_look", "wrong": "check.some_wrong"}


class Arrivals:
    """The last who opened the test page, and the pages that want to know at once."""

    def __init__(self) -> None:
        self.last: Arrival | None = None
        self.listeners: list[Callable[[], None]] = []

    def come(self, arrival: Arrival) -> None:
        self.last = arrival
        for tell_ in tuple(self.listeners):
            tell_()


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
        arrival = arrivals.last
        reached = arrival is not None and arrival.met and not arrival.here
        found = points(facts, lang, reached)
        with page(_say("check.title", lang), lang):
            tag("p", _say(VERDICTS[worst(found)], lang), "verdict")
            _phones(arrivals, f"{url}{TEST}", lang)
            with tag("section"):
                tag("h2", _say("check.computer", lang))
                _draw(found, lang)
            with tag("section"):
                tag("h2", _say("check.this_browser", lang))
                Browser(lang)
            with tag("div", "", "buttons"):
                link(_say("check.again", lang), "/check", "button")
                link(_say("home.to_home", lang), "/", "button quiet")

    @ui.page(TEST)
    async def hello(request: Request) -> None:
        """It shows nothing of any meeting, so it needs no code."""
        lang = lang_of(request)
        with page(_say("check.hello_title", lang), lang):
            said = tag("p", _say("check.hello_wait", lang), "verdict", role="status")
        address = request.client.host if request.client else ""
        try:
            await ui.context.client.connected(PATIENCE)
        except ClientConnectionTimeout:
            arrivals.come(Arrival(time.time(), address, _is_here(address), met=False))
        else:
            said.set_text(_say("check.hello", lang))
            arrivals.come(Arrival(time.time(), address, _is_here(address), met=True))

    @app.get(PING)
    def ping() -> Response:
        return Response(PONG, media_type="text/plain", headers={"cache-control": "no-store"})


def _phones(arrivals: Arrivals, address: str, lang: Lang) -> None:
    """The way for a phone, and whether one has come: told as soon as it has."""
    client, waited = ui.context.client, False
    with tag("section"):
        tag("h2", _say("check.phones", lang))
        with tag("div", "", "scan"):
            picture = f"data:image/svg+xml;base64,{b64encode(drawn(address)).decode()}"
            tag("img", "", "plate", src=picture, alt=_say("leads.picture", lang))
            with tag("div"):
                tag("p", _say("check.scan", lang))
                tag("p", address.partition("://")[2], "address", translate="no")
                told = tag("div", "", "told", role="status")

    def redraw() -> None:
        told.clear()
        with told:
            _draw([phone(arrivals.last, waited, lang)], lang)

    def wait_no_more() -> None:
        nonlocal waited
        waited = True
        redraw()

    redraw()
    ui.timer(WAIT, wait_no_more, once=True)
    arrivals.listeners.append(redraw)
    client.on_delete(lambda: arrivals.listeners.remove(redraw))


def _draw(found: list[Point], lang: Lang) -> None:
    """Each with a sign and, for those who do not see it, a word."""
    with tag("ul", "", "points"):
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
