"""The leader's line about phones and the disk: in words, where there is something to say."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from facilitator.core.frame import standing
from facilitator.core.frame.parts import Around, Door

from .story import LEADER, Story, said

STORED = "Everything is stored."
AROUND = Around(Door("", "", ""), folder="/data")


def line(
    story: Story, reached: Iterable[str] = (), away: Iterable[str] = (), **more: object
) -> str:
    around = replace(AROUND, reached=frozenset(reached), away=frozenset(away), **more)
    return " ".join(map(said, standing.line(story.meeting, around).said))


def test_it_says_that_all_phones_are_reached():
    assert line(Story("Anna", "Bo"), ["Anna", "Bo"]) == f"All 2 phones are connected. {STORED}"
    assert line(Story("Anna"), ["Anna"]) == f"The phone is connected. {STORED}"


def test_it_names_those_who_are_away():
    story = Story("Anna", "Bo", "Eve", "Finn", "Gro")
    assert line(story, ["Eve"], ["Anna"]).startswith("Anna’s phone is away.")
    assert line(story, ["Eve"], ["Bo", "Anna"]).startswith("2 phones are away: Anna, Bo. What")
    many = line(story, ["Eve"], ["Anna", "Bo", "Finn", "Gro"])
    assert many.startswith("4 phones are away: Anna, Bo, Finn …. ")


def test_after_a_restart_it_says_how_many_have_come_back():
    assert line(Story("Anna", "Bo", "Eve"), ["Bo"]).startswith("1 of 3 phones are connected.")


def test_without_phones_it_says_nothing_about_them():
    """Neither where nobody has one, nor where none is connected: another note says that."""
    story = Story()
    story.does(LEADER, "add_person", name="Anna")
    assert line(story) == line(story, alone=True) == STORED
    assert line(Story("Anna", "Bo"), away=["Anna", "Bo"], alone=True) == STORED


def test_the_leaders_own_desk_is_no_phone():
    assert line(Story("Anna"), [LEADER, "Anna"]) == f"The phone is connected. {STORED}"


def test_who_has_gone_home_is_not_away():
    story = Story("Anna", "Bo")
    story.does("Anna", "leave", who="Anna")
    assert line(story, ["Bo"], ["Anna"]) == f"The phone is connected. {STORED}"


def test_with_the_disk_gone_it_says_what_to_do_and_where():
    told = line(Story("Anna"), ["Anna"], held=True)
    assert told.startswith("The disk takes nothing.")
    assert told.endswith("The meeting can go on. The phone is connected.")
    assert "Make room where /data is" in told
    assert STORED not in told


@pytest.mark.parametrize("held", [False, True])
def test_it_is_marked_where_something_has_to_be_done(held: bool):
    m = Story("Anna").meeting
    assert standing.line(m, replace(AROUND, held=held)).trouble is held


def test_it_stands_in_the_leader_view_alone():
    story = Story("Anna")
    assert "standing" in story.lead.blocks
    assert "standing" not in story.room.blocks | story.phone("Anna").blocks


def test_whether_all_is_ready_can_be_asked_until_the_meeting_begins():
    story = Story("Anna")
    assert "/check" in [path for _, path in story.lead["links"].links]
    story.forward()
    assert "/check" not in [path for _, path in story.lead["links"].links]
