"""The command line: each option also as FACILITATOR_…, the leader's key only so."""

from __future__ import annotations

import argparse
import locale
import os
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from facilitator.core.text import LANGS, Lang, say

from .addresses import addresses
from .texts import tell

PORT = 8080
KEY_LENGTH = 20  # characters; the one we make has 32, which are 128 bits


class CannotStart(Exception):
    """Said in words, to whoever started the program."""


@dataclass(frozen=True)
class Settings:
    host: str
    port: int
    data: Path
    url: str
    browser: bool
    leader_key: str
    lang: Lang
    proxy: str  # whose word is taken for where somebody comes from, with commas; "" of none

    @property
    def address(self) -> str:
        """What people type: the address without its scheme."""
        return self.url.partition("://")[2]

    def greet(self, leader_key: str) -> None:
        own = f"http://localhost:{self.port}/leader/{leader_key}"
        link = f"{self.url}/leader/{leader_key}"
        is_open = self.host not in ("127.0.0.1", "localhost")
        others = [f"http://{a}:{self.port}" for a in addresses()] if is_open else []
        print(tell(say("command.leader", link=own), self.lang))
        if is_open:
            print(tell(say("command.leader_elsewhere", link=link), self.lang))
        print(tell(say("command.phones", url=self.url), self.lang))
        for other in others:
            if other != self.url:
                print(tell(say("command.also", url=other), self.lang))
        print(tell(say("command.data", folder=str(self.data)), self.lang), flush=True)
        if self.browser:
            threading.Thread(target=webbrowser.open, args=(own,), daemon=True).start()


def read_settings(
    argv: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """Raises CannotStart when the port is taken or the folder cannot be written."""
    settings = settings_of(parser(environ, terminal_lang(environ)).parse_args(argv), environ)
    _check(settings)
    return settings


def settings_of(given: argparse.Namespace, environ: Mapping[str, str]) -> Settings:
    """What was asked for, whether or not it will do."""
    return Settings(
        host=given.host,
        port=given.port,
        data=given.data.expanduser().resolve(),
        url=given.url.rstrip("/") or own_url(given.host, given.port),
        browser=not given.no_browser,
        leader_key=environ.get("FACILITATOR_LEADER_KEY", ""),
        lang=terminal_lang(environ),
        proxy=given.proxy,
    )


def parser(environ: Mapping[str, str], lang: Lang) -> argparse.ArgumentParser:
    def given(name: str, default: str) -> str:
        return environ.get(f"FACILITATOR_{name}") or default

    def help_(key: str) -> str:
        return tell(say(f"command.help_{key}"), lang)

    data = platformdirs.user_data_path("facilitator", appauthor=False)
    silent = given("NO_BROWSER", "").lower() not in ("", "0", "no", "false")
    options = argparse.ArgumentParser("facilitator", description=help_("about"))
    options.add_argument("--host", default=given("HOST", "0.0.0.0"), help=help_("host"))
    options.add_argument("--port", type=int, default=given("PORT", str(PORT)), help=help_("port"))
    options.add_argument("--data", type=Path, default=given("DATA", str(data)), help=help_("data"))
    options.add_argument("--url", default=given("URL", ""), help=help_("url"))
    options.add_argument("--proxy", default=given("PROXY", ""), help=help_("proxy"))
    options.add_argument("--no-browser", action="store_true", default=silent, help=help_("browser"))
    return options


def _check(settings: Settings) -> None:
    if is_weak(settings.leader_key):
        raise CannotStart(tell(say("command.weak_key", n=KEY_LENGTH), settings.lang))
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=settings.data) as file:
            file.write(b"?")
    except OSError as error:
        raise CannotStart(
            tell(
                say("command.no_folder", folder=str(settings.data), why=error.strerror or ""),
                settings.lang,
            )
        ) from None
    try:
        with socket.create_server((settings.host, settings.port), reuse_port=False):
            pass
    except (OSError, OverflowError):
        raise CannotStart(
            tell(say("command.port_taken", port=settings.port), settings.lang)
        ) from None


def is_weak(key: str) -> bool:
    return bool(key) and (len(key) < KEY_LENGTH or not key.isascii() or not key.isalnum())


def own_url(host: str, port: int) -> str:
    if host not in ("0.0.0.0", "::"):
        return f"http://{host}:{port}"
    return f"http://{next(iter(addresses()), 'localhost')}:{port}"


def terminal_lang(environ: Mapping[str, str] = os.environ) -> Lang:
    """The terminal's language, if we speak it."""
    name = (environ.get("LC_ALL") or environ.get("LANG") or locale.getlocale()[0] or "").lower()
    if name.startswith("no"):
        return "nb"
    return next((lang for lang in LANGS if name.startswith(lang)), "en")
