"""Status quo: the wording is mended until nobody objects; then we agree on the challenge."""

from typing import Any

import pytest

from phases.agree.rules import REASON_LIMIT, WHEN_LIMIT, WORDING_LIMIT
from tests.core.story import EVALUATE, LEADER, ROUND, Story, said, text

from .test_inform import CHALLENGE, UNWORDED

AGREE: dict[str, Any] = {
    "kind": "agree",
    "id": "status-quo",
    "title": text("Status quo"),
    "minutes": 4,
    "about": "challenge",
}
ALONE = "Many pupils are alone at breaks."
SHARPER = "Many pupils in year 6 are alone at breaks."
HERE = {"phase": "status-quo"}


def begun(*people: str, challenge: dict[str, Any] = CHALLENGE) -> Story:
    """Challenge, status quo, a round about what was agreed, evaluation."""
    factors = ROUND | {"id": "factors", "about": "status-quo"}
    story = Story(*people, agenda=(challenge, AGREE, factors, EVALUATE))
    story.to("challenge")
    story.forward()
    return story


def state(story: Story) -> Any:
    return story.state("status-quo")


def words(story: Story, wording: str) -> None:
    story.sends(LEADER, "word", text=wording)


def objects(story: Story, who: str, reason: str = "It is only year 6.") -> int:
    return story.sends(who, "object", reason=reason)


def guest(story: Story, name: str) -> str:
    return f"guest-{story.does(LEADER, 'add_person', name=name)}"


def agenda_now(story: Story) -> str:
    assert story.meeting.phase is not None
    return story.meeting.phase.id


# The wording


def test_it_begins_with_the_challenge_as_it_was_told():
    story = begun("Anna")
    assert state(story).wording == ALONE
    assert "Is this the challenge we are discussing?" in story.room


def test_it_begins_with_the_words_that_were_mended_in_the_meeting():
    story = begun("Anna")
    story.does(LEADER, "back")
    story.does(LEADER, "word_statement", phase="challenge", text=SHARPER)
    story.forward()
    assert state(story).wording == SHARPER


def test_what_was_mended_here_stays_when_one_goes_back_and_comes_again():
    story = begun("Anna")
    words(story, SHARPER)
    story.does(LEADER, "back")
    story.forward()
    assert state(story).wording == SHARPER


def test_going_back_and_forth_asks_nobody_anew():
    story = begun("Anna")
    story.presses("Anna", "I have no objection")
    story.does(LEADER, "back")
    story.forward()
    assert list(state(story).replies) == ["Anna"]


def test_a_meeting_without_a_challenge_words_it_here():
    story = begun("Anna", challenge=UNWORDED)
    assert "The challenge has not been written yet." in story.room
    assert story.phone("Anna").buttons == ["Leave the meeting"]
    story.refused(LEADER, "settle", "wording_empty", **HERE)
    story.refused("Anna", "no_objection", "wording_empty", **HERE, wording=0)
    assert said(story.lead.act("Next phase: Round the table").sure).startswith("The challenge has")
    words(story, SHARPER)
    assert SHARPER in story.room
    story.presses("Anna", "I have no objection")
    story.forward()
    assert story.meeting.sentence("status-quo") == SHARPER


def test_leader_and_scribe_edit_the_wording_in_view_of_all():
    story = begun("Anna", "Bo")
    story.refused("Anna", "word", "leader_only", **HERE, text=SHARPER)
    story.does("Anna", "take_role", role="scribe")
    assert story.phone("Anna")["word"].fields[0].value == ALONE
    assert story.lead["word"].fields[0].value == ALONE
    assert "word" not in story.phone("Bo").blocks
    story.sends("Anna", "word", text=SHARPER)
    for screen in (story.room, story.phone("Bo"), story.lead):
        assert screen["sentence"].text == SHARPER
        assert said(screen["sentence"].label).startswith("New wording")


