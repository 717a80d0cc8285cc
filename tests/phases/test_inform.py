"""The challenge: who raised it tells what it is and what it builds on; the others read along."""

from typing import Any

import pytest

from facilitator.core.blocks import TimeLeft
from phases.inform.rules import STATEMENT_LIMIT, Inform
from tests.core.story import EVALUATE, LEADER, ROLES, Story, said, text

CHALLENGE: dict[str, Any] = {
    "kind": "inform",
    "id": "challenge",
    "title": text("The challenge"),
    "minutes": 5,
    "statement": text("Many pupils are alone at breaks."),
    "builds_on": text("The pupil survey, and what the staff see."),
}
UNWORDED = {k: v for k, v in CHALLENGE.items() if k not in ("statement", "builds_on")}


def begun(*people: str, challenge: dict[str, Any] = CHALLENGE) -> Story:
    story = Story(*people, agenda=(ROLES, challenge, EVALUATE))
    story.to("challenge")
    return story


# Rules


def test_the_leader_words_the_challenge_when_planning():
    phase = Inform.model_validate(UNWORDED)
    asks = {ask.name: ask for ask in phase.to_word()}
    assert list(asks) == ["statement", "builds_on"]
    assert said(asks["statement"].label) == "What is the challenge?"
    assert all(ask.lines and ask.limit == STATEMENT_LIMIT for ask in asks.values())
    worded = phase.worded({"statement": "Is it {quiet}?"})
    story = begun(challenge=worded.model_dump(mode="json"))
    assert story.meeting.sentence("challenge") == "Is it {quiet}?"
    assert "Is it {quiet}?" in story.room


def test_a_question_is_worded_too_where_the_recipe_asks_for_one():
    phase = Inform.model_validate(UNWORDED | {"ask_question": True})
    assert [ask.name for ask in phase.to_word()] == ["statement", "builds_on", "question"]


def test_its_sentence_is_the_statement_in_the_meetings_language():
    statement = {**text("Alone"), "nn": "Åleine", "en": "Alone"}
    challenge = CHALLENGE | {"statement": statement}
    story = Story(agenda=(challenge,), lang="nn")
    assert story.meeting.sentence("challenge") == "Åleine"
    assert Story(agenda=(UNWORDED,)).meeting.sentence("challenge") == ""


def test_the_leader_presents_unless_the_service_that_raised_it_does():
    story = begun("Anna", "Bo")
    assert story.state("challenge").presents(story.meeting) == LEADER
    story.refused("Anna", "set_presenter", "leader_only", phase="challenge", who="Anna")
    story.refused(LEADER, "set_presenter", "not_joined", phase="challenge", who="Eve")
    story.presses(LEADER, "Presents the challenge")
    assert story.state("challenge").presents(story.meeting) == "Anna"
    story.refused(LEADER, "set_presenter", "stale", phase="challenge", who="Anna")
    story.undo()
    assert story.state("challenge").presents(story.meeting) == LEADER


def test_a_presenter_who_leaves_gives_it_back_to_the_leader():
    story = begun("Anna")
    story.does(LEADER, "set_presenter", phase="challenge", who="Anna")
    story.does("Anna", "leave", who="Anna")
    assert story.state("challenge").presents(story.meeting) == LEADER


def test_whoever_takes_over_the_lead_presents_what_the_leader_presents():
    story = begun("Anna")
    story.does(LEADER, "set_presenter", phase="challenge", who="Anna")
    story.does(LEADER, "set_presenter", phase="challenge", who=LEADER)
    assert story.state("challenge").presenter == ""


def test_the_presenter_says_when_it_is_told():
    story = begun("Anna", "Bo")
    story.does(LEADER, "set_presenter", phase="challenge", who="Anna")
    story.refused("Bo", "done_presenting", "leader_only", phase="challenge")
    story.presses("Anna", "I am done")
    assert story.state("challenge").done
    story.refused("Anna", "done_presenting", "stale", phase="challenge")


def test_for_a_presenter_without_a_phone_the_leader_or_the_scribe_says_so():
    story = begun("Anna")
    story.does("Anna", "take_role", role="scribe")
    olav = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.does(LEADER, "set_presenter", phase="challenge", who=olav)
    story.presses(LEADER, "Olav is done")
    story.undo()
    assert not story.state("challenge").done
    story.presses("Anna", "Olav is done")
    assert story.state("challenge").done


