"""How the time stands: the plan's end, what is protected, another day."""

from __future__ import annotations

from typing import Any

from facilitator.core import pace

from .story import AGENDA, EVALUATE, LEADER, ROLES, ROUND, START, Story, said

HOUR = 3600
BREAK = ROLES | {"id": "talk", "minutes": 10}
SUMMARY = ROLES | {"id": "summary", "minutes": 8, "floor": 6, "protected": True}
LONG = (ROLES | {"floor": 2}, BREAK, ROUND, SUMMARY, EVALUATE | {"protected": True})


def late(story: Story, minutes: float) -> Story:
    story.wait(60 * minutes)
    return story


def test_the_reserve_belongs_to_the_plan():
    story = Story(agenda=AGENDA, reserve=3)
    story.forward()
    bar = story.room["bar"]
    assert bar.due == START + 60 * (15 + 3)
    assert (bar.rest, bar.reserve) == (60 * 12, 180)


def test_the_summarys_time_is_kept_free():
    story = Story(agenda=LONG)
    story.forward()
    assert story.room["bar"].protected == START + 60 * (3 + 10 + 8)
    assert "Time for: Roles" in story.lead  # its words; when they are shown is the screen's to see


def test_nothing_is_protected_once_it_is_on():
    story = Story(agenda=LONG)
    story.to("summary")
    assert story.room["bar"].protected is None
    story.to("result")
    assert story.room["bar"].protected is None


def test_the_leader_goes_to_the_summary_at_once_and_back_without_loss():
    story = Story("Anna", agenda=LONG)
    story.to("round")
    story.does("Anna", "add_card", phase="round", text="Hallway")
    story.to("talk")
    story.presses(LEADER, "Go to Roles now")
    assert story.meeting.phase is not None
    assert story.meeting.phase.id == "summary"
    story.undo()
    assert story.meeting.phase.id == "talk"
    assert [c.text for c in story.meeting.cards.values()] == ["Hallway"]


def test_the_way_to_the_summary_stands_beside_its_notice_also_while_a_round_runs():
    """There forward is the next speaker; and who was not heard is asked about."""
    story = Story("Anna", agenda=LONG)
    story.to("round")
    assert said(story.lead["bar"].go.label) == "Go to Roles now"
    assert (
        said(story.lead["bar"].go.sure)
        == "Not everyone has had the floor yet. Move on all the same?"
    )
    assert story.room["bar"].go is None


def test_the_summary_next_in_line_is_what_forward_goes_to_anyway():
    story = Story(agenda=LONG)
    story.to("round")
    story.forward(2)
    assert "Go to Roles now" not in story.lead.buttons


def test_the_leader_sees_how_long_it_has_taken_and_what_was_planned():
    story = Story(agenda=LONG)
    assert story.lead["bar"].began is None
    story.forward()
    late(story, 5)
    story.forward()
    bar = story.lead["bar"]
    assert (bar.began, bar.planned) == (START, 60 * (3 + 10))
    assert "{n} min so far, {planned} planned to the end of this phase" in story.lead
    story.to("result")
    assert story.lead["bar"].began is None


def test_what_gives_way_first_is_counted_at_its_least():
    agenda = (*LONG[:2], ROUND, ROUND | {"id": "again", "floor": 5}, *LONG[3:])
    story = Story(agenda=agenda, shorten=("talk", "again", "round"))
    rest = 8 + 4
    assert pace.kept_for_later(story.meeting, "round") == 60 * (5 + rest)
    assert pace.kept_for_later(story.meeting, "talk") == 60 * (8 + 8 + rest)
    assert pace.kept_for_later(story.meeting, "evaluate") == 0


def test_a_meeting_goes_on_another_day_where_it_was():
    story = Story("Anna", agenda=LONG)
    story.to("talk")
    late(story, 4)
    due = story.room["bar"].due
    story.sends(LEADER, "put-off", when="on Thursday at 14")
    assert story.room["cover"].kind == "pause"
    assert "We continue on Thursday at 14." in story.room
    assert "We continue on Thursday at 14." in story.phone("Anna")
    assert "We continue on Thursday at 14." in story.lead
    story.wait(48 * HOUR)
    story.presses(LEADER, "Continue the meeting")
    assert "cover" not in story.room.blocks
    assert story.room["bar"].clock.left(story.at) == 60 * 6
    assert story.room["bar"].due == due + 48 * HOUR


def test_nobody_is_behind_while_a_meeting_is_put_off():
    story = Story(agenda=LONG)
    story.forward()
    story.does(LEADER, "put_off", when="on Thursday")
    for bar in (story.room["bar"], story.lead["bar"]):
        assert (bar.due, bar.protected, bar.began) == (None, None, None)


def test_signals_are_told_by_the_minutes_of_the_meeting_also_after_another_day():
    story = Story(agenda=LONG)
    story.forward()
    late(story, 4)
    story.does(LEADER, "signal", reason="time")
    story.does(LEADER, "put_off", when="on Thursday")
    story.wait(48 * HOUR)
    story.forward()
    story.to("result")
    assert "Use of time – after 4 min" in story.lead


def test_a_pause_within_a_meeting_does_not_move_its_end():
    story = Story(agenda=LONG)
    story.forward()
    due = story.room["bar"].due
    story.does(LEADER, "pause")
    late(story, 5)
    story.does(LEADER, "resume")
    assert story.room["bar"].due == due


def test_a_pause_may_become_another_day():
    story = Story(agenda=LONG)
    story.forward()
    story.does(LEADER, "pause")
    story.does(LEADER, "put_off", when="next week")
    assert "next week" in story.lead


def test_only_a_meeting_that_runs_is_put_off_and_only_in_words():
    story = Story("Anna", agenda=LONG)
    story.refused(LEADER, "put_off", "stale", when="tomorrow")
    story.forward()
    refusals: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (LEADER, "when_empty", {"when": " "}),
        (LEADER, "when_long", {"when": "x" * 81}),
        ("Anna", "leader_only", {"when": "tomorrow"}),
    )
    for who, why, args in refusals:
        story.refused(who, "put_off", why, **args)
