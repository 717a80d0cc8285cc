"""Evaluation: everyone answers alone, anonymously and for good; then it is talked through."""

from typing import Any

import pytest

from facilitator.core.meeting import Entry, evolve
from facilitator.core.signal import QUIET
from phases.evaluate.rules import FEWEST, WORDS_LIMIT
from tests.core.story import AGENDA, EVALUATE, LEADER, Story, said

FOUR = ("Anna", "Bo", "Eva", "Dag")


def begun(*people: str) -> Story:
    story = Story(*people)
    story.to("evaluate")
    return story


def answers(story: Story, *people: str, **given: str) -> None:
    for who in people:
        story.sends(who, "survey", **(given or {"useful": "yes", "better/words": f"says {who}"}))


def everywhere(story: Story) -> str:
    phones = (story.phone(who) for who in story.meeting.people)
    return "\n".join(map(repr, (story.room, story.lead, *phones)))


# Rules


def test_sent_again_answers_replace_the_earlier_ones():
    story = begun("Anna")
    answers(story, "Anna")
    answers(story, "Anna", useful="no")
    (given,) = story.state("evaluate").answers.values()
    assert given == {"useful": "no"}


def test_who_answered_is_not_in_the_log():
    story = begun(*FOUR)
    answers(story, "Anna")
    entry = story.log[-1]
    assert entry.event.type == "answered"
    assert entry.by.startswith("~")
    assert entry.at == story.meeting.since


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({}, "answer_empty"),
        ({"useful": "  "}, "answer_empty"),
        ({"useful": "maybe"}, "malformed"),
        ({"nowhere": "yes"}, "malformed"),
        ({"better": "yes"}, "malformed"),
        ({"nowhere/words": "yes"}, "malformed"),
        ({"better/words": "x" * (WORDS_LIMIT + 1)}, "answer_long"),
        ({"useful": 1}, "malformed"),
        ("yes", "malformed"),
    ],
)
def test_an_answer_is_to_a_question_that_was_asked(given: object, key: str):
    begun("Anna").refused("Anna", "answer", key, phase="evaluate", answers=given)


def test_nobody_answers_before_the_questions_are_asked():
    story = Story("Anna")
    story.refused("Anna", "answer", "stale", phase="evaluate", answers={"useful": "yes"})
    story.refused("Anna", "answer", "stale", phase="nowhere", answers={"useful": "yes"})
    story.to("round")
    story.refused("Anna", "answer", "stale", phase="round", answers={"useful": "yes"})


def test_strangers_do_not_answer():
    begun("Anna").refused(
        "Eve", "answer", "not_joined", phase="evaluate", answers={"useful": "yes"}
    )


def test_once_shown_nobody_answers_any_more():
    story = begun("Anna")
    story.refused("Anna", "show_answers", "leader_only", phase="evaluate")
    story.does(LEADER, "show_answers", phase="evaluate")
    story.refused("Anna", "answer", "answers_closed", phase="evaluate", answers={"useful": "yes"})
    story.refused(LEADER, "show_answers", "stale", phase="evaluate")


def test_an_answer_that_comes_after_the_phase_is_refused_in_words():
    story = begun("Anna")
    story.to("result")
    story.refused("Anna", "answer", "answers_closed", phase="evaluate", answers={"useful": "yes"})


def test_an_answer_in_the_log_after_the_answers_were_shown_changes_nothing():
    story = begun("Anna")
    answers(story, "Anna")
    late = story.log[-1]
    story.forward()
    entry = Entry(story.meeting.n + 1, story.at, "~late", "", late.event)
    assert evolve(story.meeting, entry).states == story.meeting.states


def test_what_has_been_shown_is_not_undone():
    story = begun(*FOUR)
    answers(story, *FOUR)
    story.forward()
    if story.meeting.acts:
        story.undo()
    assert story.state("evaluate").closed
    assert len(story.state("evaluate").answers) == 4


