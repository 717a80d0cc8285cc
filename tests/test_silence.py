"""A whole meeting, with all that goes wrong in it: nothing of it is in what the program prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.gathering import gathering
from tests.bench.phones import Lost, browser
from tests.hostile import hostile
from tests.server import KEY, Server, free_port
from tests.test_guessing import scanned

PRIVATE = "Fru Hemmeleg"
CARD = "Dette er mellom oss"
TITLE = "Saka om guten"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "data", free_port())
    server.start()
    yield server
    server.stop()


async def test_nothing_of_a_meeting_is_printed_whatever_goes_wrong(server: Server) -> None:
    secrets = {PRIVATE, CARD, TITLE, "Bygdemøte", "Leiar"}
    async with gathering(server.url, key=KEY) as held:
        await held.fill(1)
        secrets |= {held.code, held.meeting, (await scanned(held))[3:]}
        await _goes_wrong(server, held.code)
        [phone] = held.phones
        await phone.do("rename", who=phone.me, name=PRIVATE)
        await held.begin_round()
        await phone.do("add_card", phase="round", text=CARD)
        for verb in ("close", "undo", "pause"):
            with pytest.raises(Lost):
                await phone.do(verb)
        secrets |= {cookie.value for cookie in phone.own.http.cookie_jar}
        await held.lead.do("begin", index=3)
        await held.lead.do("close")
        await held.quiet()
    server.kill()
    log = server.folder / "meetings" / f"{held.meeting}.journal"
    log.write_bytes(log.read_bytes().replace(b'"text"', b'"tekst"', 1))  # damaged in the middle
    server.start()
    async with browser(server.url) as own:
        await own.get(f"/leader/{KEY}")
        damaged = (await own.get(f"/lead/{held.meeting}")).text
        assert "er skadd" in damaged
    server.stop()
    printed = server.log()
    assert printed.count(KEY) == 2  # the link for whoever started it, twice
    assert "Traceback" not in printed
    secret = (server.folder / "secret").read_text(encoding="utf-8").strip()
    found = {words for words in {*secrets, secret} if words and words in printed}
    assert found == set()


async def _goes_wrong(server: Server, code: str) -> None:
    """Wrong keys, odd addresses, forged forms, cookies and packets, with people's words in them."""
    async with hostile(server) as eva:
        for path in (f"/leader/{PRIVATE}", f"/j/{PRIVATE}", f"/nowhere/{CARD}?name={PRIVATE}"):
            await eva.own.get(path.replace(" ", "%20"))
        form = {"recipe": PRIVATE, "name": TITLE, "leader": PRIVATE, "at": CARD}
        await eva.own.post("/new", form)
        await eva.own.post("/practise", form)
        async with browser(server.url) as chair:
            await chair.get(f"/leader/{KEY}")
            await chair.post("/new", form)
            await chair.post("/new", {**form, "recipe": "short", "minutes": PRIVATE})
            await chair.get("/new/again")
        forged = {"Cookie": f"facilitator={PRIVATE}", "Host": "x"}
        async with eva.own.http.get(f"{server.url}/?older={PRIVATE}", headers=forged) as answer:
            await answer.read()
        await eva.open(f"/j/{code}", {"screen": "phone", "meeting": code, "lang": "en"})
        await eva.send(f"42{json.dumps(['log', {'client_id': 'x', 'message': CARD}])}")
        for args in ({"name": [PRIVATE]}, {"name": PRIVATE, CARD: 1}, PRIVATE, None):
            await eva.ask({"verb": "join", "op": "x.1", "args": args})
        await eva.ask({"verb": PRIVATE, "op": CARD, "args": {}})
        await eva.send(f"42/m,[{PRIVATE}")
        assert await eva.is_cut_off()
