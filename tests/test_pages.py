"""The real app over http: who gets which page, and what stands in it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import socketio
import zxingcpp
from PIL import Image

from facilitator.house import PROOF
from tests.server import KEY, ROOT, Server, free_port
from tests.test_recipes import SIZED
from tests.visitor import FORM, Answer, Visitor

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def code(leader: Visitor, meeting: str) -> str:
    return code_in(leader.get("/").text, meeting)


def code_in(home: str, meeting: str) -> str:
    """The code of a meeting, from the leader's list."""
    after = home.partition(f"/lead/{meeting}")[2]
    return re.search(r"code (\w{3} \w{3})", after)[1].replace(" ", "")


# Who gets which page


def test_a_stranger_sees_only_how_to_join(stranger: Visitor, meeting: str) -> None:
    home = stranger.get("/").text
    assert "Meeting code" in home
    assert "New meeting" not in home
    assert "Teammøte" not in home
    assert meeting not in home


def test_the_leaders_link_opens_the_list_and_leaves_the_address(
    app_server: Server, stranger: Visitor
) -> None:
    answer = stranger.get(f"/leader/{KEY}")
    assert (answer.status, answer.to) == (307, "/")
    assert "New meeting" in stranger.get("/").text


@pytest.mark.parametrize("key", ["x", KEY[:-1], KEY + "a", KEY.upper(), "%F0%9F%98%80", "%00"])
def test_a_wrong_key_opens_nothing(stranger: Visitor, key: str) -> None:
    stranger.get(f"/leader/{key}")
    assert "New meeting" not in stranger.get("/").text


@pytest.mark.parametrize("page", ["lead", "room"])
def test_the_leaders_pages_are_for_the_leader(stranger: Visitor, meeting: str, page: str) -> None:
    text = stranger.get(f"/{page}/{meeting}").text
    assert "This page is for the chair" in text
    assert "Teammøte" not in text


def test_a_stranger_plans_nothing(app_server: Server, stranger: Visitor, leader: Visitor) -> None:
    assert stranger.get("/new").to == "/"
    assert stranger.get("/new/again").status == 307
    assert stranger.post("/new", FORM | {"name": "Innbrot"}).to == "/"
    assert "Innbrot" not in leader.get("/").text


def test_a_meeting_that_is_not_there_is_said_so(leader: Visitor) -> None:
    for path in ("/lead/nothing", "/room/nothing"):
        assert "There is no meeting here" in leader.get(path).text


def test_an_unknown_code_is_said_so_and_can_be_typed_again(stranger: Visitor) -> None:
    assert stranger.get("/j?code=aaa+aaa").to == "/j/AAAAAA"
    page = stranger.get("/j/AAAAAA").text
    assert "AAA AAA" in page
    assert "There is no meeting with the code" in page
    assert "Meeting code" in page


@pytest.mark.parametrize("typed", ["", "%3Cscript%3Ealert(1)", "..%2f..", "A" * 500, "%00", "…"])
def test_whatever_is_typed_as_a_code_leads_to_a_page(stranger: Visitor, typed: str) -> None:
    answer = stranger.get(stranger.get(f"/j?code={typed.replace('…', '%E2%80%A6')}").to)
    assert answer.status == 200
    assert "<script>alert" not in answer.text


def test_the_phones_page_shows_no_names_before_its_owner_is_in(
    stranger: Visitor, code: str
) -> None:
    page = stranger.get(f"/j/{code}")
    assert page.status == 200
    assert "Kari" not in page.text


def test_after_a_kill_the_same_browser_is_still_the_leader(
    app_server: Server, leader: Visitor, meeting: str
) -> None:
    app_server.kill()
    app_server.start()
    assert f"/lead/{meeting}" in leader.get("/").text
    assert leader.get(f"/lead/{meeting}").status == 200


# A new meeting


def test_a_new_meeting_leads_to_its_leader_view(leader: Visitor) -> None:
    answer = leader.post("/new", FORM)
    assert (answer.status, answer.to[:6]) == (303, "/lead/")
    assert "Teammøte" in leader.get(answer.to).text
    assert leader.get(answer.to.replace("lead", "room")).status == 200


