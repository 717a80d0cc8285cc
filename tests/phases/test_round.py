"""A round: everyone is heard once, with equal time, and the leader is never first."""

from contextlib import suppress

from facilitator.core.meeting import Refused
from facilitator.core.turns import Turns
from tests.core.story import AGENDA, LEADER, ROUND, Story, said


def begun(*people: str, **round_: object) -> Story:
    story = Story(*people, agenda=(AGENDA[0], ROUND | round_, AGENDA[2]))
    story.to("round")
    return story


def turns(story: Story) -> Turns:
    here: Turns = story.state("round").turns
    return here


def left(story: Story) -> float:
    seconds: float = story.room["turn"].clock.left(story.at)
    return seconds


# Turns


def test_the_leader_speaks_last():
    assert turns(begun("Anna", "Bo")).waiting == ("Anna", "Bo", LEADER)


def test_a_late_comer_is_heard_too_and_before_the_leader():
    story = begun("Anna")
    story.forward()
    story.does("Bo", "join", name="Bo")
    assert turns(story).waiting == ("Bo", LEADER)


def test_who_came_before_the_round_and_left_is_not_asked():
    story = Story("Anna", "Bo")
    story.does("Anna", "leave", who="Anna")
    story.to("round")
    assert turns(story).waiting == ("Bo", LEADER)


def test_everybody_has_the_same_time():
    story = begun("Anna", "Bo")
    story.forward()
    assert left(story) == 45
    story.wait(60)
    story.forward()
    assert left(story) == 45


def test_nobodys_time_runs_before_the_first_speaks_or_after_the_last():
    story = begun("Anna")
    story.wait(30)
    assert left(story) == 45
    story.forward(3)
    story.wait(30)
    assert left(story) == 45


def test_the_speaker_ends_the_turn_and_nobody_else_does():
    story = begun("Anna", "Bo")
    story.forward()
    story.refused("Bo", "end_turn", "leader_only", phase="round")
    story.refused("Eve", "end_turn", "not_joined", phase="round")
    story.does("Anna", "end_turn", phase="round")
    assert turns(story).now == "Bo"


def test_the_scribe_ends_the_turn_of_who_has_no_phone():
    story = begun("Anna")
    guest = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.does("Anna", "take_role", role="scribe")
    story.forward(2)
    assert turns(story).now == guest
    story.presses("Anna", "Olav is done")
    assert turns(story).heard == ("Anna", guest)


def test_done_pressed_as_the_leader_presses_next_skips_nobody():
    story = begun("Anna", "Bo")
    story.forward()
    seen = story.meeting.place
    story.forward()
    story.refused("Anna", "end_turn", "stale", phase="round", seen=seen)
    assert turns(story).now == "Bo"


def test_a_speaker_ends_a_turn_and_the_leader_cannot_undo_it():
    story = begun("Anna", "Bo")
    story.forward()
    story.does("Anna", "end_turn", phase="round")
    story.refused(LEADER, "undo", "nothing_to_undo", act=1)


def test_come_back_to_me_needs_somebody_who_waits():
    story = begun("Anna")
    story.forward()
    story.does("Anna", "end_turn", phase="round", how="later")
    assert turns(story).waiting == ("Anna",)
    story.forward()
    story.refused("Anna", "end_turn", "nobody_waits", phase="round", how="later")


def test_who_passed_may_speak_after_all_but_not_before_others():
    story = begun("Anna", "Bo")
    story.forward()
    story.presses("Anna", "Pass")
    story.refused("Bo", "call_turn", "stale", phase="round", who="Bo")
    story.presses("Anna", "I would like to speak after all")
    assert turns(story).waiting == ("Anna", LEADER)
    assert turns(story).passed == ()


def test_the_leader_calls_on_somebody_to_speak_next():
    story = begun("Anna", "Bo", "Eva")
    story.forward()
    story.refused("Bo", "call_turn", "leader_only", phase="round", who="Eva")
    story.refused(LEADER, "call_turn", "not_joined", phase="round", who="Nobody")
    story.does(LEADER, "call_turn", phase="round", who="Eva")
    assert turns(story).waiting == ("Eva", "Bo", LEADER)
    story.undo()
    assert turns(story).waiting == ("Bo", "Eva", LEADER)


def test_more_time_is_for_this_speaker_alone():
    story = begun("Anna", "Bo")
    story.forward()
    story.wait(40)
    story.presses(LEADER, "+30 s")
    assert left(story) == 35
    story.forward()
    assert left(story) == 45


def test_a_forgotten_timer_starts_anew():
    story = begun("Anna")
    story.forward()
    story.wait(40)
    story.presses(LEADER, "Restart the time")
    assert left(story) == 45
    story.wait(5)
    assert left(story) == 40


