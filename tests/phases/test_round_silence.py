"""Before a round everybody may think alone for a while; nobody speaks."""

from dataclasses import replace

from facilitator.core.turns import Turns
from tests.core.story import AGENDA, LEADER, ROUND, Story, said


def quiet(*people: str, seconds: int = 120, **round_: object) -> Story:
    agenda = (AGENDA[0], ROUND | {"silence_seconds": seconds, **round_}, AGENDA[2])
    story = Story(*people, agenda=agenda)
    story.to("roles")
    story.wait(60 * AGENDA[0]["minutes"])  # as planned: none is saved
    story.to("round")
    return story


def turns(story: Story) -> Turns:
    here: Turns = story.state("round").turns
    return here


def left(story: Story) -> float:
    seconds: float = story.room["silence"].clock.left(story.at)
    return seconds


def test_silence_comes_before_talk_on_every_screen():
    story = quiet("Anna", "Bo")
    for screen in (story.room, story.phone("Anna"), story.lead):
        assert said(screen["silence"].title) == "A quiet moment"
        assert "turn" not in screen.blocks
    story.wait(30)
    assert left(story) == 90
    assert turns(story).now is None


def test_everybody_writes_in_the_silence_and_it_is_seen_at_once():
    story = quiet("Anna")
    story.sends("Anna", "write", text="Hallway")
    assert "Hallway" in story.room


def test_forward_ends_the_silence_and_the_first_speaks():
    story = quiet("Anna", "Bo")
    story.presses(LEADER, "End the silence and start the round: Anna")
    assert "silence" not in story.room.blocks
    assert turns(story).now == "Anna"
    assert story.room["turn"].clock.left(story.at) == 45


def test_forward_pressed_twice_skips_nobody():
    story = quiet("Anna", "Bo")
    seen = story.meeting.place
    story.forward()
    story.refused(LEADER, "forward", "stale", seen=seen)
    assert turns(story).now == "Anna"


def test_undo_brings_the_silence_back_with_the_time_it_had():
    story = quiet("Anna")
    story.wait(30)
    story.forward()
    story.wait(10)
    story.undo()
    assert left(story) == 90
    assert turns(story).now is None


def test_a_pause_takes_no_time_from_the_silence():
    story = quiet("Anna")
    story.wait(30)
    story.does(LEADER, "pause")
    story.wait(500)
    story.does(LEADER, "resume")
    assert left(story) == 90


def test_another_phase_for_a_while_takes_no_time_from_the_silence():
    story = quiet("Anna")
    story.wait(30)
    story.to("evaluate")
    story.wait(500)
    story.to("round")
    assert left(story) == 90


def test_more_time_and_time_anew_are_the_silences_as_long_as_it_lasts():
    story = quiet("Anna")
    story.wait(100)
    story.presses(LEADER, "+30 s")
    assert left(story) == 50
    story.presses(LEADER, "Restart the time")
    assert left(story) == 150
    story.forward()
    assert story.room["turn"].clock.budget == 45


def test_one_more_round_begins_with_talk():
    story = quiet("Anna")
    story.forward(3)
    story.presses(LEADER, "One more round")
    assert "silence" not in story.room.blocks
    assert turns(story).waiting == ("Anna", LEADER)


def test_a_late_comer_to_the_silence_is_heard_before_the_leader():
    story = quiet("Anna")
    story.does("Bo", "join", name="Bo")
    assert turns(story).waiting == ("Anna", "Bo", LEADER)


def test_the_silence_gives_time_before_the_turns_do():
    story = quiet("Anna", "Bo", seconds=140, minutes=4)
    story.presses(LEADER, "Give 90 s of silence and 45 s each, and the plan holds")
    assert left(story) == 90
    assert "fit" not in story.lead.blocks


def test_a_minute_of_silence_is_never_fitted_away():
    story = quiet("Anna", "Bo", seconds=140, minutes=3)
    story.presses(LEADER, "Give 60 s of silence and 35 s each, and the plan holds")
    assert left(story) == 60
    story.forward()
    assert story.room["turn"].clock.left(story.at) == 35


def test_a_silence_shorter_than_a_minute_stays_as_it_is():
    story = quiet("Anna", "Bo", seconds=30, minutes=2)
    story.presses(LEADER, "Give 25 s each, and the plan holds")
    assert left(story) == 30


def test_nobody_is_offered_less_than_the_phase_allows():
    story = quiet("Anna", "Bo", seconds=0, minutes=2, least_seconds=35)
    story.presses(LEADER, "Give 35 s each, and the plan holds")
    story = quiet("Anna", "Bo", seconds=0, minutes=2, least_seconds=40)
    story.presses(LEADER, "Give 40 s each – the least there can be")
    assert "fit" not in story.lead.blocks


def test_when_a_minute_of_silence_and_the_least_turns_are_too_long_it_is_said_so():
    story = quiet("Anna", "Bo", seconds=140, minutes=1)
    story.presses(LEADER, "Give 60 s of silence and 20 s each – the least there can be")
    assert left(story) == 60
    assert "fit" not in story.lead.blocks


# The leader is never first


def test_the_leader_is_not_first_when_the_lead_goes_to_whom_it_would_be():
    story = quiet("Anna", "Bo", seconds=0)
    hand_over(story, "Anna")
    assert "First to speak: Bo" in story.room
    story.does("Anna", "forward")
    assert turns(story).now == "Bo"
    assert turns(story).waiting == (LEADER, "Anna")


def test_the_leader_does_not_call_on_herself_before_anybody_was_heard():
    story = quiet("Anna", "Bo")
    story.refused(LEADER, "call_turn", "leader_not_first", phase="round", who=LEADER)
    story.forward()
    story.does(LEADER, "call_turn", phase="round", who=LEADER)
    story.presses("Anna", "Pass")
    assert turns(story).now == "Bo"
    story.forward()
    assert turns(story).now == LEADER


def test_the_leader_is_not_first_when_the_first_speaker_leaves():
    story = quiet("Anna", "Bo")
    story.forward()
    story.does(LEADER, "call_turn", phase="round", who=LEADER)
    story.does("Anna", "leave", who="Anna")
    assert turns(story).now == "Bo"


def test_the_leader_alone_may_begin():
    story = quiet(seconds=0)
    story.forward()
    assert turns(story).now == LEADER


def hand_over(story: Story, who: str) -> None:
    """As if the lead had gone to somebody else in the meantime."""
    roles = {**story.meeting.roles, "leader": who}
    story.meeting = replace(story.meeting, roles=roles)
