"""Names from the plan are ticked, not typed; and somebody may come instead."""

from facilitator.core.expecting import awaited

from .story import LEADER, Story, said

KARI, PER = {"name": "Kari", "origin": "PPT"}, {"name": "Per"}


def waits(story: Story) -> list[str]:
    return [e.called for e in awaited(story.meeting)]


def chips(story: Story) -> list[str]:
    field = story.phone("somebody")["join"].fields[0]
    return [said(option.label) for option in field.options]


def test_at_the_door_one_taps_ones_name():
    story = Story(expected=(KARI, PER))
    assert chips(story) == ["Kari (PPT)", "Per"]
    story.sends("p1", "join", name="Kari (PPT)", origin="", instead_of="")
    kari = story.meeting.people["p1"]
    assert (kari.name, kari.origin, kari.phone) == ("Kari", "PPT", True)
    assert chips(story) == ["Per"]


def test_without_a_list_or_when_all_have_come_the_door_asks_for_a_name():
    story = Story(expected=(PER,))
    assert [f.kind for f in Story().phone("p1")["join"].fields] == ["line", "line"]
    story.does("p1", "join", name="Per")
    assert [f.kind for f in story.phone("p2")["join"].fields] == ["line", "line"]


def test_who_is_not_on_the_list_types_a_name():
    story = Story(expected=(KARI,))
    story.sends("p1", "join", name="Odd", origin="BUP", instead_of="")
    assert (story.meeting.name("p1"), waits(story)) == ("Odd", ["Kari (PPT)"])


def test_who_types_a_name_of_the_list_has_come():
    story = Story(expected=(KARI, PER))
    story.does("p1", "join", name="kari")
    assert (story.meeting.name("p1"), waits(story)) == ("Kari", ["Per"])


def test_a_taken_name_blocks_nobody():
    """Two reached for the same chip, or there are two of that name: the leader merges or not."""
    story = Story(expected=(KARI, PER))
    for who in ("p1", "p2"):
        story.does(who, "join", name="Kari (PPT)")
    assert [p.name for p in story.meeting.here] == ["Liv", "Kari", "Kari 2"]
    assert story.meeting.people["p2"].origin == "PPT"
    assert waits(story) == ["Per"]


def test_two_of_one_name_each_have_a_place():
    story = Story(expected=({"name": "Per"}, {"name": "Per"}))
    story.does("p1", "join", name="Per")
    assert waits(story) == ["Per"]
    story.does("p2", "join", name="Per")
    assert waits(story) == []


def test_a_new_name_does_not_make_one_awaited_again():
    story = Story(expected=(KARI,))
    story.does("p1", "join", name="Kari (PPT)")
    story.does("p1", "rename", who="p1", name="Karianne")
    assert waits(story) == []


def test_who_leads_is_not_awaited():
    assert waits(Story(expected=({"name": LEADER}, PER))) == ["Per"]


def test_who_left_may_be_ticked_again():
    story = Story(expected=(KARI,))
    story.does("p1", "join", name="Kari (PPT)")
    story.does("p1", "leave", who="p1")
    assert waits(story) == ["Kari (PPT)"]
    story.does("p1", "join", name="Karianne")
    assert waits(story) == []


def test_the_leader_ticks_who_has_no_phone_in_one_tap():
    story = Story(expected=(KARI, PER))
    assert "On the list, but not here" in story.lead
    story.presses(LEADER, "Here, no phone")
    kari = story.meeting.here[-1]
    assert (kari.name, kari.origin, kari.phone) == ("Kari", "PPT", False)
    story.presses(LEADER, "Here, no phone")
    assert "awaited" not in story.lead.blocks


def test_a_substitute_comes_in_instead_of_who_is_on_the_list():
    story = Story(expected=(KARI, PER))
    story.sends("p1", "join", name="Nils", origin="", instead_of="Kari (PPT)")
    nils = story.meeting.people["p1"]
    assert (nils.name, nils.origin, nils.instead_of) == ("Nils", "PPT", "Kari")
    assert waits(story) == ["Per"]
    assert "instead of Kari" in story.room
    assert "instead of Kari" in story.lead


def test_who_comes_back_is_still_the_substitute():
    story = Story(expected=(KARI,))
    story.does("p1", "join", name="Nils", instead_of="Kari (PPT)")
    story.does("p1", "leave", who="p1")
    story.does("p1", "join", name="Nils")
    assert story.meeting.people["p1"].instead_of == "Kari"


def test_instead_of_somebody_who_came_after_all_blocks_nobody():
    story = Story(expected=(KARI,))
    story.does("p1", "join", name="Kari (PPT)")
    story.does("p2", "join", name="Nils", instead_of="Kari (PPT)")
    assert story.meeting.people["p2"].instead_of == "Kari"
    story.refused("p3", "join", "malformed", name="Odd", instead_of="nobody")


def test_the_leader_enters_a_substitute_without_a_phone():
    story = Story(expected=(KARI, PER))
    story.sends(LEADER, "instead", who="Per", name="Nils")
    nils = story.meeting.here[-1]
    assert (nils.name, nils.instead_of, nils.phone) == ("Nils", "Per", False)
    assert waits(story) == ["Kari (PPT)"]
    story.refused(LEADER, "substitute", "malformed", who="Per who is nobody", name="Odd")
    story.refused("p1", "substitute", "leader_only", who="Kari (PPT)", name="Odd")


def test_who_has_to_go_is_replaced_in_the_round_but_not_in_a_role():
    story = Story("Anna", "Bo", "Eva")
    story.does("Bo", "take_role", role="viddevakt")
    story.to("round")
    story.forward()
    story.sends(LEADER, "instead", who="Bo", name="Nils")
    nils = story.meeting.here[-1]
    assert (nils.name, nils.instead_of) == ("Nils", "Bo")
    assert story.state("round").turns.waiting == (nils.id, "Eva", LEADER)
    assert "viddevakt" not in story.meeting.roles
    assert not story.meeting.people["Bo"].here


def test_who_stands_in_for_the_speaker_has_the_rest_of_the_turn():
    story = Story("Anna", "Bo")
    story.to("round")
    story.forward()
    clock = story.state("round").clock
    story.wait(10)
    story.does(LEADER, "substitute", who="Anna", name="Nils")
    assert story.meeting.name(story.state("round").turns.now) == "Nils"
    assert story.state("round").clock == clock
    story.forward()
    story.does(LEADER, "substitute", who=story.meeting.here[-1].id, name="Odd")
    assert [story.meeting.name(w) for w in story.state("round").turns.heard] == ["Odd"]


def test_the_leader_is_not_replaced():
    Story("Anna").refused(LEADER, "substitute", "leader_stays", who=LEADER, name="Nils")
