"""The leader drives: forward, back, begin, pause, undo, show, close."""

from dataclasses import replace

import pytest

from facilitator import screens
from facilitator.core.meeting import LOBBY, Entry, evolve, replay
from facilitator.core.steering import PhaseBegun

from .story import LEADER, START, Story


def test_forward_goes_through_the_whole_meeting():
    story = Story("Anna")
    seen = []
    while not story.meeting.over:
        story.forward()
        seen.append(story.meeting.place)
    assert seen == ["0/", "1/0.", "1/1.Anna", "1/2.Liv", "1/3.", "2/", "2/shown", "3/"]
    story.refused(LEADER, "forward", "no_phase")


def test_a_double_click_skips_nobody():
    story = Story("Anna", "Bo")
    story.to("round")
    story.forward()
    seen = story.meeting.place
    story.does(LEADER, "forward", seen=seen)
    story.refused(LEADER, "forward", "stale", seen=seen)
    assert story.state("round").turns.now == "Bo"


@pytest.mark.parametrize("verb", ["forward", "back", "begin", "end_turn"])
def test_a_press_meant_for_an_earlier_place_is_refused(verb: str):
    story = Story("Anna")
    story.to("round")
    args = {"begin": {"index": 2}, "end_turn": {"phase": "round"}}.get(verb, {})
    story.refused(LEADER, verb, "stale", seen="0/", **args)


def test_only_the_leader_steers():
    story = Story("Anna")
    story.does("Anna", "take_role", role="scribe")
    story.forward()
    act = story.meeting.acts[-1]
    for verb, args in (
        ("forward", {}),
        ("back", {}),
        ("begin", {"index": 1}),
        ("pause", {}),
        ("resume", {}),
        ("show", {"what": "nothing"}),
        ("let_keys", {"on": False}),
        ("undo", {"act": act}),
        ("close", {}),
    ):
        story.refused("Anna", verb, "leader_only", **args)
        story.refused("Eve", verb, "leader_only", **args)


@pytest.mark.parametrize("index", [-1, 4, 0])
def test_a_phase_that_is_not_there_or_is_on_already_cannot_begin(index: int):
    story = Story()
    story.forward()
    story.refused(LEADER, "begin", "no_phase", index=index)


def test_there_is_no_way_back_behind_the_first_phase():
    story = Story()
    story.refused(LEADER, "back", "no_phase")
    story.forward()
    story.refused(LEADER, "back", "no_phase")


def test_going_back_keeps_all_of_both_phases():
    story = Story("Anna", "Bo")
    story.to("round")
    story.forward()
    story.does("Anna", "add_card", phase="round", text="Hallway")
    story.wait(20)
    story.to("roles")
    story.does("Bo", "take_role", role="scribe")
    story.wait(300)
    story.to("round")
    assert story.state("round").turns.now == "Anna"
    assert story.state("round").clock.left(story.meeting.time(story.at)) == 25
    assert len(story.meeting.cards) == 1
    assert story.meeting.holds("Bo", "scribe")


def test_the_clock_of_a_phase_runs_only_while_the_phase_does():
    story = Story()
    story.to("roles")
    story.wait(60)
    story.to("round")
    story.wait(30)
    story.to("roles")
    story.wait(10)
    now, clocks = story.meeting.time(story.at), story.meeting.clocks
    assert clocks["roles"].used(now) == 70
    assert clocks["round"].used(now) == 30


def test_in_a_pause_time_stands_still_for_phase_and_speaker():
    story = Story("Anna")
    story.to("round")
    story.forward()
    story.wait(10)
    story.does(LEADER, "pause")
    story.wait(1000)
    assert story.room["turn"].clock.left(story.at) == 35
    story.does(LEADER, "resume")
    story.wait(5)
    assert story.room["turn"].clock.left(story.at) == 30
    assert story.room["bar"].clock.used(story.at) == 15


def test_in_a_pause_forward_only_ends_the_pause():
    story = Story("Anna")
    story.to("round")
    story.does(LEADER, "pause")
    story.forward()
    assert story.meeting.paused is None
    assert story.meeting.at == 1


def test_a_phase_begun_in_a_pause_has_used_nothing_when_the_pause_ends():
    story = Story("Anna")
    story.to("roles")
    story.does(LEADER, "pause")
    story.wait(50)
    story.to("round")
    story.wait(50)
    story.does(LEADER, "resume")
    assert story.meeting.clocks["round"].used(story.meeting.time(story.at)) == 0


def test_there_is_no_pause_in_a_pause_nor_outside_the_phases():
    story = Story()
    story.refused(LEADER, "pause", "stale")
    story.refused(LEADER, "resume", "stale")
    story.forward()
    story.does(LEADER, "pause")
    story.refused(LEADER, "pause", "stale")
    story.to("result")
    story.does(LEADER, "resume")
    story.refused(LEADER, "pause", "stale")


def test_undone_at_once_the_meeting_is_as_before():
    story = Story("Anna")
    story.to("round")
    story.forward()
    before = story.meeting
    story.forward()
    story.undo()
    assert story.meeting == replace(before, n=story.meeting.n)


def test_undo_gives_the_speaker_the_time_back():
    story = Story("Anna", "Bo")
    story.to("round")
    story.forward()
    story.wait(10)
    story.forward()
    story.wait(7)
    story.undo()
    assert story.state("round").turns.now == "Anna"
    assert story.room["turn"].clock.left(story.at) == 35


def test_undo_takes_back_one_act_after_another():
    story = Story("Anna", "Bo")
    story.to("round")
    for _ in range(3):
        story.wait(10)
        story.forward()
    for speaker in ("Bo", "Anna", None):
        story.undo()
        assert story.state("round").turns.now == speaker
    story.undo()
    assert story.meeting.at == LOBBY
    assert story.meeting.began is None
    story.refused(LEADER, "undo", "nothing_to_undo", act=1)