@pytest.mark.parametrize(
    "name",
    [
        "Møte 🫐👩‍👩‍👧",
        "اجتماع الفريق",
        "\u202eelttirk",
        HOSTILE,
        '"><img src=x onerror=alert(1)>',
        "{{7*7}} ${7*7} {0}",
        "</title></template></textarea>",
        "&lt;b&gt;",
    ],
)
def test_a_name_is_text_wherever_it_lands(leader: Visitor, name: str) -> None:
    answer = leader.post("/new", FORM | {"name": name, "leader": name[:40], "house": name[:40]})
    assert answer.to.startswith("/lead/")
    for path in ("/", answer.to, answer.to.replace("lead", "room")):
        page = leader.get(path)
        assert page.status == 200
        for tag in ("<script>alert", "<img src=x", "</textarea>"):
            assert tag not in page.text
        assert "\u202e" not in page.text
        assert page.text.count("</title>") == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "what the meeting is called"),
        ("name", "   \u200b", "what the meeting is called"),
        ("leader", "", "who leads it"),
        ("name", "x" * 10_000, "Use at most 80"),
        ("name", "🫐" * 10_000, "Use at most 80"),
        ("leader", "x" * 41, "Use at most 40"),
        ("question", "x" * 201, "Use at most 200"),
        ("origins", ", ".join(map(str, range(13))), "at most 12"),
        ("origins", "🫐" * 400, "Use at most 40"),
        ("services", ", ".join(map(str, range(13))), "at most 12"),
        ("expected", "Ola\n, PPT", "has no name"),
        ("expected", "Ola, PPT\n" * 301, "at most 300 people"),
        ("people", "many", "a number from 1 to 300"),
        ("at", "tomorrow", "day and time"),
    ],
)
def test_a_form_that_has_to_be_mended_says_what(
    leader: Visitor, field: str, value: str, told: str
) -> None:
    before = leader.get("/").text.count("/lead/")
    answer = leader.post("/new", FORM | {"house": "Skogen skule", field: value})
    assert answer.to == "/new/again"
    again = leader.get("/new/again").text
    assert told in again
    assert "Skogen skule" in again
    assert leader.get("/").text.count("/lead/") == before


@pytest.mark.parametrize(
    "form",
    [{}, {"recipe": "none"}, FORM | {"lang": "xx"}, FORM | {"recipe": "../short"}, {"self": "x"}],
)
def test_a_forged_form_makes_nothing_and_breaks_nothing(
    leader: Visitor, form: dict[str, str]
) -> None:
    before = leader.get("/").text.count("/lead/")
    assert leader.get(leader.post("/new", form).to).status in (200, 307)
    assert leader.get("/new").status == 200
    assert leader.get("/").text.count("/lead/") == before


def test_all_that_was_typed_is_still_there_when_something_has_to_be_mended(leader: Visitor) -> None:
    typed = FORM | {
        "leader": "",
        "house": "Skogen skule",
        "question": "Kva no?",
        "at": "2030-01-15T10:00",
        "expected": "Ingrid, PPT\nOla",
        "origins": "Skule, SFO",
        "services": "PPT, BUP",
        "lang": "da",
    }
    leader.post("/new", typed)
    again = leader.get("/new/again").text
    for words in ("Skogen skule", "Kva no?", "2030-01-15T10:00", "Skule, SFO", "PPT, BUP"):
        assert words in again
    assert re.search(r"Ingrid, PPT\W+nOla", again)


def test_a_meeting_stands_under_its_day_with_todays_first(leader: Visitor) -> None:
    today = datetime.now().strftime("%Y-%m-%dT23:58")
    for name, at in (("Third", "2090-02-01T09:30"), ("Second", "2090-01-31T14:00")):
        leader.post("/new", FORM | {"name": name, "at": at})
    leader.post("/new", FORM | {"name": "First", "at": today})
    leader.post("/new", FORM | {"name": "Open"})
    home = leader.get("/").text
    places = [home.index(f'"{name}"') for name in ("First", "Second", "Third", "Open")]
    assert places == sorted(places)
    assert "Today at 23:58" in home
    assert "Tuesday, 31 January 2090 at 14:00" in home
    leader.get("/lang/nn")
    assert "tysdag 31. januar 2090 kl. 14.00" in leader.get("/").text