@pytest.mark.parametrize(
    ("wording", "key"),
    [
        (" ", "wording_empty"),
        ("x" * (WORDING_LIMIT + 1), "wording_long"),
        (f"  {ALONE} ", "wording_same"),
    ],
)
def test_what_is_no_new_wording_is_refused_in_words(wording: str, key: str):
    begun().refused(LEADER, "word", key, **HERE, text=wording)


def test_a_new_wording_asks_everybody_anew():
    story = begun("Anna", "Bo")
    olav = guest(story, "Olav")
    story.presses("Anna", "I have no objection")
    objects(story, "Bo")
    story.presses(LEADER, "+ 1 hand")
    assert "You have said: no objection" in story.phone("Anna")
    words(story, SHARPER)
    assert state(story).replies == {}
    assert state(story).hands == 0
    assert "I have no objection" in story.phone("Anna").buttons
    assert "objections" not in story.room.blocks
    assert olav in story.meeting.people


def test_a_reply_to_an_older_wording_is_refused_and_its_reason_goes_back_to_its_writer():
    story = begun("Anna")
    old = state(story).version
    words(story, SHARPER)
    story.refused("Anna", "no_objection", "wording_changed", **HERE, wording=old)
    story.refused("Anna", "object", "wording_changed", **HERE, wording=old, reason="Not all")


def test_the_leader_takes_back_a_wording_until_somebody_has_answered_it():
    story = begun("Anna")
    story.presses("Anna", "I have no objection")
    words(story, SHARPER)
    story.undo()
    assert state(story).wording == ALONE
    assert list(state(story).replies) == ["Anna"]
    words(story, SHARPER)
    objects(story, "Anna")
    story.refused(LEADER, "undo", "nothing_to_undo", act=story.meeting.n)


# No objection, objection


def test_people_answer_for_themselves_and_may_change_their_mind():
    story = begun("Anna", "Bo")
    story.refused("Anna", "no_objection", "leader_only", **HERE, wording=2, who="Bo")
    story.refused("Eve", "no_objection", "not_joined", **HERE, wording=2)
    objects(story, "Anna")
    assert "It is only year 6." in story.phone("Anna")
    objects(story, "Anna", reason="It is years 6 and 7.")
    assert [reply.reason for reply in state(story).objections] == ["It is years 6 and 7."]
    story.presses("Anna", "I no longer have an objection")
    assert state(story).objections == ()


def test_an_objection_has_a_reason_of_a_length_that_can_be_read():
    story = begun("Anna")
    wording = state(story).version
    for reason, key in ((" ", "objection_empty"), ("x" * (REASON_LIMIT + 1), "objection_long")):
        story.refused("Anna", "object", key, **HERE, wording=wording, reason=reason)


def test_objections_stand_on_the_screens_without_names():
    story = begun("Anna", "Bo")
    objects(story, "Bo", "It began last year.")
    objects(story, "Anna", "It is only year 6.")
    for screen in (story.room, story.phone("Anna"), story.lead):
        faces = screen["objections"].cards
        assert [face.text for face in faces] == ["It began last year.", "It is only year 6."]
        assert not any(face.note for face in faces)
    assert "Anna" not in story.room
    assert "Bo" not in story.room


def test_how_many_do_not_object_is_shown_and_never_who():
    story = begun("Anna", "Bo", "Eva")
    assert "Do you have an objection?" in story.room
    story.presses("Anna", "I have no objection")
    objects(story, "Bo")
    assert "1 of 3 have said: no objection" in story.room
    assert "1 of 3" in story.lead
    assert "1 of 3" not in story.phone("Eva")


def test_who_leaves_is_not_counted():
    story = begun("Anna", "Bo")
    story.presses("Anna", "I have no objection")
    story.presses("Bo", "I have no objection")
    story.does("Bo", "leave", who="Bo")
    assert "1 of 1 have said: no objection" in story.room