def test_leaving_the_phase_closes_the_answers_for_good():
    story = begun("Anna")
    answers(story, "Anna")
    story.to("result")
    story.refused(LEADER, "undo", "nothing_to_undo", act=1)
    story.does(LEADER, "back")
    story.refused("Anna", "answer", "answers_closed", phase="evaluate", answers={"useful": "yes"})


@pytest.mark.parametrize("away", ["undo", "back", "result"])
def test_nobody_answers_twice_whatever_the_leader_steers(away: str):
    """Else two people would be four answers, and be shown."""
    story = begun("Anna", "Bo")
    answers(story, "Anna", "Bo")
    if away == "undo":
        story.undo()
        story.to("evaluate")
        answers(story, "Anna", "Bo")
    else:
        story.to(away if away == "result" else "round")
        if story.meeting.acts:
            story.undo()
        else:
            story.to("evaluate")
        story.refused(
            "Anna", "answer", "answers_closed", phase="evaluate", answers={"useful": "no"}
        )
    assert len(story.state("evaluate").answers) == 2


def test_undo_of_the_phase_keeps_the_answers():
    story = begun("Anna", "Bo")
    answers(story, "Anna", "Bo")
    story.undo()
    assert len(story.state("evaluate").answers) == 2


def test_leader_and_scribe_note_what_is_said_without_who_said_it():
    story = begun("Anna", "Bo")
    spoken = {"phase": "evaluate", "question": "better", "text": "More breaks"}
    story.refused("Anna", "note_spoken", "leader_only", **spoken)
    story.does("Anna", "take_role", role="scribe")
    story.does("Anna", "note_spoken", **spoken)
    story.refused(LEADER, "note_spoken", "answer_empty", **{**spoken, "text": " "})
    story.refused(LEADER, "note_spoken", "malformed", **{**spoken, "question": "nowhere"})
    story.refused(LEADER, "note_spoken", "answer_long", **{**spoken, "text": "x" * 301})
    assert story.state("evaluate").spoken == (("better", "More breaks"),)


# Screens


def test_the_room_screen_shows_the_questions_and_how_many_have_answered():
    story = begun(*FOUR)
    answers(story, "Anna", "Bo")
    assert [said(line) for line in story.room["questions"].lines] == [
        "Was it useful?",
        "What could be better?",
    ]
    assert "2 of 5 have answered" in story.room


def test_the_phone_says_that_answers_are_anonymous_and_when_they_are_not_shown():
    hint = said(begun("Anna").phone("Anna")["survey"].hint)
    assert hint.startswith("The answers are and stay anonymous.")
    assert f"fewer than {FEWEST} answer" in hint


def test_before_they_are_shown_nobody_sees_an_answer_not_even_their_own():
    story = begun(*FOUR)
    answers(story, *FOUR)
    assert "says" not in everywhere(story)
    assert not any(key.startswith("answers-") for key in story.room.blocks | story.lead.blocks)


def test_fewer_than_four_answers_are_never_shown():
    story = begun(*FOUR)
    answers(story, "Anna", "Bo", "Eva")
    story.presses(LEADER, "Show the answers")
    assert "says" not in everywhere(story)
    assert story.room["answers-useful"].tallies == ()
    assert "Talk about the questions instead." in story.room
    story.to("result")
    assert "says" not in everywhere(story)


def test_four_answers_are_counted_and_their_words_shown_without_authors_or_order():
    story = begun(*FOUR)
    answers(story, "Eva", "Anna", "Dag")
    answers(story, "Bo", useful="no")
    story.presses(LEADER, "Show the answers")
    for screen in (story.room, story.phone("Anna"), story.lead):
        tallies = [(said(t.label), t.count) for t in screen["answers-useful"].tallies]
        assert tallies == [("Yes", 3), ("No", 1)]
        assert screen["answers-better"].words == ("says Anna", "says Dag", "says Eva")


