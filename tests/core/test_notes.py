"""Notes for the minutes: the scribe types while the leader leads."""

from __future__ import annotations

import pytest

from facilitator.core.notes import NOTE_LIMIT

from .story import LEADER, Story, said

SAID = "The caretaker opens the side gate from August"


def with_a_scribe() -> Story:
    story = Story("Anna", "Bo", "Eva")
    story.does("Anna", "take_role", role="scribe")
    story.to("round")
    return story


def texts(story: Story) -> list[str]:
    return [note.text for note in story.meeting.notes]


def test_the_scribe_notes_what_is_said_in_this_phase():
    story = with_a_scribe()
    story.sends("Anna", "note", text=SAID)
    (note,) = story.meeting.notes
    assert (note.phase, note.text) == ("round", SAID)


def test_the_leader_sees_and_mends_what_the_scribe_wrote():
    story = with_a_scribe()
    story.sends("Anna", "note", text="The gate")
    board = story.lead["notes"]
    assert [face.text for face in board.cards] == ["The gate"]
    assert (board.edit.verb, board.edit.named) == ("edit_note", "note")
    story.does(LEADER, "edit_note", note=board.cards[0].id, text=SAID)
    assert SAID in story.phone("Anna")


def test_what_the_leader_takes_away_comes_back_by_undo():
    story = with_a_scribe()
    note = story.sends("Anna", "note", text=SAID)
    story.does(LEADER, "remove_note", note=note)
    assert texts(story) == []
    story.undo()
    assert texts(story) == [SAID]
    story.does(LEADER, "edit_note", note=note, text="Something else")
    story.undo()
    assert texts(story) == [SAID]


def test_the_scribe_has_no_undo_and_is_asked():
    story = with_a_scribe()
    story.sends("Anna", "note", text=SAID)
    assert said(story.phone("Anna").act("Remove").sure) == "Remove the note?"
    story.presses("Anna", "Remove")
    assert texts(story) == []


def test_a_note_is_nobodys_and_on_no_screen_of_the_room_or_of_others():
    story = with_a_scribe()
    story.sends("Anna", "note", text=SAID)
    assert SAID not in story.room
    assert SAID not in story.phone("Bo")
    assert vars(story.meeting.notes[0]).keys() == {"id", "phase", "text"}


def test_in_the_result_it_stands_under_its_phase_on_phones_and_not_on_the_room_screen():
    story = with_a_scribe()
    story.sends("Anna", "note", text=SAID)
    story.to("evaluate")
    assert SAID not in story.lead  # each phase has its own
    story.to("result")
    told = story.phone("Bo")["notes-round"]
    assert said(told.label) == "Notes: Round the table"
    assert told.lines == (SAID,)
    assert SAID not in story.room


def test_a_note_of_a_phase_that_is_no_part_of_the_outline_is_told_too():
    outline = (
        {"title": dict.fromkeys(("nn", "nb", "sv", "da", "en"), "How"), "phase": "evaluate"},
    )
    story = Story("Anna", outline=outline)
    story.to("round")
    story.sends(LEADER, "note", text=SAID)
    story.to("result")
    assert SAID in story.phone("Anna")


def test_at_the_result_one_says_which_phase_it_is_about():
    story = with_a_scribe()
    story.to("result")
    story.sends("Anna", "note", phase="round", text=SAID)
    story.sends(LEADER, "note", phase="roles", text="Bo is the new contact")
    assert [face.text for face in story.phone("Anna")["my-notes"].cards] == texts(story)
    assert story.lead["notes-round"].cards[0].text == SAID
    story.presses(LEADER, "End the meeting")
    assert "note" not in story.lead.blocks
    assert SAID in story.lead


def test_leader_and_scribe_alone_take_notes():
    story = with_a_scribe()
    note = story.sends("Anna", "note", text=SAID)
    for who, why in (("Bo", "scribe_only"), ("Eve", "not_joined")):
        story.refused(who, "note", why, phase="round", text=SAID)
        story.refused(who, "edit_note", why, note=note, text="x")
        story.refused(who, "remove_note", why, note=note)
    assert "note" not in story.phone("Bo").blocks


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ({"text": " "}, "note_empty"),
        ({"text": "x" * (NOTE_LIMIT + 1)}, "note_long"),
        ({"phase": "nowhere"}, "no_phase"),
    ],
)
def test_a_note_is_short_and_about_a_phase(args: dict[str, str], why: str):
    story = with_a_scribe()
    story.refused("Anna", "note", why, **({"phase": "round", "text": SAID} | args))


def test_a_note_that_is_gone_is_not_mended():
    story = with_a_scribe()
    story.refused("Anna", "edit_note", "no_note", note=999, text=SAID)
    story.refused(LEADER, "remove_note", "no_note", note=999)
    story.to("result")
    story.presses(LEADER, "End the meeting")
    story.refused(LEADER, "note", "closed", phase="round", text=SAID)
