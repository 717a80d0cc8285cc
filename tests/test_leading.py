"""The leader view on the leader's own phone, and never on the projector by accident."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Any

import pytest
import socketio
import zxingcpp

from facilitator.lately import MOMENT, Lately
from facilitator.pages.leads import LASTS, Links
from tests.server import KEY, Server
from tests.test_pages import drawn, socket_of, told
from tests.visitor import Visitor

ASKS = "This computer shows the room screen"


def scanned(page: str) -> str:
    """What a phone reads off a page, as a path."""
    [picture] = re.findall(r"data:image/svg\+xml;base64,([\w+/=]+)", page)
    [read] = zxingcpp.read_barcodes(drawn(b64decode(picture)))
    return "/" + read.text.split("/", 3)[3]


# The link


def test_the_leaders_phone_scans_and_leads(
    leader: Visitor, stranger: Visitor, meeting: str
) -> None:
    page = leader.get(f"/lead/{meeting}/phone")
    assert KEY not in page.text
    answer = stranger.get(scanned(page.text))
    assert (answer.status, answer.to) == (303, f"/lead/{meeting}")
    assert "Teammøte" in stranger.get(answer.to).text


def test_the_link_works_once(app_server: Server, leader: Visitor, meeting: str) -> None:
    path = scanned(leader.get(f"/lead/{meeting}/phone").text)
    first, second = Visitor(app_server), Visitor(app_server)
    first.get(path)
    assert "no longer works" in second.get(path).text
    assert "New meeting" in first.get("/").text
    assert "New meeting" not in second.get("/").text


def test_every_page_has_a_link_of_its_own_and_it_cannot_be_guessed(
    leader: Visitor, meeting: str
) -> None:
    paths = {scanned(leader.get(f"/lead/{meeting}/phone").text) for _ in range(3)}
    assert len(paths) == 3
    assert all(len(path.removeprefix("/leads/")) * 6 >= 128 for path in paths)


@pytest.mark.parametrize("token", ["x", "a" * 22, "%00", "%F0%9F%98%80", "a" * 3000])
def test_a_made_up_link_opens_nothing(stranger: Visitor, token: str) -> None:
    assert "no longer works" in stranger.get(f"/leads/{token}").text
    assert "New meeting" not in stranger.get("/").text


def test_a_stranger_gets_no_link(stranger: Visitor, leader: Visitor, meeting: str) -> None:
    page = stranger.get(f"/lead/{meeting}/phone").text
    assert "This page is for the chair" in page
    assert "base64" not in page
    assert "There is no meeting here" in leader.get("/lead/nothing/phone").text


def test_a_link_is_good_for_five_minutes() -> None:
    now = [1000.0]
    links = Links("http://here", lambda: now[0])
    early, late = (links.make("m").rpartition("/")[2] for _ in range(2))
    now[0] += LASTS - 1
    assert links.use(early) == "m"
    now[0] += 1
    assert links.use(late) is None
    assert links.use(early) is None
    links.make("m")
    assert len(links._open) == 1


# Asking first


async def test_where_the_room_screen_is_shown_the_leader_view_asks_first(
    app_server: Server, leader: Visitor, stranger: Visitor, meeting: str
) -> None:
    room = await socket_of(leader, app_server, {"screen": "room", "meeting": meeting})
    try:
        page = leader.get(f"/lead/{meeting}").text
        assert ASKS in page
        assert f"/lead/{meeting}?here=1" in page
        assert f"/room/{meeting}" in page
        assert KEY not in page
        assert stranger.get(scanned(page)).to == f"/lead/{meeting}"
        assert ASKS not in stranger.get(f"/lead/{meeting}").text  # the phone is asked nothing
        assert ASKS not in leader.get(f"/lead/{meeting}?here=1").text
    finally:
        await room.disconnect()
    assert ASKS in leader.get(f"/lead/{meeting}").text  # also a moment later: it reloads


async def test_a_screen_that_waits_to_be_paired_is_a_room_screen_too(
    app_server: Server, leader: Visitor, meeting: str
) -> None:
    room = await socket_of(leader, app_server, {"screen": "room", "meeting": "", "lang": "en"})
    try:
        assert ASKS in leader.get(f"/lead/{meeting}").text
    finally:
        await room.disconnect()


async def test_an_open_leader_view_may_be_reloaded(
    app_server: Server, leader: Visitor, meeting: str
) -> None:
    lead = await socket_of(leader, app_server, {"screen": "lead", "meeting": meeting})
    room = await socket_of(leader, app_server, {"screen": "room", "meeting": meeting})
    try:
        assert ASKS not in leader.get(f"/lead/{meeting}").text
        await lead.disconnect()
        await room.sleep(0.1)
        assert ASKS not in leader.get(f"/lead/{meeting}").text
    finally:
        await room.disconnect()


def test_where_no_room_screen_is_shown_nothing_is_asked(leader: Visitor, meeting: str) -> None:
    assert ASKS not in leader.get(f"/lead/{meeting}").text


def test_a_screen_counts_for_a_moment_after_it_has_gone() -> None:
    now = [1000.0]
    lately = Lately(lambda: now[0])
    lately.comes("1", "kari", "room")
    lately.comes("2", "ola", "lead")
    assert (lately.has("kari", "room"), lately.has("kari", "lead")) == (True, False)
    lately.goes("1")
    lately.goes("1")
    now[0] += MOMENT - 1
    assert lately.has("kari", "room")
    now[0] += 1
    assert not lately.has("kari", "room")
    lately.goes("2")
    assert list(lately._left) == [("ola", "lead")]


# Over real sockets


async def test_a_browser_without_a_login_is_paired_and_holds_no_power(
    app_server: Server, leader: Visitor, stranger: Visitor, meeting: str
) -> None:
    assert stranger.get("/room").status == 200
    hall = {"screen": "room", "meeting": "", "lang": "en"}
    wall = await socket_of(stranger, app_server, hall)
    lead = await socket_of(leader, app_server, {"screen": "lead", "meeting": meeting})
    try:
        code = (await blocks(wall))["hall"]["code"]
        pair = {"verb": "pair", "op": "d.1", "args": {"code": code, "keys": "no"}}
        assert "stored" in await lead.call("do", pair, namespace="/m")
        assert (await blocks(wall))["heading"]["title"] == "Teammøte"
        for verb in ("forward", "pair", "close"):
            sent = {"verb": verb, "op": "d.1", "args": {}, "seen": "-1/"}
            assert "refused" in await wall.call("do", sent, namespace="/m")
    finally:
        await wall.disconnect()
        await lead.disconnect()
    app_server.kill()
    app_server.start()
    wall = await socket_of(stranger, app_server, hall)
    try:
        assert (await blocks(wall))["heading"]["title"] == "Teammøte"
    finally:
        await wall.disconnect()
    assert "This page is for the chair" in stranger.get(f"/lead/{meeting}").text
    assert "This page is for the chair" in stranger.get(f"/room/{meeting}").text


async def blocks(screen: socketio.AsyncClient) -> Any:
    return (await told(screen))["blocks"]
