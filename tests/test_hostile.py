"""A hostile phone with the code of the meeting: whatever it sends changes nothing, harms nobody."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from nicegui import Client
from nicegui.page import page

from facilitator import web
from facilitator.gate import LARGEST, OF_ONE
from facilitator.texts import TEXTS
from phases import VERBS
from tests.bench.gathering import Gathering
from tests.bench.phones import browser, in_turn
from tests.hostile import MB, Hostile, hostile, meeting, unharmed
from tests.server import Server

WORDS = {text.root["en"] for key, text in TEXTS.items() if key.startswith("refused.")}


@pytest.fixture
async def held(app_server: Server) -> AsyncIterator[Gathering]:
    async with meeting(app_server) as held:
        yield held


@pytest.fixture
async def eva(app_server: Server) -> AsyncIterator[Hostile]:
    async with hostile(app_server) as eva:
        yield eva


def as_phone(held: Gathering) -> dict[str, str]:
    return {"screen": "phone", "meeting": held.code, "lang": "en"}


# What goes on in a meeting


async def test_ten_thousand_random_messages_change_nothing(
    app_server: Server, held: Gathering
) -> None:
    """From 60 phones that stand at the door, with the ids of those inside."""
    people = [phone.me for phone in held.phones]
    names = ["who", "phase", "text", "name", "role", "card", "into", "index", "act", "how", "code"]
    values = [0, 1, 2, -1, 10**30, "", "x", "round", "viddevakt", None, True, [], {}, 1.5, *people]
    verbs = [verb for verb in VERBS if verb != "join"] + ["pair", "show_here", "", "nonsense"]
    answers: list[Any] = []

    async def phone(number: int) -> None:
        chance = random.Random(number)
        async with hostile(app_server) as one:
            await one.open(f"/j/{held.code}", as_phone(held))
            for n in range(167):
                args = {chance.choice(names): chance.choice(values) for _ in range(n % 4)}
                seen = held.lead._place if n % 2 else chance.choice(values)
                message = {
                    "verb": chance.choice(verbs),
                    "op": f"r.{n + 1}",
                    "args": args,
                    "seen": seen,
                }
                answers.append(await one.ask(message))

    with unharmed(app_server):
        await in_turn(60, 20, phone)
    assert len(answers) > 10_000
    assert {answer.get("refused", str(answer)) for answer in answers} <= WORDS
    assert TEXTS["refused.too_fast"].root["en"] not in {answer["refused"] for answer in answers}


async def test_who_is_inside_has_no_more_than_their_own(app_server: Server, eva: Hostile) -> None:
    """The leader's verbs, other people's things, other people's names."""
    async with meeting(app_server) as held:
        await eva.open(f"/j/{held.code}", as_phone(held))
        join = {"verb": "join", "op": "e.1", "args": {"name": "Eva"}}
        assert "stored" in await eva.ask(join)
        await held.quiet()
        held.room.draw(), held.lead.draw()
        siri, [card] = held.phones[1].me, held.room.draw()["cards"]["cards"]
        tries: list[tuple[str, dict[str, Any]]] = [
            *((verb, {}) for verb in ("forward", "back", "undo", "pause", "close", "show_here")),
            *((verb, {"who": siri}) for verb in ("leave", "call", "offer_move", "hand_over")),
            ("begin", {"index": 3}),
            ("rename", {"who": siri, "name": "Eva 2"}),
            ("take_role", {"role": "leader"}),
            ("ask_role", {"role": "scribe", "who": siri}),
            ("end_turn", {"phase": "round", "how": "pass"}),
            ("edit_card", {"card": card["id"], "text": "Mitt"}),
            ("withdraw_card", {"card": card["id"]}),
            ("merge_people", {"who": siri, "into": held.phones[0].me}),
            ("pair", {"code": "AAAAAA", "keys": "yes"}),
            ("move_here", {"code": "AAAAAA"}),
        ]
        with unharmed(app_server):
            for number, (verb, args) in enumerate(tries, 2):
                seen = held.lead._place
                for by in ({}, {"by": siri}, {"who": siri, "by": held.lead.me}):
                    sent = {"verb": verb, "op": f"e.{number}", "args": args, "seen": seen, **by}
                    assert (await eva.ask(sent))["refused"] in WORDS, verb


