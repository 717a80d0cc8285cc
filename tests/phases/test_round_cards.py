"""What people write in a round: questions, factors, measures."""

import json

from facilitator import screens
from facilitator.core.card_blocks import Face
from facilitator.core.cards import board
from facilitator.wire import difference
from tests.core.story import AROUND, LEADER, ROUND, Story, said, text

CHOOSE = {"kind": "choose", "id": "pick", "title": text("Pick"), "minutes": 3, "source": "causes"}
AGENDA = (
    ROUND | {"id": "ask", "card_sort": "question"},
    ROUND | {"id": "causes", "card_sort": "factor", "holds_for": "measures"},
    CHOOSE,
    ROUND | {"id": "measures", "title": text("Measures"), "card_sort": "measure"},
)


def at(phase: str, *people: str) -> Story:
    story = Story(*people, agenda=AGENDA)
    story.to(phase)
    return story


def with_factors(*chosen: str) -> tuple[Story, list[int]]:
    """Anna has written factors, and the group has chosen these."""
    story = at("causes", "Anna", "Bo")
    factors = [story.sends("Anna", "write", text=words) for words in chosen]
    story.sends("Anna", "write", text="Not chosen")
    story.to("pick")
    for factor in factors:
        story.does(LEADER, "choose_card", phase="pick", card=factor)
    story.to("measures")
    return story, factors


def face(story: Story, words: str) -> Face:
    (found,) = (f for f in story.room["cards"].cards if f.text == words)
    return found


# Questions


def test_a_question_is_open_until_it_is_said_to_be_answered():
    story = at("ask", "Anna")
    story.sends("Anna", "write", text="Since when?")
    assert said(face(story, "Since when?").mark) == "open"
    story.presses("Anna", "Has been answered")
    for screen in (story.room, story.lead, story.phone("Anna")):
        assert "answered" in screen
    assert face(story, "Since when?").look == "answered"
    story.presses("Anna", "Is still open")
    assert said(face(story, "Since when?").mark) == "open"


def test_leader_and_scribe_say_that_a_question_is_answered_and_others_do_not():
    story = at("ask", "Anna", "Bo", "Eva")
    story.does("Eva", "take_role", role="scribe")
    card = story.sends("Anna", "write", text="Since when?")
    story.refused("Bo", "answer_question", "not_yours", card=card)
    story.presses("Eva", "Has been answered")
    story.presses(LEADER, "Is still open")
    story.undo()
    assert story.meeting.cards[card].answered


def test_the_scribe_writes_down_what_is_asked_in_words():
    story = at("ask", "Anna", "Eva")
    story.does("Eva", "take_role", role="scribe")
    card = story.sends("Eva", "write-for", text="Since when?", who="Anna")
    assert story.meeting.cards[card].by == "Anna"
    assert story.meeting.cards[card].sort == "question"


def test_only_a_question_is_answered_and_only_a_factor_has_a_reach():
    story = at("ask", "Anna")
    question = story.sends("Anna", "write", text="Since when?")
    story.refused("Anna", "mark_reach", "malformed", card=question, ours=False)
    story.refused("Anna", "link_measure", "malformed", card=question, factors=[])
    story.refused("Anna", "place_card", "stale", card=question)
    story.to("causes")
    factor = story.sends("Anna", "write", text="Hallway")
    story.refused("Anna", "answer_question", "malformed", card=factor)


# Factors


def test_a_factor_can_be_acted_on_unless_its_writer_says_otherwise():
    story = at("causes", "Anna")
    field = story.phone("Anna")["write"].fields[1]
    assert (field.name, field.value) == ("ours", "true")
    ours = story.sends("Anna", "write", text="Hallway")
    outside = story.sends("Anna", "write", text="Buses", ours="false")
    assert [story.meeting.cards[card].ours for card in (ours, outside)] == [True, False]
    assert said(face(story, "Buses").mark) == "Outside our reach"
    assert face(story, "Buses").look == "outside"
    assert face(story, "Hallway").mark == ""


