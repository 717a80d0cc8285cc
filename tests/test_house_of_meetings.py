"""All meetings of one house: each is found, none disturbs the others, all are private."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from facilitator import house as house_module
from facilitator.archive import Journal, NotStored
from facilitator.core.code import ALPHABET, spaced, tidy
from facilitator.core.meeting import Refused
from facilitator.house import House
from facilitator.pages import home
from tests.short import EVALUATE, RESULT, ROLES, Sitting, short_meeting

LIKE_EACH_OTHER = "0O 1I 2Z 5S 8B UV"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def house(folder: Path) -> House:
    return House(folder)


# Planning and finding


async def test_a_planned_meeting_is_listed_and_found_by_its_code(house: House) -> None:
    meeting = await house.plan(short_meeting("Teammøte"))
    [listing] = house.meetings()
    assert (listing.id, listing.title, listing.state) == (meeting, "Teammøte", "planned")
    assert house.by_code(listing.code) == meeting
    assert house.live(meeting).meeting.title == "Teammøte"


async def test_the_newest_meeting_is_listed_first(house: House) -> None:
    for name in ("Måndag", "Tysdag", "Onsdag"):
        await house.plan(short_meeting(name))
    assert [m.title for m in house.meetings()] == ["Onsdag", "Tysdag", "Måndag"]


async def test_meetings_with_a_day_come_soonest_first_until_they_begin(house: House) -> None:
    ids = {}
    for name, at in (("Seint", "2030-03-01T10:00"), ("Snart", "2030-01-01T10:00"), ("Ope", "")):
        ids[name] = await house.plan(short_meeting(name, at=at))
    for opened in (house, House(house.folder)):
        assert [m.title for m in opened.due(since=0)] == ["Snart", "Seint"]
    late = house.listing(ids["Seint"])
    assert [m.title for m in house.due(since=late.at)] == ["Seint"]
    await Sitting(house.live(ids["Snart"])).go(ROLES)
    async with asyncio.timeout(5):
        while house.listing(ids["Snart"]).state != "running":
            await asyncio.sleep(0.005)
    assert [m.title for m in house.due(since=0)] == ["Seint"]
    assert House(house.folder).listing(ids["Snart"]).at is not None


async def test_two_meetings_planned_at_the_same_moment_are_two(house: House) -> None:
    one, other = await asyncio.gather(
        house.plan(short_meeting("Ein")), house.plan(short_meeting("To"))
    )
    assert {m.id: m.title for m in House(house.folder).meetings()} == {one: "Ein", other: "To"}


async def test_everything_is_there_after_a_restart(house: House) -> None:
    meeting = await house.plan(short_meeting())
    await Sitting(house.live(meeting)).join("ola")
    again = House(house.folder)
    assert list(again.meetings()) == list(house.meetings())
    assert again.live(meeting).meeting == house.live(meeting).meeting


async def test_the_list_follows_the_meeting(house: House) -> None:
    meeting = await house.plan(short_meeting())
    table = Sitting(house.live(meeting))
    await table.go(ROLES)
    await until_state(house, "running")
    await table.go(RESULT)
    await table.do(table.leader, "close")
    await until_state(house, "done")
    assert next(House(house.folder).meetings()).state == "done"


async def test_a_meeting_put_off_says_in_the_list_when_it_goes_on(house: House) -> None:
    meeting = await house.plan(short_meeting())
    table = Sitting(house.live(meeting))
    await table.go(ROLES)
    await table.do(table.leader, "put_off", when="torsdag kl. 14")
    await until_told(house, "torsdag kl. 14")
    [listing] = House(house.folder).running()
    assert home.when(listing, "nn") == "Held fram torsdag kl. 14"
    await table.do(table.leader, "resume")
    await until_told(house, "")


def test_a_list_from_before_meetings_were_put_off_opens(house: House) -> None:
    row = {"id": "m", "code": "AB23CD", "title": "Old", "planned": 1.0, "state": "running"}
    house._catalogue.put("meetings", 1, row)
    [listing] = House(house.folder).meetings()
    assert listing.put_off == ""


async def until_told(house: House, put_off: str) -> None:
    async with asyncio.timeout(5):
        while next(house.meetings()).put_off != put_off:
            await asyncio.sleep(0.005)


async def until_state(house: House, state: str) -> None:
    async with asyncio.timeout(5):
        while next(house.meetings()).state != state:
            await asyncio.sleep(0.005)


# Codes


def test_no_sign_of_a_code_looks_like_another() -> None:
    for pair in LIKE_EACH_OTHER.split():
        assert not set(pair) <= set(ALPHABET), pair
    assert len(set(ALPHABET)) == len(ALPHABET)


async def test_a_code_is_found_as_people_type_it(house: House) -> None:
    meeting = await house.plan(short_meeting())
    code = next(house.meetings()).code
    for typed in (code, code.lower(), spaced(code), f" {code[:3]}-{code[3:]} ", ".".join(code)):
        assert house.by_code(typed) == meeting


@pytest.mark.parametrize("typed", ["", " ", "?", "AAAAAA", "\x00", "ÆØÅ", "A" * 10_000])
async def test_a_wrong_code_leads_nowhere(house: House, typed: str) -> None:
    await house.plan(short_meeting())
    assert house.by_code(typed) is None


async def test_an_open_meetings_code_is_never_given_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs = iter("AAAAAA" + "AAAAAA" + "CCCCCC")
    monkeypatch.setattr(house_module.secrets, "choice", lambda alphabet: next(signs))
    await house.plan(short_meeting())
    await house.plan(short_meeting())
    assert [m.code for m in house.meetings()] == ["CCCCCC", "AAAAAA"]


@pytest.mark.parametrize(
    ("typed", "code"), [("k7p 3qx", "K7P3QX"), ("K7P-3QX", "K7P3QX"), ("<b>", "B"), ("…", "")]
)
def test_a_typed_code_is_tidied(typed: str, code: str) -> None:
    assert tidy(typed) == code


# People


async def test_one_browser_is_one_person_in_a_meeting_and_unknown_in_the_next(house: House) -> None:
    one, other = await house.plan(short_meeting()), await house.plan(short_meeting())
    person = house.person(one, "browser")
    assert person == house.person(one, "browser") == House(house.folder).person(one, "browser")
    assert len({person, house.person(one, "another"), house.person(other, "browser")}) == 3
    assert "browser" not in person


async def test_the_same_browser_has_other_ids_in_another_house(
    house: House, tmp_path: Path
) -> None:
    elsewhere = House(tmp_path / "elsewhere")
    assert house.person("m", "browser") != elsewhere.person("m", "browser")


# What is private


async def test_files_and_folders_are_their_owners_alone(folder: Path) -> None:
    old = os.umask(0)
    try:
        folder.mkdir()
        house = House(folder)
        table = Sitting(house.live(await house.plan(short_meeting())))
        await table.join("ola")
        await table.go(EVALUATE)
        await table.answer("ola")
    finally:
        os.umask(old)
    modes = {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}
    assert {modes.pop("data"), modes.pop("meetings")} == {0o700}
    assert set(modes.values()) == {0o600}
    assert len(modes) == 5  # secret, leader's key, catalogue, log, key of the answers


async def test_a_files_name_tells_nothing_of_its_meeting(house: House) -> None:
    meeting = await house.plan(short_meeting("Hemmeleg", house="Skogen"))
    await Sitting(house.live(meeting)).join("ola")
    code = next(house.meetings()).code
    for path in house.folder.rglob("*"):
        assert not [w for w in ("hemmeleg", "skogen", "ola", code) if w in path.name.lower()]


def test_secrets_are_long_made_once_and_different_in_each_house(
    house: House, tmp_path: Path
) -> None:
    again, elsewhere = House(house.folder), House(tmp_path / "elsewhere")
    assert (house.secret, house.leader_key) == (again.secret, again.leader_key)
    assert len({house.secret, house.leader_key, elsewhere.secret, elsewhere.leader_key}) == 4
    assert len(house.leader_key) * 4 >= 128  # bits, in hex


def test_a_given_leader_key_counts_and_is_not_stored(folder: Path) -> None:
    house = House(folder, leader_key="given0123456789given")
    assert house.leader_key == "given0123456789given"
    assert all(b"given" not in path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_the_leaders_mark_is_proof_of_the_key_and_not_the_key(house: House) -> None:
    assert house.leader_key not in house.leader_mark
    assert house.leader_mark == House(house.folder).leader_mark
    assert house.leader_mark != House(house.folder, "another0123456789key").leader_mark


# What goes wrong


async def test_a_damaged_meeting_does_not_stop_the_others(house: House) -> None:
    broken, whole = await house.plan(short_meeting("Skadd")), await house.plan(short_meeting())
    path = house.folder / "meetings" / f"{broken}.journal"
    harmed = b"?" + path.read_bytes() + b"more\n"
    path.write_bytes(harmed)
    again = House(house.folder)
    assert again.find(broken) is None
    assert again.find(whole) is not None
    assert len(list(again.meetings())) == 2
    assert path.read_bytes() == harmed


async def test_a_meeting_whose_log_is_gone_is_not_found_and_does_not_stop_the_others(
    house: House,
) -> None:
    gone, whole = await house.plan(short_meeting("Borte")), await house.plan(short_meeting())
    (house.folder / "meetings" / f"{gone}.journal").unlink()
    again = House(house.folder)
    assert again.find(gone) is None
    assert again.find(whole) is not None
    assert len(list((house.folder / "meetings").iterdir())) == 1, "nor is it made anew"


async def test_a_meeting_that_cannot_be_listed_is_refused_and_not_there(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.plan(short_meeting("Før"))
    with broken_disk(monkeypatch, "journal"), pytest.raises(Refused, match="not_stored"):
        await house.plan(short_meeting("Full disk"))
    with broken_disk(monkeypatch, "catalogue.journal"), pytest.raises(Refused, match="not_stored"):
        await house.plan(short_meeting("Full disk"))
    await house.plan(short_meeting("Etter"))
    for each in (house, House(house.folder)):
        assert [m.title for m in each.meetings()] == ["Etter", "Før"]


@contextmanager
def broken_disk(monkeypatch: pytest.MonkeyPatch, files: str) -> Iterator[None]:
    """No file whose name ends so takes anything more."""
    append = Journal.append

    def fails(self: Journal, *what: Any) -> None:
        if self.path.name.endswith(files):
            raise NotStored("No space left on device")
        append(self, *what)

    with monkeypatch.context() as patch:
        patch.setattr("facilitator.archive.Journal.append", fails)
        yield


async def test_the_folder_may_be_copied_while_it_is_used_and_put_back(
    house: House, tmp_path: Path
) -> None:
    """Backup is copying; restore is putting it back."""
    meeting = await house.plan(short_meeting())
    table = Sitting(house.live(meeting))
    await table.join("ola")
    shutil.copytree(house.folder, tmp_path / "copy")
    await table.join("siri")
    restored = House(tmp_path / "copy")
    assert set(restored.live(meeting).meeting.people) == {table.leader, "ola"}
    assert restored.person(meeting, "browser") == house.person(meeting, "browser")


async def test_a_copy_of_the_folder_taken_while_the_app_runs_is_a_backup(
    house: House, tmp_path: Path
) -> None:
    one = await house.plan(short_meeting("Måndag"))
    copy = Path(shutil.copytree(house.folder, tmp_path / "copy"))
    await house.plan(short_meeting("Tysdag"))
    restored = House(copy)
    assert [m.title for m in restored.meetings()] == ["Måndag"]
    assert restored.live(one).meeting == house.live(one).meeting
    assert restored.secret == house.secret