async def test_no_foreign_meeting_room_or_view_is_let_in(app_server: Server, eva: Hostile) -> None:
    async with meeting(app_server) as ours, meeting(app_server) as theirs:
        auths: list[Any] = [
            {"screen": screen, "meeting": theirs.meeting, "lang": "en"}
            for screen in ("lead", "room", "phone", "door", "hall", ["lead"], None)
        ]
        auths += [{"screen": "lead", "meeting": m} for m in ("", None, [theirs.meeting], ours.code)]
        auths += [{**as_phone(ours), "meeting": code} for code in (f"{ours.code}AAAAAAAA", "%", 7)]
        with unharmed(app_server):
            for auth in auths:
                await eva.open(f"/j/{ours.code}", auth)
                assert eva.heard[-1].startswith("44/m,"), auth


async def test_a_screen_without_a_meeting_hears_nothing_of_any(
    app_server: Server, held: Gathering, eva: Hostile
) -> None:
    await eva.open("/room", {"screen": "room", "meeting": "", "lang": "en"})
    await held.forward()
    await held.quiet()
    assert not await eva.is_cut_off()
    heard = " ".join(eva.heard)
    assert "Namn" not in heard
    assert "Siri" not in heard
    assert "Bygdem" not in re.sub(r'"title":"[^"]*"', "", heard)  # what comes next may be said


# NiceGUI's own namespace


async def test_nicegui_hears_no_events_whatever_element_they_name(
    app_server: Server, held: Gathering, eva: Hostile
) -> None:
    await eva.open(f"/j/{held.code}", as_phone(held))
    mine = re.search(r"client_id=([\w-]+)", eva.url)[1]  # type: ignore[index]
    theirs = re.search(r"client_id=([\w-]+)", await held.phones[1].own.load("/"))[1]  # type: ignore[index]
    kinds = ("event", "javascript_response", "log", "ack", "handshake", "connect", "disconnect")
    odd: list[Any] = [None, [], {}, "x", 7, {"client_id": [mine]}]
    with unharmed(app_server):
        for kind in (*kinds, "update", "__class__", "do"):
            for client in (mine, theirs, "nonsense"):
                for element in range(8):
                    message = {"client_id": client, "id": element, "type": "click", "args": ["1"]}
                    more = {"level": "error", "message": "Hei", "request_id": "x", "tab_id": []}
                    await eva.send(f"42{json.dumps([kind, {**message, **more}])}")
            for one in odd:
                await eva.send(f"42{json.dumps([kind, one])}", f"42{json.dumps([kind, one, one])}")
        assert not await eva.is_cut_off()
    await held.forward()


@pytest.mark.parametrize("number", ["x", "-1", "1e9", "9" * 400, "²"])
async def test_a_socket_with_a_forged_handshake_is_not_taken(
    app_server: Server, eva: Hostile, number: str
) -> None:
    url = re.sub(r"next_message_id=\d+", f"next_message_id={number}", await eva.own.load("/"))
    with unharmed(app_server), pytest.raises(aiohttp.WSServerHandshakeError):
        await eva.connect(url)


# Packets


FORGED: list[list[str | bytes]] = [
    [""],
    ["x"],
    ["9"],
    ["5"],
    ["2probe"],
    ["4"],
    ["b!!!"],
    [b"\x00\xff"],
    [b""],
    ['4["do",{}]'],
    ["42/m,"],
    ["42/m,[]"],
    ["42/m,[1]"],
    ['42/m,{"a":1}'],
    ['42/m,["do"'],
    ['42/m,["do",{"verb":"join","op":"a.1","args":{"name":"\\ud800"}}]'],
    ["42/m," + "[" * 40_000],
    ["42/m," + "[" * 900 + "]" * 900],
    ["42/m," + "9" * 2000 + '["do"]'],
    ['43/m,999999["x"]'],
    ['43/m,["x"]'],
    ["44/m,{}"],
    ["45", b"x"],
    ['451-/m,["do",{"_placeholder":true,"num":0}]', b"x"],
    ['4599999999-/m,["do",{"_placeholder":true,"num":0}]', *[b"x" * 90_000] * 30],
    ['461-/m,1["do"]', b"x"],
    ['40/m,{"screen":"lead"}'],
    ["40/m,[]"],
    ["40"],
    ["40/x,"],
    ["40/m?x=1,{}"],
    ["41/x,"],
    ["41/m,", '42/m,["resync",{}]'],
    ["49/m,[]"],
    ['42/m,["connect",{"asgi.scope":{"session":{"leader":"x"}}},{"screen":"lead"}]'] * 3,
    ['42/m,["disconnect"]', '42/m,["resync",{}]'],
    ['42/m,["__init__",1]', '42/m,["*",1]', '42/m,["snap",{}]'],
]


