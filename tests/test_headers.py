"""Every route and every file, walked through: what each answer says to the browser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest

from facilitator.texts import ASSETS
from tests.server import ROOT, Server, free_port
from tests.test_pages import code_in
from tests.visitor import FORM, Answer, Visitor

# The app as it is about to be served, in a process of its own, tells its routes and is not served.
ROUTES = """
import json, sys, tempfile, uvicorn
from nicegui import app

def tell(served, **_):
    print(json.dumps([[r.path, sorted(getattr(r, "methods", None) or [])] for r in app.routes]))

uvicorn.run = tell
sys.argv = ["facilitator", "--no-browser", "--data", tempfile.mkdtemp(), "--port", sys.argv[1]]
from facilitator.__main__ import main
main()
"""
ASKED = {
    "content-security-policy": r".*frame-ancestors 'none'.*script-src 'self' 'nonce-[\w-]{22}'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": r".*camera=\(\).*microphone=\(\).*",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@cache
def routes() -> list[tuple[str, list[str]]]:
    command = [sys.executable, "-c", ROUTES, str(free_port())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return [(path, methods) for path, methods in json.loads(done.stdout)]


@pytest.fixture
def filled(leader: Visitor) -> dict[str, str]:
    meeting = leader.post("/new", FORM).to.removeprefix("/lead/")
    known = {"meeting": meeting, "code": code_in(leader.get("/").text, meeting), "lang": "nn"}
    return {
        **known,
        "name": "running-sheet",
        "key": "x",
        "token": "x",
        "path": "x",
        "key:path": "x",
    }


def files(visitor: Visitor) -> set[str]:
    ours = {quote(f"/assets/{p.relative_to(ASSETS)}") for p in ASSETS.rglob("*") if p.is_file()}
    page = visitor.get("/").text
    return ours | set(re.findall(r'"(/_nicegui/[^"]+\.(?:js|css))"', page)) | {"/favicon.ico"}


def judge(path: str, answer: Answer) -> None:
    for name, value in ASKED.items():
        [said] = answer.headers.get_all(name, [])
        assert re.fullmatch(value, said), f"{path}: {name}: {said}"
    assert answer.headers.get("server") is None, path
    assert answer.headers.get("x-powered-by") is None, path
    [kept] = answer.headers.get_all("cache-control", [])
    is_file = path.startswith(("/assets/", "/_nicegui/")) or path == "/favicon.ico"
    assert is_file or kept == "no-store", f"{path}: {kept}"


def test_every_route_says_what_browsers_must_know(
    leader: Visitor, app_server: Server, filled: dict[str, str]
) -> None:
    paths = {re.sub(r"{([\w:]+)}", lambda m: filled.get(m[1], "x"), p) for p, _ in routes()}
    assert {"/", "/new", "/practise", "/room", f"/lead/{filled['meeting']}"} <= paths
    assert len(paths) > 15
    for visitor in (leader, Visitor(app_server)):
        for path in sorted(paths | {"/nowhere", "/?older=x", "/_nicegui_ws/socket.io/"}):
            for method in ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"):
                answer = visitor._ask(method, path, None, {})
                assert answer.status < 500, f"{method} {path}"
                judge(path, answer)


def test_every_file_says_it_too(leader: Visitor) -> None:
    paths = files(leader)
    assert len(paths) > 30
    for path in sorted(paths):
        for headers in ({}, {"Accept_Encoding": "gzip"}, {"Range": "bytes=0-9"}):
            answer = leader.get(path, **headers)
            assert answer.status in (200, 206), path
            judge(path, answer)


def test_what_the_app_refuses_says_it_as_well(app_server: Server) -> None:
    visitor = Visitor(app_server)
    statuses = {}
    for path, headers in (
        ("/_nicegui_ws/socket.io/?EIO=4&transport=polling", {}),
        ("/assets/%2e%2e/pyproject.toml", {}),
        ("/papers/x/x.pdf", {}),
        *((f"/j/AAAAA{n}", {}) for n in "3467934679AC"),
    ):
        answer = visitor.get(path, **headers)
        statuses[path] = answer.status
        judge(path, answer)
    assert {429, 404} <= set(statuses.values())


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1", "https://mote.example.no"], ids=["http", "https"]
)
def test_the_cookie_goes_over_tls_alone_where_there_is_tls(tmp_path: Path, url: str) -> None:
    server = Server(tmp_path / "data", free_port(), url=url)
    server.start()
    try:
        cookie = Visitor(server).get("/").headers["set-cookie"].lower()
    finally:
        server.stop()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert ("secure" in cookie) is url.startswith("https")
