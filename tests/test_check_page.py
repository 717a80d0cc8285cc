"""Before the meeting, over http: who sees the points, and what a phone's test page gives away."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest
import zxingcpp

from facilitator.core.text import LANGS, Lang
from facilitator.machine import PING, PONG
from facilitator.texts import TEXTS
from tests.server import Server
from tests.test_pages import drawn
from tests.visitor import FORM, Visitor


def test_the_leader_comes_to_it_from_the_list_of_meetings(
    leader: Visitor, stranger: Visitor
) -> None:
    assert '"/check"' in leader.get("/").text
    assert '"/check"' not in stranger.get("/").text


def test_it_says_the_points_of_the_machine(app_server: Server, leader: Visitor) -> None:
    page = leader.get("/check").text
    for words in (
        f"Meetings are stored in {app_server.folder}.",
        f"The program runs on port {app_server.port}.",
        "The program listens on this computer only",  # as it does in these tests
        "No phone has come through yet.",
    ):
        assert words in page


def test_a_stranger_is_told_nothing_of_the_machine(app_server: Server, stranger: Visitor) -> None:
    page = stranger.get("/check").text
    assert "This page is for the chair" in page
    assert str(app_server.folder) not in page


def test_its_picture_leads_a_phone_to_the_test_page(app_server: Server, leader: Visitor) -> None:
    picture = re.search(r"data:image/svg\+xml;base64,([\w+/=]+)", leader.get("/check").text)[1]
    [read] = zxingcpp.read_barcodes(drawn(b64decode(picture)))
    assert read.text == f"{app_server.url}/hello"


async def test_a_damaged_meeting_is_named(app_server: Server, leader: Visitor) -> None:
    meeting = leader.post("/new", FORM | {"name": "Skadd møte"}).to.removeprefix("/lead/")
    assert "Skadd møte" not in leader.get("/check").text
    path = app_server.folder / "meetings" / f"{meeting}.journal"
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + b"?" + whole[41:])
    try:
        page = leader.get("/check").text
    finally:
        path.write_bytes(whole)
    assert "The meeting “Skadd møte” cannot be opened" in page
    assert str(path) in page


# The test page


@pytest.mark.parametrize("lang", LANGS)
def test_a_phone_needs_no_code_and_is_spoken_to_in_its_language(
    app_server: Server, lang: Lang
) -> None:
    page = Visitor(app_server, lang).get("/hello")
    assert page.status == 200
    assert TEXTS["check.hello_wait"].root[lang] in page.text


def test_the_test_page_gives_away_nothing(
    app_server: Server, leader: Visitor, stranger: Visitor
) -> None:
    meeting = leader.post("/new", FORM | {"name": "Løyndom"}).to.removeprefix("/lead/")
    before = files(app_server.folder)
    page = stranger.get("/hello").text
    for secret in ("Løyndom", meeting, str(app_server.folder), "/lead/", "/j/"):
        assert secret not in page
    assert files(app_server.folder) == before, "and nobody is recorded"


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_ping_tells_the_program_from_others(stranger: Visitor) -> None:
    answer = stranger.get(PING)
    assert answer.body == PONG
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/new", "/check", "/hello", "/lead/{meeting}"])
@pytest.mark.parametrize("lang", LANGS)
def test_without_javascript_every_page_says_what_it_needs(
    app_server: Server, path: str, lang: Lang
) -> None:
    leader = Visitor(app_server, lang).lead()
    meeting = leader.post("/new", FORM | {"lang": lang}).to.removeprefix("/lead/")
    page = leader.get(path.format(meeting=meeting)).text
    [said] = re.findall(r"<noscript>(.*?)</noscript>", page)
    assert TEXTS["check.no_script"].root[lang] in said
