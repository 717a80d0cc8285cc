"""The addresses of a meeting's screens: room, leader, phone, and the picture of the code."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import qrcode
from nicegui import app, ui
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage
from starlette.requests import Request
from starlette.responses import Response

from facilitator.core.code import spaced, tidy
from facilitator.house import House
from facilitator.live import Live

from .home import is_leader, join_page, message_page
from .plain import lang_of, speaks
from .screen import Screen

AWAY = 600  # seconds a phone may be gone and come back to the same page
ALWAYS = 3600


def register(house: House, url: str) -> None:
    @ui.page("/room/{meeting}", reconnect_timeout=ALWAYS)
    def room(request: Request, meeting: str, dark: bool = False) -> None:
        if live := _led(request, meeting):
            _draw("room", meeting, live, dark)

    @ui.page("/lead/{meeting}", reconnect_timeout=ALWAYS)
    def lead(request: Request, meeting: str) -> None:
        if live := _led(request, meeting):
            _draw("lead", meeting, live)

    @ui.page("/j/{code}", reconnect_timeout=AWAY)
    def phone(request: Request, code: str) -> None:
        meeting = house.by_code(code)
        live = house.find(meeting) if meeting else None
        if live is None:
            join_page(lang_of(request), unknown=spaced(tidy(code)[:12]))
        else:
            _draw("phone", tidy(code), live)

    @app.get("/qr/{code}.svg")
    def picture(code: str) -> Response:
        if house.by_code(code) is None:
            return Response(status_code=404)
        return Response(code_picture(f"{url}/j/{tidy(code)}"), media_type="image/svg+xml")

    def _led(request: Request, meeting: str) -> Live | None:
        lang = lang_of(request)
        live = house.find(meeting)
        if not (is_leader(request, house) or (live and _leads(request, meeting, live))):
            message_page("home.leader_only", lang)
        elif live is None:
            listed = house.listing(meeting) is not None
            message_page("home.damaged" if listed else "home.no_meeting", lang)
        else:
            return live
        return None

    def _leads(request: Request, meeting: str, live: Live) -> bool:
        """Whether the lead of this meeting was handed over to this browser's person."""
        m = live.meeting
        return m.holds(m.person(house.person(meeting, request.session["id"])), "leader")


def _draw(screen: str, meeting: str, live: Live, dark: bool = False) -> None:
    m = live.meeting
    ui.page_title(m.title)
    ui.add_head_html(speaks(m.lang))
    Screen(screen, meeting, m.lang, dark)


@lru_cache(maxsize=256)
def code_picture(address: str) -> bytes:
    """An SVG of the code: dark on white, four modules of quiet zone, level M."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(address)
    out = BytesIO()
    code.make_image(image_factory=SvgPathFillImage).save(out)
    return out.getvalue()
