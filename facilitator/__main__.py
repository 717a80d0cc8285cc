"""The program: what the command line says, and every route on one page."""

from __future__ import annotations

import sys
from functools import partial

import uvicorn
from fastapi import FastAPI
from nicegui import app, core, ui
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.sessions import SessionMiddleware

from facilitator.core.text import say

from . import gate, machine, web
from .archive import Damaged, InUse, Newer, lock
from .caretaker import Caretaker
from .channel import Channel
from .check import check
from .command import CannotStart, Settings, read_settings, terminal_lang
from .house import House
from .pages import check as readiness
from .pages import errors, home, meeting, new
from .recipes import read_recipes
from .rehearsal.command import Beside, read_wish, rehearse
from .texts import ASSETS, tell
from .working import start


def main() -> None:
    try:
        if sys.argv[1:2] == ["rehearse"]:
            rehearse(read_wish(sys.argv[2:], terminal_lang()), serve)
        elif sys.argv[1:2] == ["check"]:
            sys.exit(0 if check(sys.argv[2:]) else 1)
        else:
            serve(read_settings())
    except CannotStart as error:
        sys.exit(str(error))


def serve(settings: Settings, beside: Beside | None = None) -> None:
    """Run until stopped, and what goes on `beside`. Raises CannotStart."""
    house = _house(settings)
    gate.guard(core.sio)
    channel = Channel(core.sio, house, settings.address)

    app.add_static_files("/assets", ASSETS, max_cache_age=web.A_YEAR)
    recipes = read_recipes()
    home.register(house, recipes)
    new.register(house, recipes)
    meeting.register(house, settings.url, channel.lately)
    readiness.register(house, settings.url, partial(machine.look, settings, runs=True))
    errors.register()
    web.add_head(ASSETS)
    app.on_startup(web.calm_memory)
    app.storage.max_tab_storage_age = 0  # we keep nothing there
    app.on_startup(lambda: settings.greet(house.leader_key))
    caretaker = Caretaker(house, lambda: channel.watched)
    app.on_startup(lambda: start(caretaker.stay()))
    if beside is not None:
        app.on_startup(lambda: start(beside(house)))

    outer = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    ui.run_with(
        outer,
        title="Facilitator",
        favicon=ASSETS / "icon.svg",
        tailwind=False,
        show_welcome_message=False,
        binding_refresh_interval=None,
        message_history_length=100,
        gzip_middleware_factory=None,
    )
    known = SessionMiddleware(
        gate.Gate(web.Named(web.LetGo(outer)), core.sio, house.now),
        house.secret,
        session_cookie="facilitator",
        max_age=30 * 24 * 3600,
        https_only=settings.url.startswith("https:"),
    )
    uvicorn.run(
        web.KeptFiles(web.Headers(RequestBodyLimitMiddleware(known, web.LARGEST))),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.proxy),
        forwarded_allow_ips=settings.proxy,
        ws="wsproto",
        ws_max_size=gate.LARGEST,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
    )


def _house(settings: Settings) -> House:
    try:
        lock(settings.data / "lock")
        return House(settings.data, settings.leader_key)
    except Damaged as error:
        told = say("command.damaged", path=str(error.path), line=error.line)
        raise CannotStart(tell(told, settings.lang)) from None
    except Newer as error:
        told = say("command.newer", path=str(error.path))
        raise CannotStart(tell(told, settings.lang)) from None
    except InUse:
        told = say("command.in_use", folder=str(settings.data))
        raise CannotStart(tell(told, settings.lang)) from None


if __name__ == "__main__":
    main()
