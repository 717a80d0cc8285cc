"""Journals that something happened to: what was stored is read as it was, or not at all.

A real meeting's journal, cut and flipped byte by byte. A file that cannot be read is named and
never touched, and the other meetings of the house go on.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest

from facilitator.archive import Damaged, MeetingLog, Newer, Row, Unreadable
from facilitator.house import House
from tests.short import ROUND, Sitting, short_meeting

WORDS = ("Kven ringjer heim?", "Å, «blåbær» 🫐\nog meir", "Ein og same beskjed")


@pytest.fixture
async def house(tmp_path: Path) -> House:
    """Two meetings: to one of them something will happen."""
    house = House(tmp_path / "data")
    for name in ("Heil", "Skadd"):
        table = Sitting(house.live(await house.plan(short_meeting(name))))
        await table.join("ola", "siri")
        await table.go(ROUND)
        for words in WORDS:
            await table.card("ola", words)
    return house


@pytest.fixture
def path(house: House) -> Path:
    return house.path(named(house, "Skadd"))


def named(house: House, title: str) -> str:
    return next(m.id for m in house.meetings() if m.title == title)


def read(path: Path) -> list[Row]:
    log = MeetingLog(path)
    rows = log.read()
    log.close()
    return rows


# Every byte


def test_cut_at_any_byte_of_its_last_entry_all_before_it_is_there(path: Path) -> None:
    whole, rows = path.read_bytes(), read(path)
    start = whole[:-1].rindex(b"\n") + 1
    for length in range(start, len(whole)):
        path.write_bytes(whole[:length])
        assert read(path) == rows[:-1], f"cut to {length} bytes"


def test_cut_anywhere_it_is_as_long_as_it_was_then_and_no_other(path: Path) -> None:
    whole, rows = path.read_bytes(), read(path)
    for length in range(0, len(whole), 31):
        path.write_bytes(whole[:length])
        assert read(path) == rows[: whole[:length].count(b"\n")], f"cut to {length} bytes"


def test_a_flipped_bit_is_never_read_as_something_else_nor_mended_away(path: Path) -> None:
    """Also where it makes the last line look torn: that line had been stored."""
    whole = path.read_bytes()
    chance = random.Random(1)
    last = whole[:-1].rindex(b"\n") + 1
    for at in (*range(0, last, 13), *range(last, len(whole))):
        harmed = bytearray(whole)
        harmed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(harmed)
        with pytest.raises(Damaged):
            MeetingLog(path)
        assert path.read_bytes() == harmed, f"byte {at} was flipped, and the file was touched"


def test_every_flip_of_the_last_end_of_line_is_damage(path: Path) -> None:
    whole = path.read_bytes()
    for bit in range(8):
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1 << bit]))
        with pytest.raises(Damaged):
            MeetingLog(path)


def test_random_rubbish_at_the_end_harms_nothing(path: Path) -> None:
    whole, rows = path.read_bytes(), read(path)
    chance = random.Random(2)
    for _ in range(300):
        rubbish = chance.randbytes(chance.randrange(1, 80))
        path.write_bytes(whole + rubbish)
        try:
            assert read(path) == rows
        except Damaged:
            assert path.read_bytes() == whole + rubbish


def test_lines_taken_out_of_the_middle_are_not_filled_by_what_follows(house: House) -> None:
    """Each line is whole, and still the meeting is not what it was."""
    path = house.path(named(house, "Skadd"))
    lines = path.read_bytes().splitlines(keepends=True)
    harmed = b"".join([*lines[:2], *lines[3:]])
    path.write_bytes(harmed)
    again = House(house.folder)
    assert again.find(named(again, "Skadd")) is None
    assert path.read_bytes() == harmed


# What cannot be opened, and what goes on

Harm = Callable[[bytes], bytes]


def flipped(whole: bytes) -> bytes:
    return whole[:40] + bytes([whole[40] ^ 4]) + whole[41:]


def unknown_event(whole: bytes) -> bytes:
    event = {"type": "praised", "who": "ola"}
    row = {"n": whole.count(b"\n") + 1, "at": 2e9, "by": "ola", "op": "", "event": event}
    return whole + line(["log", row["n"], row])


def unknown_field(whole: bytes) -> bytes:
    event = {"type": "paused", "why": "kaffi"}
    row = {"n": whole.count(b"\n") + 1, "at": 2e9, "by": "ola", "op": "", "event": event}
    return whole + line(["log", row["n"], row])


def unknown_row(whole: bytes) -> bytes:
    return whole + line(["log", whole.count(b"\n") + 1, {"paused": True}])


def unknown_line(whole: bytes) -> bytes:
    return whole + line({"table": "log"})


def line(document: object) -> bytes:
    text = json.dumps(document).encode()
    return b"%08x %s\n" % (crc32(text), text)


def first_line_torn(whole: bytes) -> bytes:
    return whole[:100]


def emptied(whole: bytes) -> bytes:
    return b""


NEWER = (unknown_event, unknown_field, unknown_row, unknown_line)
HARMED = (flipped, first_line_torn, emptied)


@pytest.mark.parametrize("harm", [*NEWER, *HARMED])
async def test_what_cannot_be_read_is_named_left_alone_and_stops_nobody(
    house: House, path: Path, harm: Harm
) -> None:
    harmed = harm(path.read_bytes())
    path.write_bytes(harmed)
    again = House(house.folder)
    broken, whole = named(again, "Skadd"), named(again, "Heil")
    for _ in range(2):
        assert again.find(broken) is None
        why = again.why_shut(broken)
        assert isinstance(why, Newer if harm in NEWER else Damaged)
        assert why.path == path
    assert path.read_bytes() == harmed
    await Sitting(again.live(whole)).card("siri", "Det går vidare")
    assert "Det går vidare" in {c.text for c in again.live(whole).meeting.cards.values()}
    assert again.why_shut(whole) is None


@pytest.mark.parametrize("harm", [*NEWER, *HARMED])
def test_put_back_from_a_backup_it_opens_at_once(house: House, path: Path, harm: Harm) -> None:
    """Also while the program runs."""
    whole = path.read_bytes()
    path.write_bytes(harm(whole))
    again = House(house.folder)
    meeting = named(again, "Skadd")
    assert again.find(meeting) is None
    path.write_bytes(whole)
    assert again.live(meeting).meeting == house.live(meeting).meeting
    assert again.find(meeting) is not None
    assert again.why_shut(meeting) is None


def test_a_file_that_is_gone_is_not_made_anew(house: House, path: Path) -> None:
    whole = path.read_bytes()
    path.unlink()
    again = House(house.folder)
    meeting = named(again, "Skadd")
    assert again.find(meeting) is None
    assert isinstance(again.why_shut(meeting), FileNotFoundError)
    assert not path.exists()
    path.write_bytes(whole)
    assert again.find(meeting) is not None


@pytest.mark.parametrize(
    "row", [{"id": "m", "code": "AB23CD"}, {"id": "m", "code": "AB", "title": "", "planned": 1.0}]
)
def test_a_list_of_meetings_from_a_newer_version_is_left_alone(house: House, row: Row) -> None:
    house._catalogue.put("meetings", 9, {**row, "state": "in_the_cloud"})
    path = house.folder / "catalogue.journal"
    before = path.read_bytes()
    with pytest.raises(Unreadable) as told:
        House(house.folder)
    assert isinstance(told.value, Newer)
    assert told.value.path == path
    assert path.read_bytes() == before