async def test_forged_packets_harm_nobody(app_server: Server, held: Gathering) -> None:
    async def forge(number: int) -> None:
        async with hostile(app_server) as eva:
            await eva.open(f"/j/{held.code}", as_phone(held))
            await eva.send(*FORGED[number])
            if "41/m," in FORGED[number]:  # it went by itself, and comes again
                await eva.send(f"40/m,{json.dumps(as_phone(held))}")
                await eva.until("40/m,")
            await eva.is_cut_off()

    with unharmed(app_server):
        await in_turn(len(FORGED), 6, forge)
    await held.phones[0].do("add_card", phase="round", text="Det går framleis")


async def test_a_socket_enters_a_meeting_once(
    app_server: Server, held: Gathering, eva: Hostile
) -> None:
    """A second time would be kept for ever: the server forgets one at the end."""
    await eva.open(f"/j/{held.code}", as_phone(held))
    await eva.send(f"40/m,{json.dumps(as_phone(held))}")
    assert await eva.is_cut_off()


# Floods


async def test_a_flood_is_refused_in_words_then_cut_off_and_others_do_not_notice(
    app_server: Server, held: Gathering, eva: Hostile
) -> None:
    await eva.open(f"/j/{held.code}", as_phone(held))
    flood = [f'42/m,{n}["do",{{"verb":"pause","op":"e.{n}","args":{{}}}}]' for n in range(5000)]
    sending = asyncio.create_task(eva.send(*flood))
    for n in range(20):
        await held.phones[1].do("add_card", phase="round", text=f"Kort {n}")
    await eva.until("never")  # it is hung up on
    await sending
    refused = [text for text in eva.heard if text.startswith("43/m,")]
    fast = TEXTS["refused.too_fast"].root["en"]
    assert fast not in "".join(refused[:100])
    assert fast in refused[-1]
    await held.quiet()
    assert "Kort 19" in json.dumps(held.room.draw(), ensure_ascii=False)


@pytest.mark.parametrize("event", ["resync", "lang"])
async def test_whole_pictures_are_not_had_without_end(
    app_server: Server, held: Gathering, eva: Hostile, event: str
) -> None:
    await eva.open(f"/j/{held.code}", as_phone(held))
    for n in range(500):
        await eva.send(f'42/m,["{event}",{{"lang":"{("nn", "en")[n % 2]}"}}]')
    assert not await eva.is_cut_off()
    pictures = [text for text in eva.heard if '"snap"' in text]
    assert 30 <= len(pictures) < 100


async def test_who_taps_fast_meets_no_brake(
    app_server: Server, held: Gathering, eva: Hostile
) -> None:
    """Fifty things that were written without a network, sent as fast as they are answered."""
    await eva.open(f"/j/{held.code}", as_phone(held))
    await eva.ask({"verb": "join", "op": "e.1", "args": {"name": "Eva"}})
    for n in range(50):
        card = {"phase": "round", "text": f"Tanke {n}"}
        assert "stored" in await eva.ask({"verb": "add_card", "op": f"e.{n + 2}", "args": card})


@pytest.mark.parametrize("size", [LARGEST + 10, MB, 20 * MB])
async def test_a_huge_message_is_not_taken(
    app_server: Server, held: Gathering, eva: Hostile, size: int
) -> None:
    await eva.open(f"/j/{held.code}", as_phone(held))
    with unharmed(app_server):
        await eva.send(
            f'42/m,1["do",{{"verb":"join","op":"e.1","args":{{"name":"{"x" * size}"}}}}]'
        )
        assert await eva.is_cut_off()