def test_only_the_leader_gives_time():
    story = begun("Anna")
    story.forward()
    for verb in ("more_time", "restart_turn", "repeat_round"):
        story.refused("Anna", verb, "leader_only", phase="round")


def test_who_leaves_while_speaking_gives_the_turn_to_the_next_with_whole_time():
    story = begun("Anna", "Bo")
    story.forward()
    story.wait(30)
    story.does("Anna", "leave", who="Anna")
    assert turns(story).now == "Bo"
    assert left(story) == 45


def test_who_comes_back_is_asked_again():
    story = begun("Anna", "Bo")
    story.does("Anna", "leave", who="Anna")
    story.does("Anna", "join", name="Anna")
    assert turns(story).waiting == ("Bo", "Anna", LEADER)


def test_one_more_round_when_all_have_been_heard():
    story = begun("Anna")
    story.refused(LEADER, "repeat_round", "round_runs", phase="round")
    story.forward(3)
    story.presses(LEADER, "One more round")
    assert turns(story) == Turns(waiting=("Anna", LEADER))


def test_the_leader_is_last_in_one_more_round_also_when_others_passed():
    story = begun("Anna", "Bo")
    story.forward()
    story.presses("Anna", "Pass")
    story.presses("Bo", "Pass")
    story.forward()
    story.presses(LEADER, "One more round")
    assert turns(story).waiting == ("Anna", "Bo", LEADER)


def test_a_turn_of_another_phase_is_refused():
    story = begun("Anna")
    story.forward()
    story.to("evaluate")
    for verb in ("end_turn", "more_time", "restart_turn", "repeat_round"):
        story.refused(LEADER, verb, "stale", phase="round")
    story.refused(LEADER, "more_time", "stale", phase="roles")
    story.refused(LEADER, "more_time", "stale", phase="nowhere")


def test_a_late_comer_to_a_round_that_is_past_waits_there_with_the_clock_standing():
    story = begun("Anna")
    story.forward(3)
    story.to("evaluate")
    story.does("Bo", "join", name="Bo")
    story.to("round")
    assert turns(story).waiting == ("Bo",)
    assert story.state("round").clock.started is None


def test_who_leaves_while_the_round_is_past_starts_no_clock():
    story = begun("Anna", "Bo")
    story.forward()
    story.to("evaluate")
    story.does("Anna", "leave", who="Anna")
    story.wait(100)
    story.to("round")
    assert turns(story).now == "Bo"
    assert left(story) == 45


# Screens


def test_everyone_sees_whose_turn_it_is():
    story = begun("Anna", "Bo")
    assert "First to speak: Anna" in story.room
    story.forward()
    for screen in (story.room, story.phone("Bo"), story.lead):
        assert (screen["turn"].name, said(screen["turn"].label)) == ("Anna", "Speaking now")
        assert said(screen["turn"].question) == "What matters most?"


def test_the_room_screen_shows_who_comes_next_and_who_was_heard():
    story = begun("Anna", "Bo", "Eva", "Dag", "Per")
    story.forward(2)
    queue = story.room["queue"]
    assert said(queue.label) == "Round · 2 of 6"
    assert [member.name for member in queue.coming] == ["Eva", "Dag", "Per"]
    assert queue.heard == "Anna"


def test_when_all_were_heard_the_screen_says_so():
    story = begun("Anna")
    story.forward(3)
    assert said(story.room["turn"].label) == "Everyone has had the floor"
    assert "One more round" in story.lead.buttons


def test_the_speakers_phone_alone_ends_the_turn():
    story = begun("Anna", "Bo")
    story.forward()
    mine = {"Done – next is Bo", "Come back to me", "Pass"}
    assert mine <= set(story.phone("Anna").buttons)
    assert not mine & set(story.phone("Bo").buttons)
    story.presses("Anna", "Done – next is Bo")
    assert story.phone("Bo")["turn"].who == "Bo"
    assert said(story.phone("Bo")["turn"].yours) == "Your turn, Bo"


def test_the_last_speaker_is_not_told_of_a_next():
    story = begun()
    story.forward()
    assert "Done" in story.phone(LEADER).buttons
    assert "Come back to me" not in story.phone(LEADER).buttons


def test_forward_says_what_it_will_do():
    story = begun("Anna")
    steps = []
    for label in ("Start the round: Anna", "Next: Liv", "The round is done"):
        assert label in story.lead.buttons
        story.presses(LEADER, label)
        steps.append(turns(story).now)
    assert steps == ["Anna", LEADER, None]
    assert "Next phase: Evaluation" in story.lead.buttons