def test_going_on_with_answers_not_shown_is_asked_about():
    story = begun(*FOUR)
    assert "Move on all the same?" in said(story.lead.act("To the result").sure)
    story.forward()
    assert not story.lead.act("To the result").sure


def test_what_was_said_aloud_stands_under_its_question_once_answers_are_shown():
    story = begun("Anna")
    story.sends(LEADER, "spoken", question="better", text="More breaks")
    assert "More breaks" not in story.room
    story.forward()
    assert story.room["answers-better"].words == ("More breaks",)
    assert story.room["answers-useful"].words == ()


def test_leader_and_scribe_alone_write_down_what_is_said():
    story = begun("Anna", "Bo")
    story.does("Anna", "take_role", role="scribe")
    assert "spoken" in story.lead.blocks
    assert "spoken" in story.phone("Anna").blocks
    assert "spoken" not in story.phone("Bo").blocks


def test_the_leader_answers_too():
    story = begun("Anna", "Bo", "Eva")
    answers(story, LEADER, "Anna", "Bo", "Eva")
    story.forward()
    assert "says Liv" in story.room


def test_an_evaluation_nobody_answered_leaves_nothing_in_the_result():
    story = begun("Anna")
    story.to("result")
    assert not any(key.startswith("answers-") for key in story.phone("Anna").blocks)


def test_the_result_keeps_what_was_shown():
    story = begun(*FOUR)
    answers(story, *FOUR)
    story.to("result")
    assert "says Anna" in story.phone("Bo")


# Facts beside what was answered


def held_late(**plan: object) -> Story:
    """The roles took seven minutes of three, the round what it had; two signals in it."""
    story = Story(*FOUR, **plan)
    story.does("Anna", "take_role", role="viddevakt")
    story.to("roles")
    story.wait(7 * 60)
    story.to("round")
    story.wait(60)
    story.does("Anna", "signal", reason="speaking")
    story.wait(7 * 60)
    story.does("Anna", "signal", reason="time")
    story.to("evaluate")
    return story


def lines(block: Any) -> list[str]:
    return [said(line) for line in block.lines]


def test_beside_the_answers_stand_the_minutes_that_differed_and_the_whole():
    story = held_late()
    assert not {"time", "signals"} & (story.room.blocks | story.lead.blocks)
    story.forward()
    for screen in (story.room, story.lead):
        assert lines(screen["time"]) == ["Roles: 7 min, 3 planned", "In total: 15 min, 11 planned"]
    assert story.room["time"].place == "beside"


def test_beside_the_answers_stand_the_signals_when_and_why_and_never_who():
    story = held_late()
    story.forward()
    for screen in (story.room, story.lead):
        assert said(screen["signals"].label) == "Signals in the meeting: 2"
        assert lines(screen["signals"]) == [
            "Speaking time – after 8 min",
            "Use of time – after 15 min",
        ]
        assert "Anna" not in "\n".join(lines(screen["signals"]))


def test_signals_for_the_same_reason_are_one_line():
    story = held_late()
    story.to("round")
    story.wait(QUIET)
    story.does("Anna", "signal", reason="speaking")
    story.to("evaluate")
    story.forward()
    assert lines(story.lead["signals"])[0] == "Speaking time – after 8, 20 min"
    assert said(story.lead["signals"].label) == "Signals in the meeting: 3"


def test_a_meeting_that_kept_its_times_has_one_line():
    story = Story("Anna")
    for phase in AGENDA[:2]:
        story.forward()
        story.wait(60 * phase["minutes"])
    story.to("evaluate")
    story.forward()
    assert lines(story.room["time"]) == ["In total: 11 min, 11 planned"]
    assert "signals" not in story.room.blocks


def test_the_phone_says_that_answers_are_stored_and_may_be_changed():
    stored = said(begun("Anna").phone("Anna")["survey"].stored)
    assert stored == "stored. You can change your answers until they are shown."


