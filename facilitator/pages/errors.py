"""Addresses that lead nowhere and our own mistakes, said in the browser's language."""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError
from nicegui import Client, app
from nicegui.page import page as nicegui_page
from starlette.requests import Request
from starlette.responses import Response

from .home import message_page
from .plain import lang_of


def register() -> None:
    """In place of NiceGUI's own pages, which are English and name the exception."""

    @app.exception_handler(404)
    @app.exception_handler(RequestValidationError)  # a number in the address that is none
    async def unknown(request: Request, error: Exception) -> Response:
        return _drawn(request, "home.no_page", 404)

    @app.exception_handler(Exception)  # raised again afterwards, so it is logged
    async def broken(request: Request, error: Exception) -> Response:
        return _drawn(request, "home.failed", 500)


def _drawn(request: Request, key: str, status: int) -> Response:
    with Client(nicegui_page(""), request=request) as client:
        message_page(key, lang_of(request))
    return client.build_response(request, status)
