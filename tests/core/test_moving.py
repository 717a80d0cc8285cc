"""One person, several browsers: a new phone with a code, a double laid under its other."""

import pytest

from facilitator.core.code import ALPHABET, CODE_LENGTH, code_of
from facilitator.core.turns import Turns

from .story import LEADER, Story


def offered(story: Story, who: str) -> str:
    story.does(LEADER, "offer_move", who=who)
    assert story.meeting.moving is not None
    return story.meeting.moving.code


# A new phone


def test_a_code_takes_cards_turn_and_role_to_the_new_phone():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="viddevakt")
    story.to("round")
    story.forward()
    card = story.does("Anna", "add_card", phase="round", text="Hallway")
    code = offered(story, "Anna")
    assert f"{code[:3]} {code[3:]}" in story.lead
    story.sends("new", "move", code=f"{code[:3]} {code[3:].lower()} ")
    assert "new" not in story.meeting.people
    assert "You keep us on topic" in story.phone("new")
    story.does("new", "edit_card", card=card, text="Hallways")
    story.does("new", "end_turn", phase="round")
    assert story.state("round").turns.heard == ("Anna",)


def test_a_code_is_good_once_and_only_the_last_one():
    story = Story("Anna", "Bo")
    first, second = offered(story, "Anna"), offered(story, "Bo")
    assert first != second
    story.refused("new", "move_here", "wrong_code", code=first)
    story.refused("new", "move_here", "wrong_code", code="")
    story.does("new", "move_here", code=second)
    assert story.meeting.person("new") == "Bo"
    assert "moving" not in story.lead.blocks
    story.refused("another", "move_here", "wrong_code", code=second)


def test_the_leader_takes_a_code_away():
    story = Story("Anna")
    code = offered(story, "Anna")
    story.presses(LEADER, "Remove the code")
    story.refused("new", "move_here", "wrong_code", code=code)
    story.refused(LEADER, "withdraw_move", "stale")


def test_the_old_phone_goes_on_as_the_same_person():
    story = Story("Anna")
    story.does("new", "move_here", code=offered(story, "Anna"))
    story.does("Anna", "rename", who="Anna", name="Ane")
    assert "You are Ane" in story.phone("new")


def test_who_had_no_phone_may_get_one():
    story = Story()
    olav = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.does("new", "move_here", code=offered(story, olav))
    assert story.meeting.people[olav].phone
    assert [p.name for p in story.meeting.here] == ["Liv", "Olav"]


def test_who_is_inside_moves_nowhere_and_who_left_is_nobody_to_move_to():
    story = Story("Anna", "Bo")
    code = offered(story, "Anna")
    story.refused("Bo", "move_here", "already_in", code=code)
    story.does("Anna", "leave", who="Anna")
    story.refused("new", "move_here", "not_joined", code=code)


def test_the_leader_alone_gives_codes_and_they_are_on_no_other_screen():
    story = Story("Anna")
    story.refused("Anna", "offer_move", "leader_only", who="Anna")
    code = offered(story, "Anna")
    shown = f"{code[:3]} {code[3:]}"
    assert shown in story.lead
    for seen in (story.room, story.phone("Anna"), story.phone("stranger")):
        assert shown not in seen


def test_codes_can_be_read_aloud():
    codes = {code_of(str(n)) for n in range(200)}
    assert len(codes) == 200
    assert all(len(c) == CODE_LENGTH and set(c) <= set(ALPHABET) for c in codes)


# A double


def double() -> Story:
    """The leader ticked Olav, who then came in by phone."""
    story = Story("Anna")
    story.does(LEADER, "add_person", name="Olav")
    story.does("olav", "join", name="Olav")
    return story


def test_two_entries_of_one_person_become_one():
    story = double()
    story.does("olav", "take_role", role="scribe")
    story.to("round")
    card = story.does("olav", "add_card", phase="round", text="Hallway")
    story.sends(LEADER, "merge", who="olav", into="guest-3")
    olav = story.meeting.people["guest-3"]
    assert [p.name for p in story.meeting.here] == ["Liv", "Anna", "Olav"]
    assert olav.phone
    assert story.meeting.cards[card].by == "guest-3"
    assert story.meeting.holds("guest-3", "scribe")
    assert story.state("round").turns.waiting == ("Anna", "guest-3", LEADER)


def test_the_doubles_phone_acts_for_the_one_who_stays():
    story = double()
    story.to("round")
    story.does(LEADER, "merge_people", who="olav", into="guest-3")
    card = story.does("olav", "add_card", phase="round", text="Hallway")
    assert story.meeting.cards[card].by == "guest-3"
    assert "You are Olav" in story.phone("olav")
    story.does("olav", "leave", who="guest-3")
    story.does("olav", "join", name="Olav")
    assert story.meeting.people["guest-3"].here


def test_a_merge_is_undone_and_each_has_what_was_theirs():
    story = double()
    story.to("round")
    card = story.does("olav", "add_card", phase="round", text="Hallway")
    story.does(LEADER, "merge_people", who="olav", into="guest-3")
    later = story.does("olav", "add_card", phase="round", text="Mornings")
    story.undo()
    assert len(story.meeting.here) == 4
    assert [story.meeting.cards[c].by for c in (card, later)] == ["olav", "guest-3"]
    assert story.meeting.person("olav") == "olav"


def test_who_leads_and_has_come_in_by_phone_as_well_leads_on():
    story = Story("Anna")
    story.does("livs phone", "join", name="Liv")
    story.does(LEADER, "merge_people", who=LEADER, into="livs phone")
    assert story.leader == "livs phone"
    story.does("livs phone", "forward")
    assert not story.meeting.people["livs phone"].desk


def test_who_was_asked_as_a_double_is_not_asked_for_what_they_have():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="scribe")
    story.does(LEADER, "ask_role", role="scribe", who="Bo")
    story.does(LEADER, "merge_people", who="Bo", into="Anna")
    assert story.meeting.holds("Anna", "scribe")
    assert story.meeting.asked == {}


def test_only_the_leader_merges_and_only_two():
    story = Story("Anna", "Bo")
    story.refused("Anna", "merge_people", "leader_only", who="Bo", into="Anna")
    story.refused(LEADER, "merge_people", "same_person", who="Bo", into="Bo")
    story.refused(LEADER, "merge_people", "not_joined", who="Bo", into="nobody")


@pytest.mark.parametrize(
    ("turns", "after"),
    [
        (Turns(("b", "c"), "a"), Turns(("c",), "b")),
        (Turns(("a", "c"), "b"), Turns(("c",), "b")),
        (Turns(("a",), "c", ("b",)), Turns(("b",), "c")),
        (Turns((), "c", ("b",), ("a",)), Turns((), "c", ("b",))),
        (Turns((), None, (), ("a", "b")), Turns((), None, (), ("b",))),
        (Turns(("a", "c")), Turns(("b", "c"))),
    ],
)
def test_of_two_places_in_a_round_the_better_is_kept(turns: Turns, after: Turns):
    assert turns.merge("a", "b") == after
