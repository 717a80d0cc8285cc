"""Two meetings a day: a paired screen follows the house, and nothing of the last one is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from facilitator.paired import Room
from facilitator.rooms import STAYS
from facilitator.texts import TEXTS
from tests.gathering import Gathering, Screen
from tests.short import RESULT, ROLES, Sitting, short_meeting
from tests.walls import Clock, code_on, pair, refused, screen, settled

NONE_NOW = TEXTS["hall.none"].root["en"]


@pytest.fixture
async def gathering(tmp_path: Path) -> Gathering:
    gathering = Gathering(tmp_path / "data")
    await gathering.begin()
    return gathering


@pytest.fixture
async def wall(gathering: Gathering) -> Screen:
    """A screen that is paired with the meeting."""
    lead, wall = await gathering.led("lead"), await screen(gathering)
    assert "stored" in await pair(lead, code_on(wall))
    return wall


async def another(gathering: Gathering, title: str = "Nummer to") -> str:
    """One more meeting, planned."""
    return await gathering.house.plan(short_meeting(title))


async def starts(gathering: Gathering, meeting: str) -> None:
    await Sitting(gathering.house.live(meeting)).go(ROLES)
    await settled()


async def closes(gathering: Gathering, meeting: str) -> None:
    table = Sitting(gathering.house.live(meeting))
    await table.go(RESULT)
    await table.do(table.leader, "close")
    await settled()


async def leads(gathering: Gathering, meeting: str) -> Screen:
    session = {"id": "next", "leader": gathering.house.leader_mark}
    lead = await gathering._enter(session, {"screen": "lead", "meeting": meeting, "lang": "en"})
    await settled()
    return lead


def shows(wall: Screen, gathering: Gathering, meeting: str) -> bool:
    at, _ = gathering.channel._at[wall.sid]
    return at == meeting and gathering.house.live(meeting).meeting.title in wall.said()


async def test_it_shows_its_meeting_until_it_is_closed_whatever_else_begins(
    gathering: Gathering, wall: Screen
) -> None:
    other = await another(gathering)
    await starts(gathering, other)
    assert shows(wall, gathering, gathering.meeting)
    await starts(gathering, gathering.meeting)
    assert shows(wall, gathering, gathering.meeting)


async def test_the_result_stays_for_a_while_and_then_goes(
    gathering: Gathering, wall: Screen
) -> None:
    clock = Clock(gathering.house)
    await closes(gathering, gathering.meeting)
    clock.more = STAYS - 5
    gathering.channel._rooms.follow()
    assert shows(wall, gathering, gathering.meeting)
    clock.more = STAYS + 5
    gathering.channel._rooms.follow()
    assert NONE_NOW in wall.said()
    assert gathering.live.meeting.title not in wall.said()
    assert wall.lang == "en"


async def test_after_a_restart_the_result_is_as_old_as_it_is(
    gathering: Gathering, wall: Screen
) -> None:
    await closes(gathering, gathering.meeting)
    for later, there in ((STAYS - 60, True), (STAYS + 60, False)):
        again = Gathering(gathering.house.folder)
        again.meeting, again._told = gathering.meeting, gathering.live.meeting.n
        Clock(again.house).more = later
        seen = await screen(again)
        assert shows(seen, again, again.meeting) is there
        assert (NONE_NOW in seen.said()) is not there


async def test_when_the_next_meeting_begins_it_goes_over_by_itself(
    gathering: Gathering, wall: Screen
) -> None:
    other = await another(gathering)
    await closes(gathering, gathering.meeting)
    await starts(gathering, other)
    assert shows(wall, gathering, other)
    assert "Kort møte" not in wall.said()
    await closes(gathering, other)
    third = await another(gathering, "Nummer tre")
    await starts(gathering, third)
    assert shows(wall, gathering, third)


async def test_it_does_so_too_when_it_was_switched_off_meanwhile(
    gathering: Gathering, wall: Screen
) -> None:
    other = await another(gathering)
    await closes(gathering, gathering.meeting)
    gathering.screens.remove(wall)
    await wall.disconnect()
    await starts(gathering, other)
    assert shows(await screen(gathering), gathering, other)


async def test_it_hears_no_more_of_a_meeting_it_has_left(
    gathering: Gathering, wall: Screen
) -> None:
    other = await another(gathering)
    lead = await leads(gathering, other)
    assert "stored" in await lead.do("show_here")
    await settled()
    async with gathering.listening() as told:
        await Sitting(gathering.live).go(ROLES)
        await settled()
    assert told[wall] == []
    assert shows(wall, gathering, other)


async def test_the_next_leaders_view_takes_the_last_result_away(
    gathering: Gathering, wall: Screen
) -> None:
    other = await another(gathering)
    await closes(gathering, gathering.meeting)
    assert shows(wall, gathering, gathering.meeting)
    await leads(gathering, other)
    assert "Kort møte" not in wall.said()
    assert "Next: Nummer to" in wall.said()
    await starts(gathering, other)
    assert shows(wall, gathering, other)


async def test_a_look_at_an_old_meeting_takes_nothing_away(
    gathering: Gathering, wall: Screen
) -> None:
    old = await another(gathering, "Gammalt")
    await closes(gathering, old)
    await closes(gathering, gathering.meeting)
    await leads(gathering, old)
    await leads(gathering, gathering.meeting)
    assert shows(wall, gathering, gathering.meeting)


async def test_one_tap_shows_the_next_meeting_before_it_begins(
    gathering: Gathering, wall: Screen
) -> None:
    other = await another(gathering)
    await closes(gathering, gathering.meeting)
    lead = await leads(gathering, other)
    await gathering.calm()
    [act] = [act for act in lead.blocks["screens"]["acts"] if act["verb"] == "show_here"]
    assert "sure" not in act
    assert "stored" in await lead.do("show_here")
    await settled()
    await gathering.calm()
    assert shows(wall, gathering, other)
    assert "show_here" not in str(lead.blocks["screens"])
    assert await lead.do("show_here") == refused("no_screen", "en")


async def test_a_screen_that_shows_another_running_meeting_is_asked_for(
    gathering: Gathering, wall: Screen
) -> None:
    await starts(gathering, gathering.meeting)
    lead = await leads(gathering, await another(gathering))
    await gathering.calm()
    [act] = [act for act in lead.blocks["screens"]["acts"] if act["verb"] == "show_here"]
    assert "another meeting" in act["sure"]
    assert shows(wall, gathering, gathering.meeting)


async def test_with_two_idle_screens_none_is_guessed_and_each_shows_its_code(
    gathering: Gathering, wall: Screen
) -> None:
    second = await screen(gathering, "second")
    lead = gathering.screens[0]
    await pair(lead, code_on(second))
    other = await another(gathering)
    await closes(gathering, gathering.meeting)
    lead = await leads(gathering, other)
    await starts(gathering, other)
    await gathering.calm()
    for each in (wall, second):
        assert "hall" in each.blocks
    assert "show_here" not in str(lead.blocks["screens"])
    assert "stored" in await pair(lead, code_on(second))
    assert shows(second, gathering, other)
    assert "hall" in wall.blocks


async def test_a_meeting_with_a_screen_of_its_own_draws_no_other(
    gathering: Gathering, wall: Screen
) -> None:
    """Two groups, two rooms."""
    other = await another(gathering)
    lead, second = await leads(gathering, other), await screen(gathering, "second")
    await pair(lead, code_on(second))
    await closes(gathering, gathering.meeting)
    await starts(gathering, other)
    assert shows(second, gathering, other)
    assert shows(wall, gathering, gathering.meeting)


@pytest.mark.parametrize(
    ("hours", "told"), [(-2, False), (-0.5, True), (0.5, True), (11, True), (13, False)]
)
async def test_what_comes_next_is_said_with_its_time(
    gathering: Gathering, wall: Screen, hours: float, told: bool
) -> None:
    house = gathering.house
    first: Any = house.listing(gathering.meeting)
    house._keep(replace(first, planned=0.0))
    listing: Any = house.listing(await another(gathering))
    house._keep(replace(listing, planned=house.now() + hours * 3600))
    house.paired.keep(Room(house.browser("wall"), "", keys=False, since=house.now()))
    gathering.channel._rooms.follow()
    said = wall.blocks["hall"]["title"]
    assert ("Nummer to" in said) is told
    assert (" · " in said) is (told and hours > 0)
