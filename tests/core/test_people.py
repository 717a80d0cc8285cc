"""People come, are renamed, leave; roles are asked for and taken."""

from itertools import pairwise

from facilitator.core.joining import NAME_LIMIT, ORIGIN_LIMIT, ROOM_FOR

from .story import LEADER, Story


def here(story: Story) -> list[str]:
    return [p.name for p in story.meeting.here]


def test_who_joins_is_here():
    story = Story("Anna", "Bo")
    assert here(story) == ["Liv", "Anna", "Bo"]


def test_two_people_may_have_one_name():
    story = Story()
    for who in ("p1", "p2", "p3"):
        story.does(who, "join", name="Kari" if who != "p2" else "kari")
    assert here(story) == ["Liv", "Kari", "kari 2", "Kari 3"]


def test_a_name_is_needed_and_short():
    story = Story()
    story.refused("p1", "join", "name_empty", name=" \u200b ")
    story.refused("p1", "join", "name_long", name="x" * (NAME_LIMIT + 1))
    story.refused("p1", "join", "origin_long", name="Kari", origin="x" * (ORIGIN_LIMIT + 1))


def test_nobody_fills_a_meeting_with_thousands():
    story = Story(*(f"p{n}" for n in range(ROOM_FOR - 1)))
    story.refused("one more", "join", "full", name="Kari")
    story.does(LEADER, "leave", who="p7")
    story.does("p7", "join", name="Per")


def test_joining_twice_is_a_new_name_and_not_a_second_person():
    story = Story("Anna")
    story.does("Anna", "join", name="Anne", origin="PPT")
    assert here(story) == ["Liv", "Anne"]
    assert story.meeting.people["Anna"].origin == "PPT"


def test_keeping_ones_own_name_adds_no_number():
    story = Story("Anna")
    story.does("Anna", "rename", who="Anna", name="anna")
    assert story.meeting.name("Anna") == "anna"


def test_only_the_leader_renames_others():
    story = Story("Anna", "Bo")
    story.refused("Bo", "rename", "leader_only", who="Anna", name="Ane")
    story.does(LEADER, "rename", who="Anna", name="Ane")
    assert story.meeting.name("Anna") == "Ane"


def test_a_new_name_keeps_where_one_comes_from():
    story = Story()
    story.does("p1", "join", name="Kari", origin="PPT")
    story.does("p1", "rename", who="p1", name="Karin")
    assert story.meeting.people["p1"].origin == "PPT"
    story.does("p1", "rename", who="p1", name="Karin", origin="")
    assert story.meeting.people["p1"].origin == ""


def test_who_leaves_gives_back_role_and_question_but_not_the_cards():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="scribe")
    story.does(LEADER, "ask_role", role="viddevakt", who="Anna")
    story.to("round")
    card = story.does("Anna", "add_card", phase="round", text="Hallway")
    story.does("Anna", "leave", who="Anna")
    assert here(story) == ["Liv", "Bo"]
    assert story.meeting.roles == {"leader": LEADER}
    assert story.meeting.asked == {}
    assert story.meeting.cards[card].by == "Anna"


def test_who_comes_back_is_the_same_person():
    story = Story("Anna", "Bo")
    story.does("Anna", "leave", who="Anna")
    story.refused("Anna", "take_role", "not_joined", role="scribe")
    story.does("Anna", "join", name="Anna")
    assert here(story) == ["Liv", "Anna", "Bo"]


def test_only_the_leader_lets_somebody_out():
    story = Story("Anna", "Bo")
    story.refused("Bo", "leave", "leader_only", who="Anna")
    story.does(LEADER, "leave", who="Anna")
    assert here(story) == ["Liv", "Bo"]


def test_the_leader_stays():
    story = Story("Anna")
    story.refused(LEADER, "leave", "leader_stays", who=LEADER)
    story.refused(LEADER, "leave_role", "leader_stays", role="leader")
    story.refused("Anna", "take_role", "leader_stays", role="leader")
    story.refused(LEADER, "ask_role", "leader_stays", role="leader", who="Anna")


def test_leader_and_scribe_enter_who_has_no_phone():
    story = Story("Anna", "Bo")
    story.does(LEADER, "add_person", name="Olav")
    story.refused("Anna", "add_person", "leader_only", name="Eva")
    story.does("Anna", "take_role", role="scribe")
    story.does("Anna", "add_person", name="Eva", origin="BUP")
    assert [p.name for p in story.meeting.here if not p.phone] == ["Olav", "Eva"]


def test_a_role_is_asked_for_and_accepted():
    story = Story("Anna")
    story.does(LEADER, "ask_role", role="viddevakt", who="Anna")
    assert "viddevakt" not in story.meeting.roles
    story.does("Anna", "take_role", role="viddevakt")
    assert story.meeting.holds("Anna", "viddevakt")
    assert story.meeting.asked == {}


def test_a_role_is_declined_by_who_was_asked_or_taken_back_by_the_leader():
    story = Story("Anna", "Bo")
    story.does(LEADER, "ask_role", role="viddevakt", who="Anna")
    story.refused("Bo", "decline_role", "leader_only", role="viddevakt")
    story.does("Anna", "decline_role", role="viddevakt")
    story.does(LEADER, "ask_role", role="viddevakt", who="Bo")
    story.does(LEADER, "decline_role", role="viddevakt")
    assert story.meeting.asked == {}


def test_who_has_no_phone_is_asked_in_the_room():
    story = Story()
    guest = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.does(LEADER, "ask_role", role="scribe", who=guest)
    assert story.meeting.holds(guest, "scribe")


def test_a_taken_role_is_not_taken_from_its_holder():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="scribe")
    story.refused("Bo", "take_role", "role_taken", role="scribe")