def test_reach_is_mended_by_the_writer_until_the_phase_ends_and_by_the_leader_always():
    story = at("causes", "Anna", "Bo")
    card = story.sends("Anna", "write", text="Buses")
    story.presses("Anna", "It is outside our reach")
    story.refused("Bo", "mark_reach", "not_yours", card=card, ours=True)
    story.to("pick")
    story.refused("Anna", "mark_reach", "phase_over", card=card, ours=True)
    story.does(LEADER, "mark_reach", card=card, ours=True)
    story.undo()
    assert not story.meeting.cards[card].ours


# Measures that come to mind too early


def test_an_early_measure_is_kept_and_nobody_else_sees_it():
    story = at("causes", "Anna", "Bo", "Eva")
    story.does("Eva", "take_role", role="scribe")
    story.sends("Anna", "keep", text="Play groups")
    assert "Kept for the phase Measures: 1" in story.lead
    assert [f.text for f in story.phone("Anna")["kept"].cards] == ["Play groups"]
    for screen in (story.room, story.lead, story.phone("Bo"), story.phone("Eva")):
        assert "Play groups" not in screen
    assert not list(board(story.meeting.cards, "measures"))


def test_a_kept_measure_is_changed_and_withdrawn_by_its_writer_in_any_phase():
    story = at("causes", "Anna", "Bo")
    card = story.sends("Anna", "keep", text="Play group")
    story.to("pick")
    story.does("Anna", "edit_card", card=card, text="Play groups")
    story.refused("Bo", "edit_card", "not_yours", card=card, text="x")
    story.refused("Anna", "place_card", "no_cards_here", card=card)
    story.does("Anna", "withdraw_card", card=card)
    assert card not in story.meeting.cards


def test_a_measure_is_kept_only_where_a_phase_keeps_them():
    story = at("ask", "Anna")
    story.refused("Anna", "add_card", "no_cards_here", phase="measures", text="Play groups")
    assert "keep" not in story.phone("Anna").blocks
    story.to("measures")
    story.to("causes")
    assert "keep" not in story.phone("Anna").blocks


def test_when_the_measures_begin_the_writer_puts_the_kept_ones_on_the_board():
    story = at("causes", "Anna")
    for words in ("Play groups", "One adult"):
        story.sends("Anna", "keep", text=words)
    story.to("measures")
    story.sends("Anna", "write", text="New toys")
    first = story.phone("Anna")["place"].fields[0]
    story.sends("Anna", "place", card=first.options[1].value)
    assert [f.text for f in story.room["cards"].cards] == ["New toys", "One adult"]
    story.sends("Anna", "place")
    assert [f.text for f in story.room["cards"].cards] == ["New toys", "One adult", "Play groups"]
    assert not {"place", "kept"} & story.phone("Anna").blocks


def test_leader_and_scribe_place_what_is_left_in_one_tap_those_without_a_phone_first():
    story = at("causes", "Anna", "Eva")
    story.does("Eva", "take_role", role="scribe")
    guest = f"guest-{story.does(LEADER, 'add_person', name='Olav')}"
    story.sends("Anna", "keep", text="Play groups")
    story.does("Eva", "add_card", phase="measures", text="One adult", who=guest)
    story.to("measures")
    assert [a.label for a in story.lead["place-all"].acts] == ["One adult", "Play groups"]
    story.presses(LEADER, "One adult")
    story.presses("Eva", "Play groups")
    assert len(story.room["cards"].cards) == 2
    story.undo()
    assert [f.text for f in story.room["cards"].cards] == ["Play groups"]


# Measures and the factors they are to reduce


def test_with_one_chosen_factor_a_measure_belongs_to_it_unasked():
    story, (factor,) = with_factors("Hallway")
    assert [f.name for f in story.phone("Anna")["write"].fields] == ["text"]
    assert story.phone("Anna")["factor"].text == "Hallway"
    card = story.sends("Anna", "write", text="Play groups")
    assert story.meeting.cards[card].factors == (factor,)
    assert [g.label for g in story.room["cards"].groups] == ["Hallway"]


def test_with_none_chosen_nothing_is_asked_and_measures_stand_alone():
    story, _ = with_factors()
    assert [f.name for f in story.phone("Anna")["write"].fields] == ["text"]
    card = story.sends("Anna", "write", text="Play groups")
    assert story.meeting.cards[card].factors == ()
    assert story.room["cards"].groups == ()


