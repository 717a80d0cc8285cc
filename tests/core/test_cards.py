"""Cards are added, mended and laid together; topics are parked."""

from facilitator.core.cards import board, under
from facilitator.core.writing import CARD_LIMIT, TOPIC_LIMIT

from .story import EVALUATE, LEADER, ROLES, ROUND, Story


def in_round(*people: str) -> Story:
    story = Story(*people)
    story.to("round")
    return story


def writes(story: Story, who: str, text: str) -> int:
    return story.does(who, "add_card", phase="round", text=text)


def texts(story: Story) -> list[str]:
    return [card.text for card in board(story.meeting.cards, "round")]


def test_a_card_stands_on_the_board_of_its_phase():
    story = in_round("Anna", "Bo")
    writes(story, "Anna", "  The   hallway ")
    writes(story, "Bo", "Mornings")
    assert texts(story) == ["The hallway", "Mornings"]
    assert not list(board(story.meeting.cards, "evaluate"))


def test_a_card_says_something_and_is_short():
    story = in_round("Anna")
    story.refused("Anna", "add_card", "card_empty", phase="round", text=" \n ")
    long = "x" * (CARD_LIMIT + 1)
    story.refused("Anna", "add_card", "card_long", phase="round", text=long)
    card = writes(story, "Anna", long[1:])
    story.refused("Anna", "edit_card", "card_empty", card=card, text="")
    story.refused("Anna", "edit_card", "card_long", card=card, text=long)


def test_a_phase_that_takes_no_cards_gets_none():
    story = Story("Anna", agenda=(ROLES, ROUND, ROUND | {"id": "ask", "cards": False}, EVALUATE))
    story.refused("Anna", "add_card", "no_cards_here", phase="round", text="too early")
    story.to("ask")
    for phase in ("roles", "ask", "evaluate", "nowhere"):
        story.refused("Anna", "add_card", "no_cards_here", phase=phase, text="x")


def test_a_card_queued_across_the_end_of_its_phase_still_lands_there():
    story = in_round("Anna")
    story.to("evaluate")
    writes(story, "Anna", "Sent from the lift")
    assert texts(story) == ["Sent from the lift"]


def test_leader_and_scribe_write_for_others_and_nobody_else_does():
    story = in_round("Anna", "Bo")
    guest = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.refused("Bo", "add_card", "leader_only", phase="round", text="x", who="Anna")
    story.does("Bo", "take_role", role="scribe")
    for by in (LEADER, "Bo"):
        card = story.does(by, "add_card", phase="round", text="Peace", who=guest)
        assert story.meeting.cards[card].by == guest


def test_nobody_writes_for_who_is_not_here():
    story = in_round("Anna")
    story.refused(LEADER, "add_card", "not_joined", phase="round", text="x", who="Nobody")
    story.does("Anna", "leave", who="Anna")
    story.refused(LEADER, "add_card", "not_joined", phase="round", text="x", who="Anna")


def test_one_mends_and_withdraws_ones_own_cards_alone():
    story = in_round("Anna", "Bo")
    card = writes(story, "Anna", "Halway")
    story.refused("Bo", "edit_card", "not_yours", card=card, text="x")
    story.refused("Bo", "withdraw_card", "not_yours", card=card)
    story.does("Anna", "edit_card", card=card, text="Hallway")
    assert texts(story) == ["Hallway"]
    story.does("Anna", "withdraw_card", card=card)
    assert texts(story) == []


def test_after_the_phase_leader_and_scribe_mend_cards():
    story = in_round("Anna", "Bo")
    card = writes(story, "Anna", "Halway")
    story.to("evaluate")
    story.refused("Anna", "edit_card", "phase_over", card=card, text="x")
    story.does("Bo", "take_role", role="scribe")
    story.does("Bo", "edit_card", card=card, text="Hallway")
    story.does(LEADER, "withdraw_card", card=card)
    assert texts(story) == []