def test_going_on_before_all_were_heard_is_asked_about():
    story = begun("Anna", "Bo")
    story.forward()
    question = "Not everyone has had the floor yet. Move on all the same?"
    assert said(story.lead.act("Next phase: Evaluation").sure) == question


def test_the_leader_sees_who_has_spoken():
    story = begun("Anna", "Bo", "Eva")
    story.forward()
    story.presses("Anna", "Pass")
    story.forward()
    notes = {member.name: said(member.note) for member in story.lead["people"].people}
    assert notes == {"Anna": "passed", "Bo": "has spoken", "Eva": "speaking", "Liv": "next"}


def test_every_call_that_the_leader_view_offers_is_taken_or_refused_in_words():
    story = begun("Anna", "Bo")
    story.forward()
    acts = [act for member in story.lead["people"].people for act in member.acts]
    calls = [act for act in acts if act.verb == "call_turn"]
    assert len(calls) == 3
    for act in calls:
        with suppress(Refused):
            story.does(LEADER, act.verb, **dict(act.args))
        assert turns(story).now == "Anna"


def test_a_card_stands_on_the_room_screen_with_where_it_comes_from_and_not_who():
    story = begun()
    story.does("p1", "join", name="Kari", origin="School")
    story.sends("p1", "write", text="Hallway")
    (face,) = story.room["cards"].cards
    assert (face.text, said(face.note)) == ("Hallway", "School")


def test_ones_own_cards_are_on_ones_own_phone_alone():
    story = begun("Anna", "Bo")
    story.sends("Anna", "write", text="Hallway")
    assert [face.text for face in story.phone("Anna")["mine"].cards] == ["Hallway"]
    assert "Hallway" not in story.phone("Bo")
    story.presses("Anna", "Withdraw the card")
    assert "mine" not in story.phone("Anna").blocks
    assert "Hallway" not in story.room


def test_merged_cards_are_shown_under_the_one_they_lie_under():
    story = begun("Anna", "Bo")
    first = story.sends("Anna", "write", text="Hallway")
    second = story.sends("Bo", "write", text="Corridor")
    story.does(LEADER, "merge_cards", card=second, into=first)
    (face,) = story.room["cards"].cards
    assert (face.text, face.merged) == ("Hallway", ("Corridor",))


def test_who_wrote_a_merged_card_still_finds_what_became_of_it():
    story = begun("Anna", "Bo")
    first = story.sends("Anna", "write", text="Hallway")
    second = story.sends("Bo", "write", text="Corridor")
    story.does(LEADER, "merge_cards", card=second, into=first)
    assert "Corridor" in story.room


def test_a_card_set_aside_says_so_and_is_not_in_the_result():
    story = begun("Anna")
    story.sends("Anna", "write", text="Hallway")
    story.sends("Anna", "write", text="Mornings")
    story.presses(LEADER, "Set aside")
    assert "set aside" in story.room
    story.to("result")
    assert "Mornings" in story.phone("Anna")
    assert "Hallway" not in story.phone("Anna")


def test_leader_and_scribe_write_for_others_those_without_a_phone_first():
    story = begun("Anna")
    guest = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.does("Anna", "take_role", role="scribe")
    for by, block in ((LEADER, "write"), ("Anna", "write-for")):
        form = story.lead[block] if by == LEADER else story.phone(by)[block]
        assert form.fields[1].options[0].label == "Olav"
        card = story.sends(by, block, text="Peace", who=guest)
        assert story.meeting.cards[card].by == guest


def test_a_card_is_for_who_speaks_until_one_picks():
    story = begun("Anna")
    assert story.lead["write"].whose == ""
    story.forward()
    assert story.lead["write"].whose == story.state("round").turns.now


def test_a_round_without_cards_shows_none_and_asks_for_none():
    story = begun("Anna", cards=False)
    for screen in (story.room, story.phone("Anna"), story.lead):
        assert not {"cards", "write"} & screen.blocks


def test_the_result_of_a_round_is_its_cards_under_its_question():
    story = begun("Anna")
    story.sends("Anna", "write", text="Hallway")
    story.to("result")
    for screen in (story.room, story.phone("Anna"), story.lead):
        assert "What matters most?" in screen
        assert "Hallway" in screen


def test_a_meeting_without_cards_says_so_in_its_result():
    story = begun("Anna")
    story.to("result")
    assert "No cards were written in this meeting." in story.room


def test_the_timer_set_right_gives_the_whole_turn_and_no_more():
    story = begun("Anna", "Bo")
    story.does(LEADER, "forward")
    story.does(LEADER, "more_time", phase="round")
    story.does(LEADER, "restart_turn", phase="round")
    assert left(story) == 45


