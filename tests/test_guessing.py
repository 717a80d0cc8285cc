"""Somebody guesses codes and keys over http, and a full room comes in behind the same address."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from facilitator.brakes import Guesses
from facilitator.texts import TEXTS
from tests.bench.gathering import Gathering, Phone, gathering
from tests.bench.phones import Browser, browser, in_turn
from tests.hostile import Hostile, hostile
from tests.server import KEY, Server, free_port
from tests.test_brakes import codes

PHONES = 300


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """Started for each test: what was guessed before is forgotten."""
    proxy = getattr(request, "param", "")
    server = Server(tmp_path / "data", free_port(), proxy=proxy)
    server.start()
    yield server
    server.stop()


async def scanned(held: Gathering) -> str:
    """The address in the picture on the room screen, without its beginning."""
    path = held.room.draw()["code"]["picture"]
    return path.replace("/qr/", "/j/").removesuffix(".svg")


async def guess(server: Server, path: str, **headers: str) -> int:
    """As a browser that has never been here before."""
    async with (
        browser(server.url) as own,
        own.http.get(server.url + path, headers=headers, allow_redirects=False) as answer,
    ):
        await answer.read()
        return answer.status


@pytest.mark.parametrize("kind", ["/j/{}", "/qr/{}.svg", "/leader/{}", "/leads/{}"])
async def test_hundreds_of_wrong_codes_are_asked_to_wait(server: Server, kind: str) -> None:
    wrong = [kind.format(code) for code in codes(300)]
    answers = await in_turn(len(wrong), 6, lambda n: guess(server, wrong[n]))
    looked = [status for status in answers if status != 429]
    assert (
        Guesses.NETWORK <= len(looked) < 200
    )  # some more in the minutes that a slow machine takes
    assert answers[-1] == 429
    assert await guess(server, f"/leader/{KEY}") == 307  # right ones never wait
    async with browser(server.url) as own:
        await own.get(f"/leader/{KEY}")
        assert "/new" in (await own.get("/")).text


@pytest.mark.parametrize("lang", ["nn", "nb", "sv", "da", "en"])
async def test_who_has_to_wait_is_told_so_in_their_language(server: Server, lang: Any) -> None:
    async with browser(server.url) as own:
        for code in codes(Guesses.BROWSER + 1):
            async with own.http.get(
                f"{server.url}/j/{code}", headers={"Accept-Language": lang}
            ) as answer:
                text = await answer.read()
    assert answer.status == 429
    words = text.decode()
    assert TEXTS["home.wait_title"].root[lang] in words
    assert TEXTS["home.wait"].root[lang] in words


async def test_a_full_room_comes_in_behind_the_address_of_somebody_who_guesses(
    server: Server,
) -> None:
    """300 phones scan the code; the other one never stops."""
    async with gathering(server.url, key=KEY) as held:
        page, guessed = await scanned(held), [0, 0]

        async def guesses() -> None:
            for code in codes(1_000_000):
                status = await guess(server, f"/j/{code}")
                guessed[status == 429] += 1

        async def come(number: int) -> None:
            phone = await held.stack.enter_async_context(Phone(await _browser(held), page[3:]))
            await phone.open()
            await phone.enter(f"Namn {number}")

        guesser = asyncio.create_task(guesses())
        while guessed[True] < 20:
            await asyncio.sleep(0.01)
        began = asyncio.get_running_loop().time()
        await in_turn(PHONES, 20, come)
        took = asyncio.get_running_loop().time() - began
        guesser.cancel()
        assert took < 60, f"{PHONES} phones took {took:.0f} s, beside {sum(guessed)} guesses"
        people = held.lead.draw()["people"]
        assert str(people).count("Namn ") >= PHONES


async def test_sockets_are_no_way_round(server: Server) -> None:
    """The code that a socket comes with is one more guess."""
    async with gathering(server.url, key=KEY) as held:
        statuses = []
        for code in [*codes(Guesses.NETWORK + 20), held.code]:
            async with hostile(server) as one:
                statuses.append(await _told(one, code))
        assert statuses[0] == "no meeting"
        assert statuses[-1] == "wait"
        async with hostile(server) as one:
            page = await scanned(held)
            assert await _told(one, page[3:]) == ""


async def _told(one: Hostile, code: str) -> str:
    await one.open("/", {"screen": "phone", "meeting": code, "lang": "en"})
    refused = re.search(r'44/m,.*"message":"([^"]*)"', one.heard[-1])
    return refused[1] if refused else ""


async def test_nobody_says_where_they_come_from(server: Server) -> None:
    wrong = codes(300)
    answers = await in_turn(
        len(wrong),
        6,
        lambda n: guess(server, f"/j/{wrong[n]}", **{"X-Forwarded-For": f"10.0.0.{n}"}),
    )
    assert answers[-1] == 429


@pytest.mark.parametrize("server", ["127.0.0.1"], indirect=True)
async def test_behind_a_proxy_that_is_known_each_network_stands_for_itself(server: Server) -> None:
    async def one(code: str, address: str) -> int:
        return await guess(server, f"/j/{code}", **{"X-Forwarded-For": address})

    wrong = codes(Guesses.NETWORK + 40)
    answers = [await one(code, "10.0.0.1") for code in wrong]
    assert answers[-1] == 429
    assert await one(wrong[0], "10.0.0.2") == 200
    assert await one(wrong[0], "6.6.6.6, 10.0.0.1") == 429  # what the proxy itself has added counts


async def _browser(held: Gathering) -> Browser:
    return await held.stack.enter_async_context(browser(held.origin))