def test_who_was_asked_may_take_over_a_role():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="scribe")
    story.does(LEADER, "ask_role", role="scribe", who="Bo")
    story.does("Bo", "take_role", role="scribe")
    assert story.meeting.holds("Bo", "scribe")


def test_a_role_is_given_back_by_its_holder_or_the_leader_alone():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="scribe")
    story.refused("Bo", "leave_role", "leader_only", role="scribe")
    story.does("Anna", "leave_role", role="scribe")
    story.does("Anna", "take_role", role="scribe")
    story.does(LEADER, "leave_role", role="scribe")
    assert story.meeting.roles == {"leader": LEADER}


def test_a_stranger_changes_nothing():
    story = Story("Anna")
    story.to("round")
    story.refused("Eve", "take_role", "not_joined", role="scribe")
    story.refused("Eve", "rename", "not_joined", who="Eve", name="Eva")
    story.refused("Eve", "leave", "not_joined", who="Eve")
    story.refused("Eve", "rename", "leader_only", who="Anna", name="Eva")
    story.refused("Eve", "add_card", "not_joined", phase="round", text="x")
    story.refused("Eve", "forward", "leader_only")


# A role is drawn, left, asked for anew


def drawn(story: Story) -> str:
    story.does(LEADER, "draw_role", role="viddevakt")
    return story.meeting.asked["viddevakt"]


def without_a_viddevakt(*people: str) -> Story:
    """In a round, after Anna has left and so given the role back."""
    story = Story("Anna", *people)
    story.does("Anna", "take_role", role="viddevakt")
    story.to("round")
    story.does("Anna", "leave", who="Anna")
    return story


def test_who_is_drawn_is_asked_and_who_has_no_phone_appointed():
    story = Story("Anna")
    assert drawn(story) == "Anna"
    assert "viddevakt" not in story.meeting.roles
    story.does("Anna", "decline_role", role="viddevakt")
    guest = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.does(LEADER, "draw_role", role="viddevakt")
    assert story.meeting.holds(guest, "viddevakt")


def test_the_leader_alone_draws_and_only_where_somebody_is_to_be_found():
    story = Story("Anna")
    story.refused("Anna", "draw_role", "leader_only", role="viddevakt")
    story.refused(LEADER, "draw_role", "role_taken", role="leader")
    story.does("Anna", "take_role", role="scribe")
    story.refused(LEADER, "draw_role", "nobody_to_draw", role="viddevakt")
    story.refused(LEADER, "draw_role", "role_taken", role="scribe")


def test_everybody_is_drawn_about_as_often():
    people = ("Anna", "Bo", "Eva", "Dag")
    story = Story(*people)
    lots = [drawn(story) for _ in range(400)]
    assert all(60 < lots.count(who) < 140 for who in people)
    assert all(one != other for one, other in pairwise(lots))


def test_who_gave_a_role_back_is_not_drawn_unless_they_took_it_again():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="viddevakt")
    story.does("Anna", "leave_role", role="viddevakt")
    assert drawn(story) == "Bo"
    story.does(LEADER, "decline_role", role="viddevakt")  # the leader takes the question back
    assert drawn(story) == "Bo"
    story.does("Anna", "take_role", role="viddevakt")
    story.does(LEADER, "leave_role", role="viddevakt")  # the leader takes the role back
    assert ("viddevakt", "Anna") not in story.meeting.declined


def test_a_viddevakt_who_leaves_is_asked_for_anew():
    story = without_a_viddevakt("Bo", "Eva")
    assert "The meeting has no focus keeper now." in story.lead
    assert "needs a new focus keeper" in story.phone("Bo")
    story.presses("Bo", "Yes, I will")
    assert story.meeting.holds("Bo", "viddevakt")
    assert "no focus keeper now" not in story.lead
    assert "needs a new focus keeper" not in story.phone("Eva")


def test_who_gave_the_role_back_is_not_asked_to_take_it_at_once():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="viddevakt")
    story.to("round")
    story.does("Anna", "leave_role", role="viddevakt")
    assert "needs a new focus keeper" in story.phone("Bo")
    assert "needs a new focus keeper" not in story.phone("Anna")


def test_somebody_asked_or_drawn_is_the_only_one_who_is_asked():
    story = without_a_viddevakt("Bo", "Eva")
    story.sends(LEADER, "vacant-ask", who="Bo")
    assert "Bo has been asked." in story.lead
    assert "needs a new focus keeper" not in story.phone("Eva")
    story.presses("Bo", "No, thank you")
    assert "needs a new focus keeper" in story.phone("Eva")
    story.presses(LEADER, "Draw a focus keeper")
    assert "Eva has been asked." in story.lead


def test_the_leader_goes_on_without_and_can_undo_it():
    story = without_a_viddevakt("Bo")
    story.presses(LEADER, "Continue without")
    assert "no focus keeper now" not in story.lead
    assert "needs a new focus keeper" not in story.phone("Bo")
    story.refused(LEADER, "waive_role", "stale", role="viddevakt")
    story.undo()
    assert "no focus keeper now" in story.lead


def test_a_meeting_that_never_had_a_viddevakt_misses_none():
    story = Story("Anna")
    story.to("round")
    assert "vacant" not in story.lead.blocks
    story.refused(LEADER, "waive_role", "stale", role="viddevakt")


def test_nobody_is_missed_before_the_meeting_has_begun_or_when_it_is_over():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="viddevakt")
    story.does("Anna", "leave", who="Anna")
    assert "vacant" not in story.lead.blocks
    story.refused("Bo", "waive_role", "leader_only", role="viddevakt")
    story.to("result")
    assert "vacant" not in story.lead.blocks
    assert "volunteer" not in story.phone("Bo").blocks
