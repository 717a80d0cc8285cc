"""The addresses of a meeting's screens: room, leader, phone, and the picture of the code."""

from __future__ import annotations

from nicegui import app, ui
from starlette.requests import Request
from starlette.responses import Response

from facilitator.brakes import Asker
from facilitator.core.code import spaced, tidy
from facilitator.core.meeting import Refused
from facilitator.core.text import say
from facilitator.documents.sheets import running_sheet, viddevakt_card
from facilitator.house import House
from facilitator.lately import Lately
from facilitator.live import Live
from facilitator.texts import tell

from . import errors, leads
from .home import is_leader, join_page, message_page
from .missing import missing_page
from .picture import code_picture
from .plain import begin, lang_of
from .screen import Screen

PAPERS = {"running-sheet": running_sheet, "viddevakt-card": viddevakt_card}
AWAY = 600  # seconds a phone may be gone and come back to the same page
ALWAYS = 3600


def register(house: House, url: str, lately: Lately) -> None:
    links = leads.register(house, url)

    @ui.page("/room", reconnect_timeout=ALWAYS)
    def hall(request: Request, dark: bool = False) -> None:
        """Any browser: it shows a code until a leader pairs it, then whatever meeting is on."""
        lang = lang_of(request)
        begin(tell(say("hall.title"), lang), lang)
        Screen("room", "", lang, dark)

    @ui.page("/room/{meeting}", reconnect_timeout=ALWAYS)
    def room(request: Request, meeting: str, dark: bool = False) -> None:
        if live := _led(request, meeting):
            _draw("room", meeting, live, dark)

    @ui.page("/lead/{meeting}", reconnect_timeout=ALWAYS)
    def lead(request: Request, meeting: str, here: bool = False) -> None:
        if live := _led(request, meeting):
            if not here and shows_the_room(request, lately):
                leads.ask_page(request, house, links, meeting)
            else:
                _draw("lead", meeting, live)

    @ui.page("/j/{code}", reconnect_timeout=AWAY)
    def phone(request: Request, code: str) -> Response | None:
        try:
            meeting = house.led_to(code, Asker.of(request.scope))
        except Refused:
            return errors.wait(request)
        live = house.find(meeting) if meeting else None
        if live is None and meeting and house.why_shut(meeting):
            message_page("home.ask_leader", lang_of(request), title="home.shut")
        elif meeting is None or live is None:
            join_page(lang_of(request), unknown=spaced(tidy(code)[:12]))
        else:
            _draw("phone", house.scanned(meeting), live)
        return None

    @app.get("/qr/{code}.svg")
    def picture(request: Request, code: str) -> Response:
        try:
            meeting = house.led_to(code, Asker.of(request.scope))
        except Refused:
            return errors.wait(request)
        if meeting is None:
            return Response(status_code=404)
        address = f"{url}/j/{house.scanned(meeting)}"
        return Response(code_picture(address), media_type="image/svg+xml")

    @app.get("/papers/{meeting}/{name}.pdf")
    def paper(request: Request, meeting: str, name: str) -> Response:
        live = house.find(meeting) if is_leader(request, house) else None
        if live is None or name not in PAPERS:
            return Response(status_code=404)
        return Response(PAPERS[name](live.meeting), media_type="application/pdf")

    def _led(request: Request, meeting: str) -> Live | None:
        lang = lang_of(request)
        live = house.find(meeting)
        if not (is_leader(request, house) or (live and _leads(request, meeting, live))):
            message_page("home.leader_only", lang)
        elif live is None:
            missing_page(house, meeting, lang)
        else:
            return live
        return None

    def _leads(request: Request, meeting: str, live: Live) -> bool:
        """Whether the lead of this meeting was handed over to this browser's person."""
        m = live.meeting
        return m.holds(m.person(house.person(meeting, request.session["id"])), "leader")


def shows_the_room(request: Request, lately: Lately) -> bool:
    """The leader view is not to land on the projector by accident; once it is open, it is."""
    browser = request.session["id"]
    return lately.has(browser, "room") and not lately.has(browser, "lead")


def _draw(screen: str, meeting: str, live: Live, dark: bool = False) -> None:
    m = live.meeting
    begin(m.title, m.lang)
    Screen(screen, meeting, m.lang, dark)