def test_leader_and_scribe_answer_for_those_without_a_phone():
    story = begun("Anna")
    story.does("Anna", "take_role", role="scribe")
    olav = guest(story, "Olav")
    story.sends("Anna", "object-for", who=olav, reason="It is only year 6.")
    assert "It is only year 6." in story.room
    wording = state(story).version
    story.does(LEADER, "no_objection", **HERE, wording=wording, who=olav)
    assert "It is only year 6." not in story.room


def test_hands_are_counted_up_to_the_number_without_a_phone():
    story = begun("Anna")
    story.refused(LEADER, "count_no_objection", "no_more_hands", **HERE)
    assert "hands" not in story.lead.blocks
    olav, kari = guest(story, "Olav"), guest(story, "Kari")
    story.refused("Anna", "count_no_objection", "leader_only", **HERE)
    story.refused(LEADER, "count_no_objection", "no_more_hands", **HERE, more=-1)
    story.presses(LEADER, "+ 1 hand")
    story.presses(LEADER, "+ 1 hand")
    assert "Without a phone and without objection: 2 of 2" in story.lead
    assert "2 of 3 have said: no objection" in story.room
    story.refused(LEADER, "count_no_objection", "no_more_hands", **HERE)
    story.does(LEADER, "leave", who=kari)
    assert "1 of 2 have said: no objection" in story.room
    story.presses(LEADER, "− 1 hand")
    story.sends(LEADER, "object-for", who=olav, reason="It is only year 6.")
    assert "hands" not in story.lead.blocks


def test_both_ways_to_count_stay_in_their_places_however_fast_one_counts():
    story = begun("Anna")
    guest(story, "Olav")

    def keyed() -> list[str]:
        return [act.key for act in story.lead["hands"].acts if act.again]

    assert keyed() == ["+", "-|−"]
    story.presses(LEADER, "+ 1 hand")
    assert keyed() == ["+", "-|−"]


# Then we agree


def test_nobody_objects_then_we_agree():
    story = begun("Anna")
    story.refused("Anna", "settle", "leader_only", **HERE)
    story.presses(LEADER, "No objections – we agree")
    assert state(story).agreed
    for screen in (story.room, story.phone("Anna"), story.lead):
        assert (
            "Then we agree that this is the challenge we are discussing in this meeting" in screen
        )
        assert ALONE in screen
    assert story.phone("Anna").buttons == ["Leave the meeting"]
    story.refused(LEADER, "settle", "wording_decided", **HERE)


def test_without_any_phone_it_is_one_tap():
    story = begun()
    story.presses(LEADER, "No objections – we agree")
    assert story.meeting.sentence("status-quo") == ALONE


def test_forward_asks_whether_all_agree_and_settles_then_goes_on():
    story = begun("Anna")
    act = story.lead.act("Ask whether everyone agrees")
    assert (
        said(act.sure)
        == "Does everyone agree that this is the challenge we are discussing in this meeting?"
    )
    story.forward()
    assert state(story).agreed
    assert agenda_now(story) == "status-quo"
    assert not story.lead.act("Next phase: Round the table").sure
    story.forward()
    assert agenda_now(story) == "factors"


def test_objections_are_named_in_the_question_and_never_block():
    story = begun("Anna")
    objects(story, "Anna")
    assert "There are objections" in said(story.lead.act("Ask whether everyone agrees").sure)
    story.forward()
    assert state(story).agreed


def test_a_press_meant_for_an_older_wording_settles_nothing():
    story = begun("Anna")
    seen = story.meeting.place
    words(story, SHARPER)
    story.refused(LEADER, "settle", "stale", **HERE, seen=seen)
    story.refused(LEADER, "forward", "stale", seen=seen)
    story.refused(LEADER, "count_no_objection", "stale", **HERE, seen=seen)


def test_what_was_agreed_stands_above_what_follows_and_nothing_is_claimed_before():
    story = begun("Anna")
    assert story.meeting.sentence("status-quo") == ""
    assert "Move on all the same?" in said(story.lead.act("Next phase: Round the table").sure)
    story.to("factors")
    assert "stands" not in story.room.blocks
    story.to("status-quo")
    story.forward(2)
    assert story.room["stands"].text == ALONE