# Several kinds of meeting


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with three recipes of its own: a short one, one with sizes, and a broken one."""
    root = tmp_path_factory.mktemp("app")
    for folder in ("facilitator", "phases", "assets"):
        shutil.copytree(ROOT / folder, root / folder)
    recipes = root / "assets" / "recipes"
    (recipes / "sized.toml").write_text(SIZED, encoding="utf-8")
    (recipes / "broken.toml").write_text(SIZED.replace("minutes = 8", "colour = 1"), "utf-8")
    server = Server(tmp_path_factory.mktemp("varied") / "data", free_port(), root=root)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def chooser(varied: Server) -> Visitor:
    return Visitor(varied).lead()


SIZED_FORM = FORM | {"recipe": "sized", "minutes": "15", "people": "8"}


def test_the_kind_of_meeting_is_chosen_first(chooser: Visitor) -> None:
    kinds = chooser.get("/new").text
    for words in ("/new?recipe=short", "/new?recipe=sized", "15 min", "What kind of meeting?"):
        assert words in kinds
    assert "/new?recipe=broken" not in kinds
    assert "broken.toml: phase factors, colour: there is no such field; accepted: " in kinds
    for unknown in ("none", "broken", "..%2fshort"):
        assert "What kind of meeting?" in chooser.get(f"/new?recipe={unknown}").text


def test_a_form_asks_for_what_its_recipe_asks_for(chooser: Visitor) -> None:
    sized, short = (chooser.get(f"/new?recipe={name}").text for name in ("sized", "short"))
    for words in ('"name":"minutes"', '"name":"people"', '"pause.wanted"', '"Play"', '"What now?"'):
        assert words in sized
        assert words not in short
    assert "Choose another kind of meeting" in short


def test_too_little_time_is_told_and_stops_nobody(chooser: Visitor) -> None:
    form = SIZED_FORM | {"people": "40", "pause.wanted": "on"}
    assert chooser.post("/new", form).to == "/new/again"
    again = chooser.get("/new/again").text
    assert "With 40 in the meeting, at least" in again
    assert '"value":"15/40"' in again
    assert '"checked":true' in again.partition('"pause.wanted"')[2][:200]
    assert chooser.post("/new", form | {"warned": "15/40"}).to.startswith("/lead/")


def test_a_length_nobody_offered_makes_nothing(chooser: Visitor) -> None:
    assert chooser.post("/new", SIZED_FORM | {"minutes": "45"}).to == "/new/again"
    assert chooser.get("/new/again").status == 200
    assert chooser.post("/new", SIZED_FORM).to.startswith("/lead/")


# Headers


PAGES = ["/", "/new", "/j/AAAAAA", "/lead/{meeting}", "/room/{meeting}", "/j/{code}", "/nothing"]
PAGES += ["/room", "/lead/{meeting}/phone", "/leads/nothing", "/check", "/hello"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_runs_our_own_scripts_only(
    leader: Visitor, meeting: str, code: str, path: str
) -> None:
    answer = leader.get(path.format(meeting=meeting, code=code))
    policy = answer.headers["content-security-policy"]
    [nonce] = re.findall(r"'nonce-([\w-]{20,})'", policy)
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'"):
        assert part in policy
    scripts = re.findall(r"<script\b[^>]*>", answer.text)
    assert scripts or path == "/nothing"
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert not re.findall(r"""(?:src|href|url\()=?["']?(?:https?:)?//""", answer.text)


def test_a_nonce_is_used_once(stranger: Visitor) -> None:
    policies = {stranger.get("/").headers["content-security-policy"] for _ in range(3)}
    assert len(policies) == 3


def test_pages_are_not_kept_by_anybody(leader: Visitor, meeting: str) -> None:
    for path in ("/", f"/lead/{meeting}"):
        assert "no-store" in leader.get(path).headers["cache-control"]


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(stranger: Visitor) -> None:
    cookie = stranger.get("/").headers["set-cookie"].lower()
    assert cookie.startswith("facilitator=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_session_that_was_tampered_with_is_nobodys(
    app_server: Server, leader: Visitor, stranger: Visitor
) -> None:
    stranger.get("/")
    value = leader.cookies["facilitator"].value
    stranger.cookies["facilitator"] = "A" + value[1:]
    assert "New meeting" not in stranger.get("/").text


# Files


def a_file(page: Answer, pattern: str) -> str:
    return re.search(pattern, page.text)[1]


@pytest.mark.parametrize(
    "pattern", [r'"(/assets/theme\.css\?\w+)"', r'"(/_nicegui/[^"]+/vue[^"]+js)"']
)
def test_files_are_compressed_and_kept(stranger: Visitor, pattern: str) -> None:
    path = a_file(stranger.get("/"), pattern)
    packed, again = (stranger.get(path, Accept_Encoding="gzip") for _ in range(2))
    plain = stranger.get(path)
    assert packed.headers["content-encoding"] == "gzip"
    assert "max-age=31536000" in packed.headers["cache-control"]
    assert packed.body == again.body
    assert packed.text == plain.text
    assert len(packed.body) < len(plain.body)
    assert int(packed.headers["content-length"]) == len(packed.body)


def test_a_kept_file_brings_nobody_elses_session(
    app_server: Server, leader: Visitor, stranger: Visitor
) -> None:
    for path in ("/assets/theme.css", "/assets/icon.svg"):
        leader.get(path)
        stranger.get(path)
        assert "New meeting" not in stranger.get("/").text
    assert stranger.cookie != leader.cookie


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../pyproject.toml",
        "/assets/%2e%2e/pyproject.toml",
        "/assets/..%2fpyproject.toml",
        "/assets/..%5cpyproject.toml",
        "/assets//etc/passwd",
        "/assets/%2fetc/passwd",
        "/assets/....//....//etc/passwd",
        "/assets/%00",
        "/assets/recipes/../../facilitator/web.py",
        "/qr/../../etc/passwd",
        "/qr/..%2f..%2fetc%2fpasswd.svg",
        "/_nicegui/../../../etc/passwd",
        "/_nicegui/3.18.0/static/..%2f..%2f..%2f..%2fetc/passwd",
        "/_nicegui/3.18.0/resources/x/..%2f..%2fetc/passwd",
        "/_nicegui/3.18.0/components/..%2f..%2fetc%2fpasswd",
        "/papers/../../leader-key",
        "/papers/..%2f..%2fleader-key/running-sheet.pdf",
        "/papers/x/..%2f..%2f..%2fleader-key.pdf",
        "/assets/..%2f..%2f..%2f..%2f..%2f..%2f..%2fproc%2fself%2fenviron",
        "/lead/..%2f..%2fleader-key",
        "/lead/..%2f..%2fleader-key/phone",
        "/leads/..%2f..%2fleader-key",
        "/room/..%2f..%2fleader-key",
        "/j/..%2f..%2fleader-key",
    ],
)
def test_no_path_leaves_its_folder(app_server: Server, leader: Visitor, path: str) -> None:
    answer = leader.get(path)
    assert answer.status < 500
    for secret in ("root:", "[build-system]", "class KeptFiles", KEY):
        assert secret not in answer.text