def test_a_very_late_press_never_matches_a_later_turn_of_the_same_person():
    story = begun("Anna", "Bo")
    story.does(LEADER, "forward")
    seen = story.meeting.place
    story.does("Anna", "end_turn", phase="round", how="later")
    while turns(story).now != "Anna":
        story.does(LEADER, "forward")
    story.refused("Anna", "end_turn", "stale", phase="round", seen=seen)


def test_the_scribe_ends_a_turn_or_puts_it_off_for_who_has_no_phone():
    story = begun("Anna", "Bo", "Eva")
    story.does("Eva", "take_role", role="scribe")
    story.forward()
    assert "Anna is done" in story.phone("Eva").buttons
    story.presses("Eva", "Come back later")
    assert turns(story).now == "Bo"
    story.presses("Eva", "Skip")
    assert turns(story).passed == ("Bo",)


# Behind the plan


def on_time(*people: str, **round_: object) -> Story:
    """The phase before took the minutes it had."""
    story = Story(*people, agenda=(AGENDA[0], ROUND | round_, AGENDA[2]))
    story.to("roles")
    story.wait(60 * AGENDA[0]["minutes"])
    story.to("round")
    return story


def test_a_round_that_fits_its_phase_is_left_alone():
    story = on_time("Anna", "Bo")
    assert "fit" not in story.lead.blocks
    story.refused(LEADER, "fit_turns", "stale", phase="round")


def test_one_tap_gives_everyone_what_the_plan_allows():
    story = on_time("Anna", "Bo", "Eve", minutes=3)
    story.presses(LEADER, "Give 40 s each, and the plan holds")
    assert "fit" not in story.lead.blocks
    story.forward()
    assert left(story) == 40


def test_what_one_took_longer_the_others_are_offered_less():
    story = on_time("Anna", "Bo", "Eve", minutes=4)
    story.forward()
    story.wait(100)
    story.forward()
    story.presses(LEADER, "Give 40 s each, and the plan holds")
    assert left(story) == 45  # who speaks keeps what was given
    story.forward()
    assert left(story) == 40


def test_nobody_is_offered_less_than_twenty_seconds_and_it_is_said_that_the_plan_does_not_hold():
    story = on_time("Anna", "Bo", "Eve", minutes=1)
    story.presses(LEADER, "Give 20 s each – the least there can be")
    assert "fit" not in story.lead.blocks
    story.refused(LEADER, "fit_turns", "stale", phase="round")


def test_fitting_the_turns_can_be_undone():
    story = on_time("Anna", "Bo", "Eve", minutes=3)
    story.does(LEADER, "fit_turns", phase="round")
    story.presses(LEADER, "Undo the last step")
    story.forward()
    assert left(story) == 45


def test_time_that_others_saved_is_there_for_the_round():
    story = begun("Anna", "Bo", "Eve", minutes=3)
    assert "fit" not in story.lead.blocks


def test_a_meeting_that_is_late_makes_the_turns_shorter_though_the_round_has_its_minutes():
    story = Story("Anna", "Bo", "Eve", agenda=(AGENDA[0], ROUND | {"minutes": 4}, AGENDA[2]))
    story.to("roles")
    story.wait(60 * 4)
    story.to("round")
    story.presses(LEADER, "Give 40 s each, and the plan holds")


def test_the_reserve_goes_first():
    agenda = (AGENDA[0], ROUND | {"minutes": 4}, AGENDA[2])
    story = Story("Anna", "Bo", "Eve", agenda=agenda, reserve=1)
    story.to("roles")
    story.wait(60 * 4)
    story.to("round")
    assert "fit" not in story.lead.blocks


def test_what_gives_way_before_this_round_is_counted_at_its_least():
    """A later round of four people at 20 s takes 100 s at the least, and not its four minutes."""
    again = ROUND | {"id": "again", "minutes": 4}
    for shorten, offered in ((("again", "round"), False), (("round", "again"), True)):
        agenda = (ROUND | {"minutes": 2}, again, AGENDA[2])
        story = Story("Anna", "Bo", "Eve", agenda=agenda, shorten=shorten)
        story.to("round")
        assert ("fit" in story.lead.blocks) == offered


def test_a_pause_takes_time_from_the_plan_and_so_from_the_turns():
    story = on_time("Anna", "Bo", "Eve", minutes=4)
    assert "fit" not in story.lead.blocks
    story.does(LEADER, "pause")
    story.wait(60)
    story.does(LEADER, "resume")
    assert "Give 40 s each, and the plan holds" in story.lead.buttons


def test_the_time_of_who_stands_over_goes_to_the_others():
    story = on_time("Anna", "Bo", "Eve", minutes=3)
    story.forward()
    assert "Give 35 s each, and the plan holds" in story.lead.buttons
    story.presses("Anna", "Pass")
    assert "fit" not in story.lead.blocks