def test_pressed_twice_undone_once():
    story = Story()
    story.forward()
    story.forward()
    act = story.meeting.acts[-1]
    story.does(LEADER, "undo", act=act)
    story.refused(LEADER, "undo", "stale", act=act)
    assert story.meeting.at == 0


def test_undo_never_takes_what_others_gave():
    story = Story("Anna")
    story.to("round")
    story.does("Anna", "add_card", phase="round", text="Hallway")
    story.does("Bo", "join", name="Bo")
    story.does("Bo", "take_role", role="scribe")
    story.undo()
    assert story.meeting.at == LOBBY
    assert [c.text for c in story.meeting.cards.values()] == ["Hallway"]
    assert story.meeting.holds("Bo", "scribe")


def test_undo_in_a_pause_keeps_the_pause_and_the_clocks():
    story = Story("Anna", "Bo")
    story.to("round")
    story.forward()
    story.wait(10)
    story.forward()
    story.wait(4)
    story.does(LEADER, "pause")
    story.wait(100)
    story.undo()
    assert story.meeting.paused is not None
    assert story.room["turn"].clock.left(story.at) == 35


def test_the_time_of_a_pause_is_not_given_back_twice():
    story = Story("Anna", "Bo")
    story.to("round")
    story.forward()
    story.wait(10)
    story.forward()
    story.does(LEADER, "pause")
    story.wait(100)
    story.does(LEADER, "resume")
    story.wait(5)
    story.undo()
    assert story.room["turn"].clock.left(story.at) == 35


def test_the_room_screen_shows_what_the_leader_chose():
    story = Story()
    for what, cover in (("nothing", "blank"), ("code", "code")):
        story.does(LEADER, "show", what=what)
        assert story.room["cover"].kind == cover
    story.does(LEADER, "show", what="meeting")
    assert "cover" not in story.room.blocks


def test_on_a_blank_room_screen_the_first_press_only_shows_the_meeting_again():
    """Forward and back would steer what nobody sees."""
    story = Story("Anna")
    story.to("round")
    story.does(LEADER, "show", what="nothing")
    acts = screens.own(story.meeting, "room", LEADER)["keys"].acts
    keyed = {key: (act.verb, *act.args) for act in acts for key in act.key.split("|")}
    again = ("show", ("what", "meeting"))
    assert {key for key, act in keyed.items() if act == again} >= {"PageDown", "PageUp", " ", "b"}
    assert {act[0] for act in keyed.values()} == {"show", "signal"}
    story.does(LEADER, "show", what="meeting")
    acts = screens.own(story.meeting, "room", LEADER)["keys"].acts
    assert "forward" in {act.verb for act in acts}


def test_a_meeting_is_closed_from_its_result_alone():
    story = Story("Anna")
    story.forward()
    story.refused(LEADER, "close", "not_over")
    story.to("result")
    story.does(LEADER, "close")
    assert story.meeting.closed


def test_closing_ends_a_pause_without_the_time_it_took():
    story = Story("Anna")
    story.to("round")
    story.wait(60)
    story.does(LEADER, "pause")
    story.to("result")
    story.wait(600)
    before = story.meeting.time(story.at)
    story.does(LEADER, "close")
    assert story.meeting.time(story.at) == before


def test_a_closed_meeting_takes_nothing_more():
    story = Story("Anna")
    story.to("round")
    card = story.does("Anna", "add_card", phase="round", text="Hallway")
    story.to("result")
    story.does(LEADER, "close")
    story.refused("Anna", "edit_card", "closed", card=card, text="x")
    story.refused("Eve", "join", "closed", name="Eve")
    story.refused(LEADER, "undo", "closed", act=1)
    story.refused(LEADER, "back", "closed")
    assert "The meeting is over." in story.phone("Eve")
    assert "AB23CD" not in story.room


def test_the_plan_ends_its_minutes_after_the_meeting_began():
    story = Story()
    assert story.room["bar"].due is None
    story.wait(100)
    story.forward()
    assert story.room["bar"].due == START + 100 + 15 * 60


def test_an_event_that_no_longer_fits_changes_nothing_but_the_count():
    """`evolve` is total: whatever a log holds, it opens."""
    story = Story("Anna")
    everything = Story("Anna", "Bo")
    everything.to("round")
    first = everything.does("Bo", "add_card", phase="round", text="a")
    second = everything.does("Bo", "add_card", phase="round", text="b")
    everything.does(LEADER, "merge_cards", card=first, into=second)
    everything.does("Bo", "withdraw_card", card=second)
    for entry in everything.log[-2:]:
        late = Entry(story.meeting.n + 1, story.at, entry.by, "", entry.event)
        after = evolve(story.meeting, late)
        assert replace(after, n=story.meeting.n, acts=()) == story.meeting


def test_a_log_that_begins_a_phase_out_of_the_agenda_still_opens():
    story = Story()
    late = Entry(2, story.at, LEADER, "", PhaseBegun(index=9))
    assert replay(story.meeting, [late]).phase is None


def test_the_leader_turns_the_keys_of_room_screens_off_and_on():
    story = Story("Anna")
    assert "keys" in screens.own(story.meeting, "room", LEADER)
    story.presses(LEADER, "Turn off the keys of the room screen")
    assert not story.meeting.keys
    assert screens.own(story.meeting, "room", LEADER) == {}
    story.presses(LEADER, "Turn on the keys of the room screen")
    assert "keys" in screens.own(story.meeting, "room", LEADER)
    assert screens.own(story.meeting, "room", "") == {}  # a screen that holds no power