# The picture of the code


def test_the_picture_leads_to_the_phones_page(
    app_server: Server, stranger: Visitor, code: str
) -> None:
    answer = stranger.get(f"/qr/{code}.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    [read] = zxingcpp.read_barcodes(drawn(answer.body))
    start = f"{app_server.url}/j/{code}"
    assert read.text.startswith(start)
    assert len(read.text) == len(start) + PROOF  # which cannot be guessed
    assert stranger.get(read.text.removeprefix(app_server.url)).status == 200


def test_the_picture_has_a_quiet_zone_of_four_modules(stranger: Visitor, code: str) -> None:
    picture = drawn(stranger.get(f"/qr/{code}.svg").body)
    left, top, right, bottom = picture.point(lambda v: 255 - v).getbbox()
    modules = 21 + 4 * 2  # version 3, which an address and a code need
    assert left == top == picture.width - right == picture.height - bottom
    assert left / ((right - left) / modules) == pytest.approx(4, abs=0.1)


def drawn(svg: bytes, scale: int = 20) -> Image.Image:
    """The picture's squares, one a module, drawn as a screen would."""
    text = svg.decode()
    side = int(re.search(r'viewBox="0 0 (\d+) ', text).group(1))  # type: ignore[union-attr]
    picture = Image.new("L", (side * scale, side * scale), "white")
    for x, y in re.findall(r"M(\d+),(\d+)H", text):
        left, top = int(x) * scale, int(y) * scale
        picture.paste(0, (left, top, left + scale, top + scale))
    return picture


@pytest.mark.parametrize("code", ["AAAAAA", "", "%00", "x" * 1000])
def test_there_is_no_picture_of_an_unknown_code(stranger: Visitor, code: str) -> None:
    assert stranger.get(f"/qr/{code}.svg").status == 404


# Sockets


async def socket_of(
    visitor: Visitor, server: Server, auth: object, over: str = "websocket", **headers: str
) -> socketio.AsyncClient:
    client = socketio.AsyncClient(reconnection=False)
    client.told = []  # type: ignore[attr-defined]
    client.on("snap", client.told.append, namespace="/m")
    await client.connect(
        server.url,
        headers={"Cookie": visitor.cookie, **headers},
        auth=auth,
        namespaces=["/m"],
        socketio_path="/_nicegui_ws/socket.io",
        transports=[over],
    )
    return client


async def told(client: socketio.AsyncClient) -> dict[str, object]:
    while not client.told:
        await client.sleep(0.01)
    return client.told.pop()


@pytest.mark.parametrize("over", ["websocket", "polling"])  # where a proxy lets no other through
async def test_a_phone_joins_over_a_real_socket(
    app_server: Server, stranger: Visitor, code: str, over: str
) -> None:
    stranger.get("/")
    auth = {"screen": "phone", "meeting": code, "lang": "nn"}
    phone = await socket_of(stranger, app_server, auth, over)
    try:
        assert (await told(phone))["me"] is None
        message = {"verb": "join", "op": "d.1", "args": {"name": "Ola"}}
        assert "stored" in await phone.call("do", message, namespace="/m")
        assert (await told(phone))["name"] == "Ola"
    finally:
        await phone.disconnect()


@pytest.mark.parametrize("screen", ["lead", "room"])
async def test_a_stranger_has_no_socket_to_the_leaders_screens(
    app_server: Server, stranger: Visitor, meeting: str, screen: str
) -> None:
    stranger.get("/")
    with pytest.raises(socketio.exceptions.ConnectionError):
        await socket_of(stranger, app_server, {"screen": screen, "meeting": meeting})


async def test_another_site_has_no_socket(
    app_server: Server, leader: Visitor, meeting: str
) -> None:
    auth = {"screen": "lead", "meeting": meeting}
    client = await socket_of(leader, app_server, auth)
    await client.disconnect()
    with pytest.raises(socketio.exceptions.ConnectionError):
        await socket_of(leader, app_server, auth, Origin="http://elsewhere.example")


async def test_a_session_is_not_taken_from_what_a_phone_sends(
    app_server: Server, stranger: Visitor, code: str
) -> None:
    """An event that is called “connect”, with a session of one's own making."""
    stranger.get("/")
    auth = {"screen": "phone", "meeting": code, "lang": "nn"}
    phone = await socket_of(stranger, app_server, auth)
    try:
        await told(phone)
        join = {"verb": "join", "op": "d.1", "args": {"name": "Ola"}}
        await phone.call("do", join, namespace="/m")
        me = (await told(phone))["me"]
        for event in ("connect", "disconnect", "connect"):
            forged = {"asgi.scope": {"session": {"id": "another"}}}
            await phone.emit(event, (forged, auth), namespace="/m")
            await phone.sleep(0.05)
        await phone.emit("resync", {}, namespace="/m")
        assert (await told(phone))["me"] == me
    finally:
        await phone.disconnect()


# What is left behind


def test_the_app_writes_nothing_but_its_data(app_server: Server) -> None:
    """The folder is also its working directory."""
    names = {p.relative_to(app_server.folder).parts[0] for p in app_server.folder.rglob("*")}
    assert names == {"secret", "catalogue.journal", "meetings", "lock"}
    assert not (ROOT / ".nicegui").exists()


def test_no_names_texts_or_codes_are_in_what_the_app_prints(app_server: Server, code: str) -> None:
    printed = app_server.log()
    assert KEY in printed  # the link for whoever started it
    for private in ("Teammøte", "Kari", "Ola", "alert(1)", code, "Traceback"):
        assert private not in printed


# Starting


def start(*argv: str, key: str = KEY) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "FACILITATOR_LEADER_KEY": key, "LC_ALL": "en_US.UTF-8"}
    environ.pop("PYTEST_CURRENT_TEST", None)
    command = [sys.executable, "-m", "facilitator", "--no-browser", "--host", "127.0.0.1", *argv]
    return subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=30, check=False
    )