def test_a_meeting_planned_without_a_challenge_words_it_in_the_meeting():
    story = begun("Anna", "Bo", challenge=UNWORDED)
    assert "The challenge has not been written down yet." in story.room
    story.does("Anna", "take_role", role="scribe")
    story.sends("Anna", "word", text="Quiet pupils", builds_on="")
    story.sends(LEADER, "word", text="Pupils are alone", builds_on="The survey")
    assert story.meeting.sentence("challenge") == "Pupils are alone"
    for screen in (story.room, story.phone("Bo"), story.lead):
        assert said(screen["statement"].text) == "Pupils are alone"
        assert said(screen["builds-on"].text) == "The survey"
    story.undo()
    assert story.meeting.sentence("challenge") == "Quiet pupils"


def test_the_statement_may_be_mended_without_touching_what_it_builds_on():
    story = begun()
    story.does(LEADER, "word_statement", phase="challenge", text="Some are alone at breaks.")
    assert said(story.room["builds-on"].text) == "The pupil survey, and what the staff see."
    story.does(LEADER, "word_statement", phase="challenge", text="Some are alone.", builds_on=" ")
    assert "builds-on" not in story.room.blocks


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"text": "  "}, "statement_empty"),
        ({"text": "x" * (STATEMENT_LIMIT + 1)}, "statement_long"),
        ({"text": "x", "builds_on": "x" * (STATEMENT_LIMIT + 1)}, "statement_long"),
        ({"text": None}, "malformed"),
    ],
)
def test_what_cannot_be_a_statement_is_refused_in_words(given: dict[str, Any], key: str):
    begun().refused(LEADER, "word_statement", key, phase="challenge", **given)


def test_only_leader_and_scribe_word_it_and_only_while_it_is_told():
    story = begun("Anna")
    story.refused("Anna", "word_statement", "leader_only", phase="challenge", text="Mine")
    story.to("evaluate")
    story.refused(LEADER, "word_statement", "stale", phase="challenge", text="Late")
    story.refused(LEADER, "done_presenting", "stale", phase="challenge")
    story.refused(LEADER, "set_presenter", "stale", phase="evaluate", who="Anna")


def test_nobody_is_asked_whether_the_presenter_is_done_when_going_on():
    story = begun("Anna")
    assert not story.lead.act("Next phase: Evaluation").sure
    story.forward()
    assert story.meeting.phase is not None
    assert story.meeting.phase.id == "evaluate"


# Screens


def test_the_room_screen_shows_the_challenge_what_it_builds_on_who_tells_and_the_time():
    story = begun("Anna")
    story.does("Anna", "join", name="Anna", origin="PPT")
    story.does(LEADER, "set_presenter", phase="challenge", who="Anna")
    story.wait(60)
    time = story.room["time"]
    assert isinstance(time, TimeLeft)
    assert (time.name, time.origin, time.clock.left(story.at)) == ("Anna", "PPT", 240)
    assert "Many pupils are alone at breaks." in story.room
    assert "The pupil survey, and what the staff see." in story.room


def test_who_is_done_is_not_timed_any_more():
    story = begun()
    story.does(LEADER, "done_presenting", phase="challenge")
    assert "time" not in story.room.blocks
    assert "Liv has presented the challenge." in story.room


def test_the_presenters_own_phone_alone_has_the_button():
    story = begun("Anna", "Bo")
    story.does(LEADER, "set_presenter", phase="challenge", who="Anna")
    assert "I am done" in story.phone("Anna").buttons
    assert "I am done" not in story.phone("Bo").buttons
    assert story.phone("Anna")["done"].place == "foot"
    assert "Bo" in story.phone("Bo")
    assert "Many pupils are alone at breaks." in story.phone("Bo")


def test_the_result_keeps_the_challenge():
    story = begun("Anna")
    story.to("result")
    assert said(story.phone("Anna")["statement-challenge"].text) == (
        "Many pupils are alone at breaks."
    )
    unworded = begun("Anna", challenge=UNWORDED)
    unworded.to("result")
    assert "statement-challenge" not in unworded.phone("Anna").blocks
