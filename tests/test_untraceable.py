"""Once the answers are shown, nothing on the disk tells who gave which.

A short meeting in a real house, not yet closed; then every file is searched, byte by byte. What is
left of it when it is closed is searched in test_forgets.py.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from facilitator.house import House
from tests.short import EVALUATE, RESULT, ROUND, Sitting, short_meeting

SESSIONS = {name: f"session-of-{name}-3f1c" for name in ("ola", "siri", "nils", "anne", "per")}


@dataclass
class Aftermath:
    """What is left, and all that the test alone still knows."""

    folder: Path
    people: dict[str, str]  # name -> id
    key: bytes
    pseudonyms: set[str]
    times: set[float]  # when answers were given

    def files(self) -> Iterator[tuple[Path, bytes]]:
        for path in self.folder.rglob("*"):
            if path.is_file():
                yield path, path.read_bytes()

    def rows(self) -> list[dict[str, Any]]:
        [log] = (self.folder / "meetings").glob("*.journal")
        return [json.loads(line.partition(b" ")[2])[2] for line in log.read_bytes().splitlines()]

    def answered(self) -> list[dict[str, Any]]:
        return [row for row in self.rows() if row["event"]["type"] == "answered"]


@pytest.fixture
async def after(tmp_path: Path) -> Aftermath:
    now = iter(range(1_000_000, 2_000_000))
    house = House(tmp_path / "data", now=lambda: float(next(now)))
    meeting = await house.plan(short_meeting())
    table = Sitting(house.live(meeting))
    people = {name: house.person(meeting, session) for name, session in SESSIONS.items()}
    for name, who in people.items():
        await table.do(who, "join", name=name.title())
    await table.go(ROUND)
    for who in people.values():
        await table.card(who, "Eit kort")
    await table.go(EVALUATE)
    answers = ("yes", "no", "partly", "yes", "no")
    for who, option in zip(people.values(), answers, strict=True):
        await table.answer(who, useful=option)
    await table.answer(people["ola"], useful="partly")
    [key_file] = (house.folder / "meetings").glob("*.key")
    key = key_file.read_bytes()
    given = table.live.meeting.states["evaluate"].answers
    await table.show_answers()
    await table.go(RESULT)
    async with asyncio.timeout(5):
        while key_file.exists():
            await asyncio.sleep(0.005)
    since = next(row["at"] for row in Aftermath(house.folder, {}, b"", set(), set()).answered())
    return Aftermath(house.folder, people, key, set(given), {since})


def written(secret: bytes) -> set[bytes]:
    """A secret as somebody may have written it down, whole or its first half."""
    parts = (secret, secret[: len(secret) // 2], secret[len(secret) // 2 :])
    return {
        form
        for part in parts
        for form in (
            part,
            part.hex().encode(),
            part.hex().upper().encode(),
            base64.b64encode(part).rstrip(b"="),
            base64.urlsafe_b64encode(part).rstrip(b"="),
        )
    }


async def test_there_is_something_to_trace(after: Aftermath) -> None:
    """Or the other tests would find nothing because nothing is there."""
    assert len(after.answered()) == 6
    made = {pseudonym(after.key, who) for who in after.people.values()}
    assert made == after.pseudonyms


async def test_no_key_is_left_anywhere(after: Aftermath) -> None:
    for path, data in after.files():
        assert not [form for form in written(after.key) if form in data], path.name


async def test_no_session_is_stored_at_all(after: Aftermath) -> None:
    for path, data in after.files():
        for session in SESSIONS.values():
            assert not [form for form in written(session.encode()) if form in data], path.name


async def test_an_answer_names_nobody_no_device_and_no_moment(after: Aftermath) -> None:
    others = [row for row in after.rows() if row["event"]["type"] != "answered"]
    named = {row["by"] for row in others} | {row["op"].rpartition(".")[0] for row in others} - {""}
    names = {*after.people, *after.people.values(), *named, "device"}
    for row in after.answered():
        line = json.dumps(row)
        assert not [name for name in names if name in line]
    assert {row["at"] for row in after.answered()} == after.times


async def test_answers_share_nothing_with_any_other_line(after: Aftermath) -> None:
    others = json.dumps([row for row in after.rows() if row["event"]["type"] != "answered"])
    for row in after.answered():
        assert row["by"] not in others
        assert row["op"] not in others


async def test_nothing_on_the_disk_makes_the_pseudonyms_anew(after: Aftermath) -> None:
    """Every 32 bytes of every file, and every word in it, tried as the key for every person."""
    keys = {
        data[start : start + size]
        for _, data in after.files()
        for size in (16, 32)
        for start in range(len(data) - size + 1)
    }
    keys |= {word for _, data in after.files() for word in data.replace(b'"', b" ").split()}
    keys |= {bytes.fromhex(word.decode()) for word in keys if is_hex(word)}
    people = [who.encode() for who in after.people.values()]
    for key in keys:
        started = hmac.new(key, digestmod=hashlib.sha256)
        for who in people:
            tried = started.copy()
            tried.update(who)
            assert f"~{tried.hexdigest()[:24]}" not in after.pseudonyms


async def test_what_was_answered_is_kept_once_from_each(after: Aftermath) -> None:
    house = House(after.folder)
    live = house.live(next(house.meetings()).id)
    assert set(live.meeting.states["evaluate"].answers) == after.pseudonyms
    assert len(after.pseudonyms) == len(after.people)


def pseudonym(key: bytes, who: str) -> str:
    return "~" + hmac.new(key, who.encode(), hashlib.sha256).hexdigest()[:24]


def is_hex(word: bytes) -> bool:
    return len(word) % 2 == 0 and all(byte in b"0123456789abcdef" for byte in word)