def test_a_card_that_is_gone_is_said_to_be_gone():
    story = in_round("Anna")
    for verb, args in (
        ("edit_card", {"text": "x"}),
        ("withdraw_card", {}),
        ("set_aside", {}),
        ("merge_cards", {"into": 1}),
    ):
        story.refused(LEADER, verb, "no_card", card=999, **args)


def test_a_card_is_set_aside_and_put_back_by_the_leader():
    story = in_round("Anna")
    card = writes(story, "Anna", "Hallway")
    story.refused("Anna", "set_aside", "leader_only", card=card)
    story.does(LEADER, "set_aside", card=card)
    assert story.meeting.cards[card].aside
    story.does(LEADER, "set_aside", card=card, aside=False)
    assert not story.meeting.cards[card].aside


def test_cards_that_say_the_same_lie_under_one():
    story = in_round("Anna", "Bo")
    first, second, third = (writes(story, "Anna", t) for t in ("Hallway", "Corridor", "Passage"))
    story.refused("Anna", "merge_cards", "leader_only", card=second, into=first)
    story.does(LEADER, "merge_cards", card=third, into=second)
    story.does(LEADER, "merge_cards", card=second, into=first)
    assert texts(story) == ["Hallway"]
    assert [c.text for c in under(story.meeting.cards)[first]] == ["Corridor", "Passage"]


def test_a_card_lies_neither_under_itself_nor_under_one_that_lies_under_another():
    story = in_round("Anna")
    first, second, third = (writes(story, "Anna", t) for t in "abc")
    story.does(LEADER, "merge_cards", card=second, into=first)
    for card, into in ((first, first), (first, second), (third, second)):
        story.refused(LEADER, "merge_cards", "no_card", card=card, into=into)


def test_cards_of_two_phases_are_not_laid_together():
    story = Story("Anna", agenda=(ROUND, ROUND | {"id": "more"}))
    story.to("round")
    first = writes(story, "Anna", "Hallway")
    story.to("more")
    other = story.does("Anna", "add_card", phase="more", text="Hallway")
    story.refused(LEADER, "merge_cards", "no_card", card=other, into=first)


def test_what_lay_under_a_withdrawn_card_stands_on_its_own_again():
    story = in_round("Anna", "Bo")
    first, second = writes(story, "Anna", "Hallway"), writes(story, "Bo", "Corridor")
    story.does(LEADER, "merge_cards", card=second, into=first)
    story.does("Anna", "withdraw_card", card=first)
    assert texts(story) == ["Corridor"]


def test_laying_together_is_undone_and_the_cards_stay():
    story = in_round("Anna", "Bo")
    first, second = writes(story, "Anna", "Hallway"), writes(story, "Bo", "Corridor")
    story.does(LEADER, "merge_cards", card=second, into=first)
    writes(story, "Bo", "Mornings")
    story.undo()
    assert texts(story) == ["Hallway", "Corridor", "Mornings"]


def test_a_topic_is_parked_by_who_has_a_role():
    story = Story("Anna", "Bo")
    story.does("Anna", "take_role", role="viddevakt")
    story.refused("Bo", "park", "role_only", text="Parking lot")
    story.refused("Eve", "park", "not_joined", text="Parking lot")
    for by in ("Anna", LEADER):
        story.does(by, "park", text=f"Topic of {by}")
    assert [t.text for t in story.meeting.parked] == ["Topic of Anna", "Topic of Liv"]


def test_a_topic_says_something_and_is_short():
    story = Story()
    story.refused(LEADER, "park", "topic_empty", text=" ")
    story.refused(LEADER, "park", "topic_long", text="x" * (TOPIC_LIMIT + 1))


def test_a_topic_taken_away_comes_back_by_undo():
    story = Story("Anna")
    topic = story.does(LEADER, "park", text="Parking lot")
    story.refused("Anna", "remove_topic", "leader_only", topic=topic)
    story.does(LEADER, "remove_topic", topic=topic)
    assert story.meeting.parked == ()
    story.undo()
    assert [t.text for t in story.meeting.parked] == ["Parking lot"]
