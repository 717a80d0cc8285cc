"""A break is a phase: how long it lasts, at what time we go on, and five minutes more."""

from typing import Any

from tests.core.story import EVALUATE, LEADER, ROUND, Story, said, text

BREAK: dict[str, Any] = {
    "kind": "break",
    "id": "break",
    "title": text("Break"),
    "minutes": 10,
}


def begun(*people: str) -> Story:
    story = Story(*people, agenda=(ROUND, BREAK, EVALUATE))
    story.to("break")
    return story


def left(story: Story) -> float:
    return float(story.room["time"].clock.left(story.at))


def test_room_and_phones_show_what_is_left_and_when_we_go_on():
    story = begun("Anna")
    story.wait(60)
    assert left(story) == 540
    for screen in (story.room, story.phone("Anna"), story.lead):
        assert said(screen["time"].until) == "We continue at {time}"
        assert said(screen["heading"].title) == "Break"
        assert screen["time"].size == "big"


def test_when_the_time_is_up_the_screens_say_so_quietly():
    assert said(begun().room["time"].up) == "The break is over. We continue when everyone is back."


def test_the_leader_gives_five_minutes_more_and_may_take_them_back():
    story = begun("Anna")
    story.refused("Anna", "lengthen_break", "leader_only", phase="break")
    story.presses(LEADER, "+5 min")
    assert left(story) == 900
    story.undo()
    assert left(story) == 600


def test_when_the_time_is_up_already_it_is_five_minutes_from_now():
    story = begun()
    story.wait(720)
    story.presses(LEADER, "+5 min")
    assert left(story) == 300


def test_a_break_stands_still_while_the_meeting_is_paused():
    story = begun()
    story.does(LEADER, "pause")
    story.wait(300)
    assert story.room["time"].clock.started is None
    assert left(story) == 600


def test_the_leader_goes_on_at_any_time_without_a_question():
    story = begun()
    assert not story.lead.act("Next phase: Evaluation").sure
    story.forward()
    story.refused(LEADER, "lengthen_break", "stale", phase="break")
    story.refused(LEADER, "lengthen_break", "stale", phase="evaluate")


def test_a_break_leaves_nothing_in_the_result():
    story = begun("Anna")
    before = story.phone("Anna").blocks
    story.to("result")
    assert "time" in before
    assert not any(key.endswith("-break") for key in story.phone("Anna").blocks)