def test_undo_of_the_agreement_returns_all():
    story = begun("Anna", "Bo")
    story.presses("Anna", "I have no objection")
    objects(story, "Bo")
    before = state(story)
    story.forward()
    story.undo()
    assert state(story) == before


def test_once_agreed_nothing_changes_until_the_leader_reopens_it():
    story = begun("Anna")
    wording = state(story).version
    story.presses("Anna", "I have no objection")
    story.forward()
    about = {**HERE, "wording": wording}
    story.refused("Anna", "object", "wording_decided", **about, reason="Wait")
    story.refused("Anna", "no_objection", "wording_decided", **about)
    story.refused(LEADER, "word", "wording_decided", **HERE, text=SHARPER)
    story.refused(LEADER, "book_anew", "wording_decided", **HERE)
    story.refused("Anna", "reopen_wording", "leader_only", **HERE)
    story.presses(LEADER, "Reopen the wording")
    story.refused(LEADER, "reopen_wording", "stale", **HERE)
    assert list(state(story).replies) == ["Anna"]
    assert "Ask whether everyone agrees" in story.lead.buttons


def test_what_comes_after_the_phase_is_refused():
    story = begun("Anna")
    wording = state(story).version
    story.to("factors")
    story.refused("Anna", "object", "stale", **HERE, wording=wording, reason="Wait")
    story.refused(LEADER, "word", "stale", **HERE, text=SHARPER)
    story.refused(LEADER, "settle", "stale", phase="factors")


# No agreement


def test_without_agreement_a_new_date_is_booked_and_the_meeting_goes_to_its_evaluation():
    story = begun("Anna")
    story.refused("Anna", "book_anew", "leader_only", **HERE, when="Monday")
    story.refused(LEADER, "book_anew", "when_long", **HERE, when="x" * (WHEN_LIMIT + 1))
    story.sends(LEADER, "anew", when="Monday at nine")
    for screen in (story.room, story.phone("Anna"), story.lead):
        assert "We meet again: Monday at nine" in screen
        assert "We do not agree on the challenge yet" in screen
        assert "Is this the challenge we discuss?" not in screen
    assert story.meeting.sentence("status-quo") == ""
    assert not story.lead.act("Go to: Evaluation").sure
    story.forward()
    assert agenda_now(story) == "evaluate"
    story.to("result")
    assert "We meet again: Monday at nine" in story.phone("Anna")


def test_the_date_may_be_found_later():
    story = begun("Anna")
    story.sends(LEADER, "anew", when="")
    assert "The date will follow." in story.room


def test_closing_without_agreement_is_undone_or_reopened_without_loss():
    story = begun("Anna")
    objects(story, "Anna")
    before = state(story)
    story.does(LEADER, "book_anew", **HERE, when="Monday")
    story.undo()
    assert state(story) == before
    story.does(LEADER, "book_anew", **HERE, when="Monday")
    story.presses(LEADER, "Reopen the wording")
    assert state(story) == before


def test_where_it_is_the_last_phase_no_agreement_leads_to_the_result():
    story = Story(agenda=(CHALLENGE, AGREE))
    story.to("challenge")
    story.forward()
    story.does(LEADER, "book_anew", **HERE)
    story.forward()
    assert story.meeting.over


# The result


def test_the_result_keeps_what_was_agreed_and_not_the_words_before():
    story = begun("Anna")
    words(story, SHARPER)
    story.forward()
    story.to("result")
    assert story.phone("Anna")["agreed-status-quo"].text == SHARPER
    assert ALONE not in story.phone("Anna")


def test_where_nothing_was_agreed_the_result_shows_the_challenge_as_it_was_told():
    story = begun("Anna")
    words(story, SHARPER)
    story.to("result")
    assert "agreed-status-quo" not in story.phone("Anna").blocks
    assert ALONE in story.phone("Anna")
