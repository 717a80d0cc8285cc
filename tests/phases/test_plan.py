"""The summary: the house chooses what to try, and what is agreed about it takes shape."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from facilitator.core.decisions import Decision
from facilitator.core.writing import CARD_LIMIT
from phases.plan.rules import LIMIT
from tests.core.story import AGENDA, EVALUATE, LEADER, ROUND, Story, said, text

MEASURES = ROUND | {"id": "measures", "title": text("Measures")}
SUMMARY: dict[str, Any] = {
    "kind": "plan",
    "id": "summary",
    "title": text("Summary"),
    "question": text("What do we try?"),
    "minutes": 8,
    "source": "measures",
}
ON = {"phase": "summary"}


class Summing(Story):
    """Anna and Bo of the school, Pia of PPT; two measures are on the board, and they sum up."""

    def __init__(self) -> None:
        super().__init__(
            "Anna", "Bo", agenda=(ROUND, MEASURES, SUMMARY, EVALUATE), services=("PPT", "BUP")
        )
        self.does("Pia", "join", name="Pia", origin="PPT")
        self.to("measures")
        self.groups = self.does("Anna", "add_card", phase="measures", text="Play groups")
        self.zones = self.does("Bo", "add_card", phase="measures", text="A person per zone")
        self.to("summary")

    @property
    def decision(self) -> Decision:
        (decision,) = self.meeting.decided
        return decision

    def decides(self, **agreed: str) -> None:
        self.does(LEADER, "decide", card=self.groups, **ON)
        if agreed:
            self.does(LEADER, "plan_decision", card=self.groups, **ON, **agreed)

    def cells(self) -> dict[str, str]:
        """What is agreed about the first measure, as the room sees it; a dash is empty here."""
        cells = self.room["plan"].measures[0].cells
        return {said(cell.label): "" if cell.missing else said(cell.text) for cell in cells}


# The house chooses


def test_the_leader_records_what_the_house_chooses_and_the_rest_is_kept():
    story = Summing()
    story.presses(LEADER, "Play groups")
    assert story.decision.what == "Play groups"
    assert story.meeting.cards[story.groups].chosen
    assert "Other measures kept for later: 1" in story.room
    assert "Play groups" not in story.lead.buttons


@pytest.mark.parametrize("who", ["Anna", "Pia"])
def test_nobody_else_decides(who: str):
    story = Summing()
    story.does("Anna", "take_role", role="scribe")
    story.refused(who, "decide", "leader_only", card=story.groups, **ON)


def test_a_choice_is_undone_and_what_others_wrote_about_it_is_there_again():
    story = Summing()
    story.does("Anna", "take_role", role="scribe")
    story.decides()
    story.does("Anna", "plan_decision", card=story.groups, **ON, who="Bo")
    story.undo()
    assert story.meeting.decided == ()
    assert not story.meeting.cards[story.groups].chosen
    story.decides()
    assert story.decision.who == "Bo"


def test_a_measure_is_taken_back_and_is_there_to_choose_again():
    story = Summing()
    story.decides(who="Bo")
    story.presses(LEADER, "Not this one after all")
    assert story.meeting.decided == ()
    assert not story.meeting.cards[story.groups].chosen
    story.presses(LEADER, "Play groups")
    assert story.decision.who == "Bo"


def test_more_than_one_measure_may_be_tried_and_the_first_stands_first():
    story = Summing()
    story.decides()
    story.presses(LEADER, "A person per zone")
    assert [measure.text for measure in story.room["plan"].measures] == [
        "Play groups",
        "A person per zone",
    ]
    assert "kept" not in story.room.blocks


def test_what_cannot_be_decided_on_is_refused():
    story = Summing()
    story.refused(LEADER, "decide", "no_card", card=999, **ON)
    story.refused(LEADER, "decide", "no_decision", card=story.groups, decided=False, **ON)
    story.decides()
    story.refused(LEADER, "decide", "stale", card=story.groups, **ON)
    other = Summing()
    other.does(LEADER, "set_aside", card=other.zones)
    other.refused(LEADER, "decide", "no_card", card=other.zones, **ON)
    assert "A person per zone" not in other.lead.buttons


def test_before_the_summary_nothing_is_decided():
    story = Story(agenda=(MEASURES, SUMMARY))
    story.to("measures")
    card = story.does(LEADER, "add_card", phase="measures", text="Play groups")
    story.refused(LEADER, "decide", "stale", card=card, **ON)
    story.refused(LEADER, "decide", "stale", card=card, phase="measures")
    story.refused(LEADER, "write_measure", "stale", text="x", **ON)


def test_a_measure_that_lies_under_another_is_not_offered_twice():
    story = Summing()
    story.decides()
    story.does(LEADER, "merge_cards", card=story.groups, into=story.zones)
    assert "A person per zone" not in story.lead.buttons
    assert story.decision.what == "Play groups"


def test_a_decision_outlives_its_card_and_can_still_be_taken_back():
    story = Summing()
    story.decides()
    story.does(LEADER, "withdraw_card", card=story.groups)
    assert story.decision.what == "Play groups"
    story.presses(LEADER, "Not this one after all")
    assert story.meeting.decided == ()


def test_a_measure_nobody_has_a_card_for_is_written_by_leader_or_scribe():
    story = Summing()
    story.refused("Bo", "write_measure", "leader_only", text="Coffee", **ON)
    story.does("Bo", "take_role", role="scribe")
    story.refused("Bo", "write_measure", "card_empty", text=" ", **ON)
    story.refused("Bo", "write_measure", "card_long", text="x" * (CARD_LIMIT + 1), **ON)
    card = story.sends("Bo", "write-measure", text="Coffee on Fridays")
    written = story.meeting.cards[card]
    assert (written.phase, written.sort, written.chosen) == ("measures", "measure", True)
    assert story.decision.what == "Coffee on Fridays"
    assert "Other measures kept for later: 2" in story.room


def test_without_any_measure_there_is_still_something_to_write():
    story = Story(agenda=(MEASURES, SUMMARY))
    story.to("summary")
    assert "No measures have been written yet." in story.room
    story.sends(LEADER, "write-measure", text="Coffee on Fridays")
    assert "Coffee on Fridays" in story.room


def test_the_leader_sees_which_factors_a_measure_is_to_reduce():
    story = Summing()
    story.to("round")
    factor = story.does("Anna", "add_card", phase="round", text="Few adults outside")
    story.to("summary")
    cards = story.meeting.cards
    under = replace(cards[story.groups], factors=(factor,))
    story.meeting = replace(story.meeting, cards={**cards, story.groups: under})
    groups = [story.lead[key] for key in ("which-0", "which-1")]
    assert [(group.label, [act.label for act in group.acts]) for group in groups] == [
        ("Few adults outside", ["Play groups"]),
        ("", ["A person per zone"]),
    ]


# What is agreed


def test_the_leader_writes_down_what_is_agreed_in_peoples_own_words():
    story = Summing()
    story.decides()
    agreed = {"who": "Bo", "when": "fredag 12. desember", "service": "PPT", "form": "trains"}
    story.sends(LEADER, f"form-{story.groups}", what="Play groups", **agreed)
    assert (story.decision.who, story.decision.when) == ("Bo", "fredag 12. desember")
    assert story.cells() == {
        "Responsible": "Bo",
        "When": "fredag 12. desember",
        "Support service": "PPT",
        "Meeting with the service": "",
        "When we evaluate": "",
        "Who evaluates": "",
        "How we evaluate": "",
    }


def test_what_the_house_tries_by_itself_needs_no_service():
    story = Summing()
    story.decides(form="tries")
    assert "Support service" not in story.cells()
    assert len(story.cells()) == 5
    assert "We try it out ourselves" in story.room


def test_only_what_changed_is_stored_and_the_rest_stays():
    story = Summing()
    story.decides(who="Bo", when="in May")
    story.does(LEADER, "plan_decision", card=story.groups, **ON, who="Bo", when="in June")
    event: Any = story.log[-1].event
    assert (event.who, event.when) == (None, "in June")
    assert (story.decision.who, story.decision.when) == ("Bo", "in June")
    story.undo()
    assert story.decision.when == "in May"


def test_leader_and_scribe_write_and_nobody_else():
    story = Summing()
    story.decides()
    story.refused("Bo", "plan_decision", "leader_only", card=story.groups, **ON, who="Bo")
    assert f"form-{story.groups}" not in story.phone("Bo").blocks
    story.does("Bo", "take_role", role="scribe")
    story.sends("Bo", f"form-{story.groups}", what="Play groups in pairs", who="Bo")
    assert (story.decision.what, story.decision.who) == ("Play groups in pairs", "Bo")


def test_what_is_agreed_is_short_and_can_be_open_again():
    story = Summing()
    story.decides(who="Bo")
    plan = {"card": story.groups, **ON}
    story.refused(LEADER, "plan_decision", "decision_long", **plan, when="x" * (LIMIT + 1))
    story.refused(LEADER, "plan_decision", "card_empty", **plan, what=" ")
    story.refused(LEADER, "plan_decision", "card_long", **plan, what="x" * (CARD_LIMIT + 1))
    story.refused(LEADER, "plan_decision", "decision_same", **plan, who=" Bo ")
    story.refused(LEADER, "plan_decision", "malformed", **plan, form="dances")
    story.refused(LEADER, "plan_decision", "no_decision", **ON, card=story.zones, who="Bo")
    story.does(LEADER, "plan_decision", **plan, who=" ")
    assert story.cells()["Responsible"] == ""


def test_a_plan_is_mended_after_its_phase():
    story = Summing()
    story.decides(who="Bo")
    story.to("result")
    story.does(LEADER, "plan_decision", card=story.groups, **ON, who="Anna")
    assert story.decision.who == "Anna"


# A service accepts its part


def test_who_comes_from_the_service_accepts_its_part():
    story = Summing()
    story.decides(service="PPT")
    assert "We accept our part" in story.phone("Pia").buttons
    assert "We accept our part" not in story.phone("Anna").buttons
    story.presses("Pia", "We accept our part")
    assert story.decision.accepted
    assert "has said yes" in story.room
    assert "We accept our part" not in story.phone("Pia").buttons


def test_nobody_accepts_for_a_service_but_leader_and_scribe_when_it_has_no_phone():
    story = Summing()
    story.decides(service="BUP")
    accept = {"card": story.groups, **ON}
    story.refused("Pia", "accept_part", "service_only", **accept)
    story.refused("Eve", "accept_part", "not_joined", **accept)
    story.presses(LEADER, "BUP says yes to its part")
    assert story.decision.accepted
    story.refused(LEADER, "accept_part", "stale", **accept)
    story.presses(LEADER, "BUP has not said yes after all")
    assert not story.decision.accepted


def test_the_scribe_writes_down_that_a_service_says_yes_in_the_room():
    story = Summing()
    story.decides(service="PPT")
    story.does("Bo", "take_role", role="scribe")
    story.presses("Bo", "PPT says yes to its part")
    assert story.decision.accepted


def test_another_service_has_not_said_yes():
    story = Summing()
    story.decides(service="PPT")
    story.presses("Pia", "We accept our part")
    story.does(LEADER, "plan_decision", card=story.groups, **ON, service="BUP")
    assert not story.decision.accepted
    story.does(LEADER, "plan_decision", card=story.groups, **ON, service="", meet="Friday")
    story.refused("Pia", "accept_part", "stale", card=story.groups, **ON)


def test_a_yes_stays_when_the_leader_takes_the_choice_back_and_again():
    story = Summing()
    story.decides(service="PPT")
    story.presses("Pia", "We accept our part")
    story.presses(LEADER, "Not this one after all")
    assert "We accept our part" not in story.phone("Pia").buttons
    story.presses(LEADER, "Play groups")
    assert story.decision.accepted


# Going on


def test_what_is_missing_is_said_in_one_sentence_and_stops_nobody():
    story = Summing()
    going_on = "Next phase: Evaluation"
    assert said(story.lead.act(going_on).sure).startswith("You have not chosen a measure yet.")
    story.decides(service="PPT")
    assert said(story.lead.act(going_on).sure) == (
        "Still to be agreed: who is responsible, when it will happen, when you meet the service "
        "and the evaluation. Move on all the same?"
    )
    story.does(LEADER, "plan_decision", card=story.groups, **ON, who="Bo", meet="Friday")
    assert "agreed: when it will happen and the evaluation." in said(story.lead.act(going_on).sure)
    story.does(LEADER, "plan_decision", card=story.groups, **ON, when="from Monday")
    assert "agreed: the evaluation." in said(story.lead.act(going_on).sure)
    evaluation = {"evaluate_when": "in May", "evaluate_who": "Bo", "evaluate_how": "we ask"}
    story.does(LEADER, "plan_decision", card=story.groups, **ON, **evaluation)
    assert not story.lead.act(going_on).sure
    story.forward()
    assert story.meeting.phase.id == "evaluate"


# Screens


def test_until_something_is_decided_the_room_sees_what_there_is_to_choose_from():
    room = Summing().room
    assert [face.text for face in room["cards"].cards] == ["Play groups", "A person per zone"]
    assert "The kindergarten or school chooses." in room
    assert "What do we try?" in room


def test_everybody_reads_along():
    story = Summing()
    story.decides(who="Bo")
    for screen in (story.room, story.phone("Anna"), story.lead):
        assert "Play groups" in screen
        assert "Bo" in screen


def test_the_services_of_the_plan_are_one_tap_and_another_can_be_typed():
    story = Summing()
    story.decides()
    service = next(f for f in story.lead[f"form-{story.groups}"].fields if f.name == "service")
    assert [option.value for option in service.options] == ["PPT", "BUP"]
    assert service.other
    bare = Story(agenda=(MEASURES, SUMMARY))
    bare.to("summary")
    card = bare.sends(LEADER, "write-measure", text="Coffee")
    service = next(f for f in bare.lead[f"form-{card}"].fields if f.name == "service")
    assert service.kind == "line"


def test_the_form_of_a_second_measure_is_folded():
    story = Summing()
    story.decides()
    story.does(LEADER, "decide", card=story.zones, **ON)
    assert not story.lead[f"form-{story.groups}"].folded
    assert story.lead[f"form-{story.zones}"].folded


def test_a_meeting_without_a_summary_knows_no_decision():
    assert Story(agenda=AGENDA).meeting.decided == ()
