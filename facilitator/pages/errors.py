"""What has no page: addresses that lead nowhere, too many wrong codes, our own mistakes.

Said in the browser's language, and without NiceGUI, which would keep a page for each of them.
"""

from __future__ import annotations

from html import escape

from fastapi.exceptions import RequestValidationError
from nicegui import app
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from facilitator.core.text import say
from facilitator.texts import ASSETS, tell
from facilitator.web import look

from .plain import lang_of


def register() -> None:
    """In place of NiceGUI's own pages, which are English and name the exception."""

    @app.exception_handler(404)
    @app.exception_handler(RequestValidationError)  # a number in the address that is none
    async def unknown(request: Request, error: Exception) -> Response:
        return said(request, "home.no_page", 404)

    @app.exception_handler(Exception)  # raised again afterwards, so it is logged
    async def broken(request: Request, error: Exception) -> Response:
        return said(request, "home.failed", 500)


def wait(request: Request) -> Response:
    """After too many wrong codes."""
    return said(request, "home.wait", 429)


def said(request: Request, key: str, status: int) -> Response:
    """A page that says one thing and leads home."""
    lang = lang_of(request)
    title, words, home = (
        escape(tell(say(each), lang)) for each in (f"{key}_title", key, "home.to_home")
    )
    page = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{look(ASSETS)}</head><body><main class="page">'
        f'<h1>{title}</h1><p>{words}</p><a class="button" href="/">{home}</a></main></body></html>'
    )
    return HTMLResponse(page, status)
