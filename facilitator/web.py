"""What stands between the pages and the network: compressed files kept once, headers, memory."""

from __future__ import annotations

import gc
import hashlib
import re
import secrets
from collections.abc import Iterable, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from nicegui import Client, ui
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

A_YEAR = 365 * 24 * 3600  # seconds
LARGEST = 250_000  # bytes of a form: a long list of those who are expected has 30,000
ABSENT = 1500  # pages without a socket that are kept, at 0.16 MB each

_FILES = ("/_nicegui/", "/assets/")
_ICON = "/favicon.ico"
_CHANGING = "/dynamic_resources/"
_SCRIPT = re.compile(rb"<script\b")
_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),  # for browsers that do not know frame-ancestors
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class KeptFiles(GZipMiddleware):
    """Compress a file that never changes once, not once per phone.

    Stands outside of everything else: a file needs no session.
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, minimum_size=500, compresslevel=9)
        self._kept: dict[tuple[str, bool], tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if not _is_file(scope, path):
            await super().__call__(scope, receive, send)
            return
        key = (path, _takes_gzip(scope))
        if key not in self._kept:
            start, body = await self._fetch(scope, receive)
            if start["status"] != 200:
                await send(start)
                await send({"type": "http.response.body", "body": body})
                return
            self._kept[key] = (start, body)
        start, body = self._kept[key]
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def _fetch(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        start: MutableMapping[str, Any] = {}
        body = bytearray()

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        await super().__call__(scope, receive, keep)
        dropped = (b"content-length", b"transfer-encoding", b"set-cookie")
        headers = [(k, v) for k, v in start["headers"] if k.lower() not in dropped]
        headers.append((b"content-length", str(len(body)).encode()))
        return {**start, "headers": headers}, bytes(body)


class Headers:
    """Security headers on every answer; a nonce in every script of a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        start: Message = {}
        page = bytearray()

        async def add(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                message["headers"] = _with_ours(message["headers"], nonce, scope["path"])
                if not _is_page(message):
                    await send(message)
            elif not _is_page(start):
                await send(message)
            else:
                page.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await self._send_page(start, bytes(page), nonce, send)

        await self.app(scope, receive, add)

    async def _send_page(self, start: Message, page: bytes, nonce: str, send: Send) -> None:
        if len(Client.instances) > ABSENT:
            let_go_of_pages()
        body = _SCRIPT.sub(b'<script nonce="%s"' % nonce.encode(), page)
        kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
        length = (b"content-length", str(len(body)).encode())
        await send({**start, "headers": [*kept, length]})
        await send({"type": "http.response.body", "body": body})


class LetGo:
    """When a page is sent, all that stood around its request goes: NiceGUI keeps the request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ends = _Ends(receive, send)
        try:
            await self.app(scope, ends.receive, ends.send)
        finally:
            ends.let_go()
            for key in [key for key in scope if key.startswith("fastapi_")]:
                del scope[key]


class _Ends:
    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send

    async def receive(self) -> Message:
        return await self._receive()

    async def send(self, message: Message) -> None:
        await self._send(message)

    def let_go(self) -> None:
        del self._receive, self._send


class Named:
    """A browser's id in its signed cookie. NiceGUI's own keeps storage here for each browser."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "id" not in scope["session"]:
            scope["session"]["id"] = secrets.token_hex(16)
        await self.app(scope, receive, send)


def calm_memory() -> None:
    """The collector walking all of NiceGUI's elements is what makes the slow ones slow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def let_go_of_pages() -> None:
    """NiceGUI keeps a page for a minute until its socket comes, and some for as long as a phone
    may be away. Of very many the oldest are let go; a browser that does come back loads it anew."""
    absent = [page for page in Client.instances.values() if not page.has_socket_connection]
    for page in absent[: max(0, len(absent) - ABSENT)]:
        for document in tuple(page._delete_tasks):
            page._cancel_delete_task(document)
        page.delete()


def add_head(assets: Path) -> None:
    """The look, and a quick way back after a lost network, for every page."""
    resume = (assets / "components" / "resume.js").read_text(encoding="utf-8")
    ui.add_head_html(look(assets), shared=True)
    ui.add_body_html(f"<script>{resume}</script>", shared=True)


@cache
def look(assets: Path) -> str:
    """The link to the style sheet; browsers keep it until it has changed."""
    mark = hashlib.sha256((assets / "theme.css").read_bytes()).hexdigest()[:12]
    return f'<link rel="stylesheet" href="/assets/theme.css?{mark}">'


def _with_ours(
    given: Iterable[tuple[bytes, bytes]], nonce: str, path: str
) -> list[tuple[bytes, bytes]]:
    policy = (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        f"script-src 'self' 'nonce-{nonce}'"
    )
    headers = [*given, (b"content-security-policy", policy.encode()), *_ALWAYS]
    if b"cache-control" not in {name.lower() for name, _ in headers}:
        kept = b"max-age=86400" if path == _ICON else b"no-store"  # of what people wrote nothing is
        headers.append((b"cache-control", kept))
    return headers


def _is_file(scope: Scope, path: str) -> bool:
    is_get = scope["type"] == "http" and scope["method"] == "GET"
    return is_get and path.startswith(_FILES) and _CHANGING not in path


def _is_page(start: Message) -> bool:
    headers = dict(start.get("headers", ()))
    return bool(headers.get(b"content-type", b"").startswith(b"text/html"))


def _takes_gzip(scope: Scope) -> bool:
    return any(k == b"accept-encoding" and b"gzip" in v for k, v in scope["headers"])