def test_a_taken_port_is_said_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = start("--data", str(tmp_path), "--port", port)
    assert ended.returncode != 0
    assert f"Port {port} is taken" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    ended = start("--data", str(tmp_path / "data"), "--port", str(free_port()))
    assert ended.returncode != 0
    assert f"Cannot write in {tmp_path / 'data'}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_weak_leader_key_is_refused(tmp_path: Path) -> None:
    ended = start("--data", str(tmp_path), "--port", str(free_port()), key="short")
    assert ended.returncode != 0
    assert "FACILITATOR_LEADER_KEY needs at least 20" in ended.stderr
    assert "short" not in ended.stderr


def test_a_damaged_list_of_meetings_is_said_so_and_left_alone(tmp_path: Path) -> None:
    harmed = b"rubbish\nmore rubbish\n"
    (tmp_path / "catalogue.journal").write_bytes(harmed)
    ended = start("--data", str(tmp_path), "--port", str(free_port()))
    assert ended.returncode != 0
    assert "catalogue.journal" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "catalogue.journal").read_bytes() == harmed


def test_a_second_app_on_the_same_folder_says_that_it_is_in_use(app_server: Server) -> None:
    ended = start("--data", str(app_server.folder), "--port", str(free_port()))
    assert ended.returncode != 0
    assert "already in use" in ended.stderr
    assert "Traceback" not in ended.stderr
