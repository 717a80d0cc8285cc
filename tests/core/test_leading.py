"""The lead goes from one to another; somebody always leads, and never speaks first."""

from facilitator import screens
from facilitator.core.blocks import Links

from .story import LEADER, Story


def round_of(*people: str) -> Story:
    story = Story(*people)
    story.to("round")
    story.forward()
    return story


def test_who_has_a_phone_is_asked_and_says_yes_there():
    story = Story("Anna", "Bo")
    story.does(LEADER, "hand_over", who="Anna")
    assert story.leader == LEADER
    assert "Will you lead the meeting?" in story.phone("Anna")
    story.refused("Bo", "take_role", "leader_stays", role="leader")
    story.presses("Anna", "Yes, I will")
    assert story.leader == "Anna"
    assert story.meeting.asked == {}
    story.refused(LEADER, "forward", "leader_only")
    story.does("Anna", "forward")


def test_who_does_not_want_to_says_no_and_nothing_changes():
    story = Story("Anna")
    story.does(LEADER, "hand_over", who="Anna")
    story.presses("Anna", "No, thank you")
    assert (story.leader, story.meeting.asked) == (LEADER, {})


def test_who_has_no_phone_leads_at_once_at_the_leader_view():
    story = Story()
    olav = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.presses(LEADER, "Hand over the lead")
    assert story.leader == olav
    assert story.meeting.people[olav].phone
    assert not story.meeting.people[LEADER].phone, "the leader view was theirs, and is Olav's now"
    assert "2 in the meeting · 1 without a phone" in story.room
    story.does(olav, "ask_role", role="scribe", who=LEADER)
    assert story.meeting.holds(LEADER, "scribe"), "asked aloud"


def test_a_leader_with_a_phone_keeps_it():
    story = Story("Anna", "Bo")
    for before, after in ((LEADER, "Anna"), ("Anna", "Bo")):
        story.does(before, "hand_over", who=after)
        story.does(after, "take_role", role="leader")
    assert [p.id for p in story.meeting.here if not p.phone] == [LEADER]


def test_the_leader_alone_hands_over_and_not_to_themselves():
    story = Story("Anna", "Bo")
    story.refused("Anna", "hand_over", "leader_only", who="Bo")
    story.refused(LEADER, "hand_over", "stale", who=LEADER)
    story.refused(LEADER, "hand_over", "not_joined", who="nobody")


def test_the_new_leader_speaks_last_and_the_old_one_before():
    story = round_of("Anna", "Bo", "Eva")
    assert story.state("round").turns.waiting == ("Bo", "Eva", LEADER)
    story.does(LEADER, "hand_over", who="Bo")
    story.does("Bo", "take_role", role="leader")
    assert story.state("round").turns.waiting == ("Eva", LEADER, "Bo")
    story.does("Per", "join", name="Per")
    assert story.state("round").turns.waiting == ("Eva", LEADER, "Per", "Bo")


def test_who_speaks_when_the_lead_comes_goes_on_speaking():
    story = round_of("Anna", "Bo")
    story.does(LEADER, "hand_over", who="Anna")
    story.does("Anna", "take_role", role="leader")
    assert story.state("round").turns.now == "Anna"


def test_the_old_leader_may_leave_and_the_new_one_stays():
    story = Story("Anna")
    story.does(LEADER, "hand_over", who="Anna")
    story.does("Anna", "take_role", role="leader")
    story.refused("Anna", "leave", "leader_stays", who="Anna")
    story.does(LEADER, "leave", who=LEADER)
    assert [p.id for p in story.meeting.here] == ["Anna"]


def test_who_leads_from_a_phone_finds_the_way_to_the_leader_view():
    story = Story("Anna")
    story.does(LEADER, "hand_over", who="Anna")
    story.does("Anna", "take_role", role="leader")
    links = screens.own(story.meeting, "phone", "Anna", "/lead/1")["lead"]
    assert isinstance(links, Links)
    assert [path for _, path in links.links] == ["/lead/1"]
    assert "leave" not in screens.own(story.meeting, "phone", "Anna")