def test_a_viddevakt_who_has_gone_is_not_missed_any_more():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="viddevakt")
    story.to("round")
    story.does("Anna", "leave", who="Anna")
    turn, vacant = (list(story.lead._screen).index(key) for key in ("turn", "vacant"))
    assert turn < vacant  # it does not push the turn down on a small screen
    story.to("evaluate")
    assert "vacant" not in story.lead.blocks
    assert "volunteer" not in story.phone("Bo").blocks


# Guests


def with_guests(*more: str) -> Story:
    """Eva comes from a support service."""
    agenda = (EVALUATE | {"guests_first": True},)
    story = Story("Anna", "Bo", *more, agenda=agenda, services=("PPT",))
    story.does("Eva", "join", name="Eva", origin="PPT")
    story.forward()
    return story


def test_guests_are_thanked_and_let_go_before_the_employees_evaluate():
    story = with_guests()
    assert "Thank you for your help, Eva! You may go now." in story.room
    assert "Was it useful?" not in story.room
    story.presses(LEADER, "The guests have been thanked – start the evaluation")
    assert "Was it useful?" in story.room
    assert [p.name for p in story.meeting.here] == [LEADER, "Anna", "Bo"]
    assert "0 of 3" in story.room
    assert "Thank you for today, Eva" in story.phone("Eva")
    story.refused("Eva", "answer", "not_joined", phase="evaluate", answers={"useful": "yes"})


def test_a_guest_who_is_asked_to_stay_comes_in_again_and_answers():
    story = with_guests()
    story.forward()
    story.does("Eva", "join", name="Eva", origin="PPT")
    answers(story, "Eva")
    assert "1 of 4" in story.room


def test_without_guests_the_evaluation_begins_at_once():
    story = Story("Anna", agenda=(EVALUATE | {"guests_first": True},), services=("PPT",))
    story.forward()
    assert "Was it useful?" in story.room


def test_the_leader_stays_wherever_she_comes_from():
    story = with_guests()
    story.does(LEADER, "rename", who=LEADER, name=LEADER, origin="PPT")
    story.forward()
    assert story.meeting.people[LEADER].here


def test_pressed_twice_the_guests_are_let_go_and_nothing_is_shown():
    story = with_guests()
    seen = story.meeting.place
    story.forward()
    assert story.meeting.place != seen
    assert not story.state("evaluate").closed


PLAN: dict[str, Any] = EVALUATE | {"kind": "plan", "id": "summary", "source": "round"}
PLAN = {key: value for key, value in PLAN.items() if key != "questions"}


def test_a_guest_who_was_let_go_sees_what_was_decided_when_it_is_over_and_no_answers():
    agenda = (AGENDA[1], PLAN, EVALUATE | {"guests_first": True})
    story = Story(*FOUR, agenda=agenda, services=("PPT",))
    story.does("Pia", "join", name="Pia", origin="PPT")
    story.to("summary")
    story.does(LEADER, "write_measure", phase="summary", text="Play groups")
    story.to("evaluate")
    assert "Thank you for your help, Pia! You may go now." in story.phone("Pia")
    story.forward()
    answers(story, *FOUR)
    assert "Play groups" not in story.phone("Pia")
    story.to("result")
    assert "Thank you for today, Pia" in story.phone("Pia")
    story.presses(LEADER, "End the meeting")
    assert "Thank you for your help, Pia" in story.phone("Pia")
    assert "Play groups" in story.phone("Pia")
    assert "says" not in story.phone("Pia")


def test_who_left_before_the_end_and_is_no_guest_is_thanked_alone():
    story = Story("Anna", "Bo", agenda=(AGENDA[1], PLAN, EVALUATE))
    story.to("summary")
    story.does(LEADER, "write_measure", phase="summary", text="Play groups")
    story.does("Bo", "leave", who="Bo")
    story.to("result")
    assert "Play groups" in story.phone("Anna")
    assert "Play groups" not in story.phone("Bo")