def test_with_several_chosen_a_measure_says_which_ones():
    story, (hall, zone) = with_factors("Hallway", "Zones")
    field = story.phone("Anna")["write"].fields[1]
    assert (field.name, field.kind, field.needed) == ("factors", "choices", True)
    assert [o.label for o in field.options] == ["A · Hallway", "B · Zones"]
    story.sends("Anna", "write", text="Play groups", factors=[str(zone), str(hall)])
    shown = face(story, "Play groups")
    assert (shown.groups, shown.mark) == ((hall, zone), "A · B")


def test_a_measure_is_moved_to_other_factors_one_tap_each():
    story, (hall, zone) = with_factors("Hallway", "Zones")
    card = story.sends("Anna", "write", text="Play groups", factors=[hall])
    story.presses("Anna", "Put under B")
    assert story.meeting.cards[card].factors == (hall, zone)
    story.presses(LEADER, "Remove from A")
    assert face(story, "Play groups").groups == (zone,)
    story.undo()
    assert face(story, "Play groups").groups == (hall, zone)
    story.refused("Bo", "link_measure", "not_yours", card=card, factors=[hall])


def test_what_is_no_longer_chosen_is_no_longer_a_measures_factor():
    story, (hall, zone) = with_factors("Hallway", "Zones")
    story.sends("Anna", "write", text="Play groups", factors=[hall, 999])
    story.does(LEADER, "withdraw_card", card=hall)
    assert face(story, "Play groups").groups == ()
    assert [g.id for g in story.room["cards"].groups] == [zone]


def test_a_factor_laid_under_another_takes_its_measures_along():
    story, (hall, zone) = with_factors("Hallway", "Zones")
    story.sends("Anna", "write", text="Play groups", factors=[zone])
    story.does(LEADER, "merge_cards", card=zone, into=hall)
    assert face(story, "Play groups").groups == (hall,)


def test_one_more_card_costs_a_screen_less_than_a_kilobyte():
    story, (hall, _) = with_factors("Hallway", "Zones")
    for _ in range(120):
        story.does("Anna", "add_card", phase="measures", text="x" * 120, factors=[hall])
    before = {name: screens.shared(story.meeting, name, AROUND) for name in screens.SCREENS}
    story.does("Bo", "add_card", phase="measures", text="y" * 120, factors=[hall])
    for name, old in before.items():
        change = difference(old, screens.shared(story.meeting, name, AROUND), "nn")
        assert len(json.dumps(change)) < 1000


# Similar cards


def test_cards_gathered_under_one_are_taken_out_again():
    story = at("causes", "Anna", "Bo")
    first = story.sends("Anna", "write", text="Hallway")
    others = [story.sends("Bo", "write", text=words) for words in ("Corridor", "Passage")]
    for other in others:
        story.does(LEADER, "merge_cards", card=other, into=first)
    story.refused("Bo", "take_out", "leader_only", card=others[0])
    story.presses(LEADER, "Take out “Corridor”")
    assert face(story, "Hallway").merged == ("Passage",)
    assert face(story, "Corridor")
    story.refused(LEADER, "take_out", "stale", card=first)
    story.undo()
    assert face(story, "Hallway").merged == ("Corridor", "Passage")


def test_who_wrote_a_card_sees_under_which_it_lies():
    story = at("causes", "Anna", "Bo")
    first = story.sends("Anna", "write", text="Hallway")
    story.does(LEADER, "merge_cards", card=story.sends("Bo", "write", text="Corridor"), into=first)
    (mine,) = story.phone("Bo")["mine"].cards
    assert (mine.text, said(mine.mark)) == ("Corridor", "is under “Hallway”")


def test_a_group_is_named_and_the_naming_taken_back():
    story = at("causes", "Anna")
    card = story.sends("Anna", "write", text="Hallway")
    story.does(LEADER, "edit_card", card=card, text="Narrow places")
    story.undo()
    assert story.meeting.cards[card].text == "Hallway"