async def test_one_browser_has_so_many_sockets_and_takes_none_from_others(
    app_server: Server, held: Gathering, eva: Hostile
) -> None:
    sockets = [await Hostile(eva.own).open(f"/j/{held.code}") for _ in range(OF_ONE)]
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await Hostile(eva.own).open(f"/j/{held.code}")
    await (await held.phone()).open()
    await sockets[0]._ws.close()
    async with asyncio.timeout(20):
        while True:
            try:
                await Hostile(eva.own).open(f"/j/{held.code}")
                break
            except aiohttp.WSServerHandshakeError:
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "https://127.0.0.1"])
async def test_no_other_site_talks_to_us(app_server: Server, eva: Hostile, origin: str) -> None:
    url = await eva.own.load("/")
    polled = url.replace("transport=websocket", "transport=polling")
    async with eva.own.sockets.get(polled, headers={"Origin": origin}) as answer:
        assert answer.status == 400
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await eva.connect(url, Origin=origin)


# Without web sockets, as behind some proxies


async def test_who_polls_is_under_the_same_law(
    app_server: Server, held: Gathering, eva: Hostile
) -> None:
    url = (await eva.own.load(f"/j/{held.code}")).replace("=websocket", "=polling")
    http = eva.own.sockets

    async def post(body: bytes) -> int:
        try:
            async with http.post(f"{url}&sid={sid}", data=body) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0  # it hung up while we were still sending

    async with http.get(url) as opened:
        sid = json.loads((await opened.text())[1:])["sid"]
    assert await post(f"40/m,{json.dumps(as_phone(held))}".encode()) == 200
    with unharmed(app_server):
        assert await post(b"4" * MB) in (0, 413, 429)
        for body in (b"x", b"b!", b"\xff", b"4", b'451-["a"]', b'4599999999-["a"]\x1ebAAAA', b"d="):
            await post(body)
        async with http.get(f"{url}&sid=%00") as answer:
            assert answer.status == 400
    statuses = {(await post(b"3")) for _ in range(800)}
    assert 429 in statuses
    async with browser(app_server.url) as other:
        assert (await other.get(f"/j/{held.code}")).status == 200


async def test_who_never_fetches_what_waits_is_not_told_for_ever(
    app_server: Server, held: Gathering, eva: Hostile
) -> None:
    url = (await eva.own.load(f"/j/{held.code}")).replace("=websocket", "=polling")
    async with eva.own.sockets.get(url) as opened:
        sid = json.loads((await opened.text())[1:])["sid"]
    statuses = []
    for packets in [["40/m," + json.dumps(as_phone(held))], *[['42/m,1["do",{}]'] * 16] * 60]:
        body = "\x1e".join(packets).encode()
        async with eva.own.sockets.post(f"{url}&sid={sid}", data=body) as answer:
            statuses.append(answer.status)
    assert statuses[0] == 200
    assert statuses[-1] == 429


async def test_without_a_cookie_of_ours_nobody_polls(app_server: Server, eva: Hostile) -> None:
    url = (await eva.own.load("/")).replace("=websocket", "=polling")
    async with aiohttp.ClientSession() as bare, bare.get(url) as answer:
        assert answer.status == 429


# Pages


@pytest.mark.parametrize("path", ["/new", "/practise", "/"])
async def test_a_huge_form_is_not_read(app_server: Server, held: Gathering, path: str) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"name="
        for _ in range(400):
            yield b"x" * 100_000

    async with browser(app_server.url) as own:
        await own.get("/")
        with unharmed(app_server):
            for body in (b"name=" + b"x" * 40 * MB, parts()):
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                try:
                    async with own.http.post(own.origin + path, data=body, headers=kind) as answer:
                        assert answer.status in (200, 303, 404, 405, 413)
                except (ConnectionError, aiohttp.ClientError):
                    pass  # it hung up while we were still sending


async def test_of_pages_that_nobody_opens_a_socket_for_the_oldest_are_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "ABSENT", 10)
    monkeypatch.setattr(Client, "instances", {})
    pages = [Client(page("")) for _ in range(30)]
    for seen in pages[:2]:
        seen.tab_id = "connected"
    web.let_go_of_pages()
    assert [*Client.instances.values()] == [*pages[:2], *pages[-10:]]
