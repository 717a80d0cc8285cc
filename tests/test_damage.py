"""Journals that something happened to: what was stored is read as it was, or not at all.

A file that cannot be read is named and never touched, and the other meetings of the house go on.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.archive import Damaged, MeetingLog, Newer, Row, Unreadable
from facilitator.house import House
from tests.chaos.damage import came_of, flipped, harms, journal, whole_line
from tests.short import ROUND, Sitting, short_meeting


@pytest.fixture
async def house(tmp_path: Path) -> House:
    """Two meetings: to one of them something will happen."""
    await journal(tmp_path / "data")
    house = House(tmp_path / "data")
    whole = Sitting(house.live(await house.plan(short_meeting("Heil"))))
    await whole.join("siri")
    await whole.go(ROUND)
    return house


@pytest.fixture
def path(house: House) -> Path:
    return house.path(named(house, "Skadd"))


def named(house: House, title: str) -> str:
    return next(m.id for m in house.meetings() if m.title == title)


def test_every_harm_costs_what_it_must_and_is_never_read_as_something_else(path: Path) -> None:
    """Every byte of the last entry is tried, and some of those before; `make chaos` tries all."""
    whole, chance = path.read_bytes(), random.Random(1)
    log = MeetingLog(path)
    rows = log.read()
    log.close()
    last = whole[:-1].rindex(b"\n") + 1
    every = list(harms(whole, chance))
    tried = [h for k, h in enumerate(every) if k % 17 == 0 or k % len(whole) >= last]
    assert len(tried) > 500
    assert not [wrong for harm in tried if (wrong := came_of(harm, path, rows))]


# What cannot be opened, and what goes on

Harm = Callable[[bytes], bytes]


def one_bit(whole: bytes) -> bytes:
    return flipped(whole, 40, 2)


def unknown_event(whole: bytes) -> bytes:
    event = {"type": "praised", "who": "ola"}
    row = {"n": whole.count(b"\n") + 1, "at": 2e9, "by": "ola", "op": "", "event": event}
    return whole + whole_line(["log", row["n"], row])


def unknown_field(whole: bytes) -> bytes:
    event = {"type": "paused", "why": "kaffi"}
    row = {"n": whole.count(b"\n") + 1, "at": 2e9, "by": "ola", "op": "", "event": event}
    return whole + whole_line(["log", row["n"], row])


def unknown_row(whole: bytes) -> bytes:
    return whole + whole_line(["log", whole.count(b"\n") + 1, {"paused": True}])


def unknown_line(whole: bytes) -> bytes:
    return whole + whole_line({"table": "log"})


def first_line_torn(whole: bytes) -> bytes:
    return whole[:100]


def emptied(whole: bytes) -> bytes:
    return b""


NEWER = (unknown_event, unknown_field, unknown_row, unknown_line)
HARMED = (one_bit, first_line_torn, emptied)


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
