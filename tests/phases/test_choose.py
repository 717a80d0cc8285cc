"""Choosing: dots inform, unseen until they are shown together; the group agrees."""

from pathlib import Path
from typing import Any

import pytest

from facilitator.core.meeting import Entry, evolve
from facilitator.core.writing import CardAdded
from facilitator.live import Live
from facilitator.seals import Seals
from tests.core.story import LEADER, ROLES, ROUND, Story, said, text

CHOOSE: dict[str, Any] = {
    "kind": "choose",
    "id": "choose",
    "title": text("What first?"),
    "question": text("Which of these do we take on first?"),
    "minutes": 4,
    "source": "round",
}
MEASURES = ROUND | {"id": "measures", "title": text("Measures"), "cards": False}
AGENDA = (ROLES, ROUND, CHOOSE, MEASURES)
PEOPLE = ("Anna", "Bo", "Eva")


class Choosing(Story):
    """A meeting that has written these cards and now chooses among them."""

    def __init__(self, *texts: str, people: tuple[str, ...] = PEOPLE, **choose: Any) -> None:
        super().__init__(*people, agenda=(ROLES, ROUND, CHOOSE | choose, MEASURES))
        self.to("round")
        for words in texts or ("Hallway", "Mornings", "Few adults"):
            self.does(LEADER, "add_card", phase="round", text=words)
        self.to("choose")

    def card(self, words: str) -> int:
        return next(c.id for c in self.meeting.cards.values() if c.text == words)

    def gives(self, who: str, *texts: str) -> int:
        return self.sends(who, "dots", cards=[str(self.card(words)) for words in texts])

    def hands(self, words: str, times: int = 1, more: int = 1, who: str = LEADER) -> None:
        for _ in range(times):
            self.does(who, "count_hands", phase="choose", card=self.card(words), more=more)

    def chooses(self, words: str, chosen: bool = True) -> int:
        card = self.card(words)
        return self.does(LEADER, "choose_card", phase="choose", card=card, chosen=chosen)

    def board(self, screen: str = "room") -> list[tuple[str, int]]:
        faces = getattr(self, screen)["cards"].cards
        return [(face.text, face.support) for face in faces]

    def everything(self) -> str:
        phones = (self.phone(who) for who in self.meeting.people)
        return "\n".join(map(repr, (self.room, self.lead, *phones)))


# Dots


def test_dots_are_shown_together_when_the_leader_presses_forward():
    story = Choosing()
    story.gives("Anna", "Hallway", "Few adults")
    story.gives("Bo", "Few adults")
    assert "2 of 4 have given dots" in story.room
    assert story.board() == [("Hallway", 0), ("Mornings", 0), ("Few adults", 0)]
    story.presses(LEADER, "Show the dots")
    assert story.board() == [("Few adults", 2), ("Hallway", 1), ("Mornings", 0)]
    assert "2 dots" in story.room
    assert "1 dot" in story.phone("Eva")
    assert "have given dots" not in story.room


def test_before_they_are_shown_no_screen_tells_where_a_dot_lies():
    one, other = Choosing(), Choosing()
    one.gives("Anna", "Hallway")
    other.gives("Anna", "Mornings", "Few adults")
    assert one.everything() == other.everything()


def test_who_gave_which_dot_is_not_in_the_log():
    story = Choosing()
    story.wait(30)
    story.gives("Anna", "Hallway")
    entry = story.log[-1]
    assert entry.event.type == "dots_given"
    assert entry.by.startswith("~")
    assert entry.at == story.meeting.since
    assert "Anna" not in repr(entry.event)


def test_nothing_of_which_dots_one_gave_comes_back_from_the_server():
    story = Choosing()
    before = repr(story.phone("Anna"))
    story.gives("Anna", "Hallway")
    assert repr(story.phone("Anna")) == before


def test_sent_again_dots_replace_the_earlier_ones_until_they_are_shown():
    story = Choosing()
    story.gives("Anna", "Hallway", "Mornings")
    story.gives("Anna", "Few adults")
    assert list(story.state("choose").given.values()) == [(story.card("Few adults"),)]
    story.gives("Anna")
    assert "0 of 4 have given dots" in story.room
    story.gives("Anna", "Mornings")
    story.forward()
    assert story.board()[0] == ("Mornings", 1)
    story.refused("Anna", "give_dots", "dots_closed", phase="choose", cards=[story.card("Hallway")])


def test_once_shown_the_key_is_thrown_away():
    story = Choosing()
    story.gives("Anna", "Hallway")
    assert "choose" in story._keys
    story.forward()
    assert "choose" not in story._keys
    story.undo()  # that the phase began, not that the dots were seen
    assert story.state("choose").shown


class Disk:
    """A log that takes everything."""

    def __init__(self) -> None:
        self.rows: list[Any] = []

    def read(self) -> list[Any]:
        return []

    def append(self, version: int, rows: list[Any]) -> None:
        self.rows[version:] = rows


async def test_the_key_file_is_gone_when_the_dots_are_shown(tmp_path: Path):
    disk, story = Disk(), Choosing()
    live = Live(disk, Seals(tmp_path / "meeting"), lambda: 2_000_000.0)
    for entry in story.log:
        await live.record(entry.by, entry.event)
    given = {"phase": "choose", "cards": [story.card("Hallway")]}
    await live.do("Anna", "device.1", "give_dots", given)
    await live.do("Anna", "device.2", "give_dots", given)
    [key] = tmp_path.glob("*.key")
    await live.do(LEADER, "leader.1", "show_dots", {"phase": "choose"})
    while live._flushing:
        await live._flushing
    assert not key.exists()
    assert len(live.meeting.states["choose"].given) == 1  # type: ignore[attr-defined]
    stored = [row for row in disk.rows if row["event"]["type"] == "dots_given"]
    assert len(stored) == 2
    assert not any("Anna" in repr(row) or "device" in repr(row) for row in stored)


@pytest.mark.parametrize(
    ("cards", "key"),
    [
        (["Hallway", "Hallway"], "malformed"),
        (["Hallway", "Mornings", "Few adults", "Noise"], "malformed"),
        ([999], "no_card"),
        (["Hallway", 999], "no_card"),
    ],
)
def test_a_person_has_three_dots_at_most_one_on_a_card(cards: list[Any], key: str):
    story = Choosing("Hallway", "Mornings", "Few adults", "Noise")
    ids = [story.card(one) if isinstance(one, str) else one for one in cards]
    story.refused("Anna", "give_dots", key, phase="choose", cards=ids)


def test_the_phone_says_how_many_dots_are_left_and_what_they_are_for():
    form = Choosing().phone("Anna")["dots"]
    [field] = form.fields
    assert (field.kind, field.most, said(field.left)) == ("choices", 3, "Dots left: {n}")
    assert form.keep
    assert "stay anonymous" in said(form.hint)
    assert "you agree together" in said(form.hint)
    [field] = Choosing("Hallway", "Mornings").phone("Anna")["dots"].fields
    assert field.most == 2


def test_strangers_and_those_too_early_give_no_dots():
    story = Choosing()
    story.refused("Eve", "give_dots", "not_joined", phase="choose", cards=[])
    early = Story("Anna", agenda=AGENDA)
    early.refused("Anna", "give_dots", "stale", phase="choose", cards=[])
    early.refused("Anna", "give_dots", "stale", phase="round", cards=[])


def test_dots_that_come_after_the_phase_are_refused_in_words():
    story = Choosing()
    story.gives("Bo", "Hallway")
    story.to("measures")
    given = {"phase": "choose", "cards": [story.card("Hallway")]}
    story.refused("Anna", "give_dots", "dots_closed", **given)
    story.does(LEADER, "back")
    story.refused("Anna", "give_dots", "dots_closed", **given)
    assert story.board()[0] == ("Hallway", 1)


def test_a_log_with_dots_after_they_were_shown_changes_nothing():
    story = Choosing()
    story.gives("Anna", "Hallway")
    late = story.log[-1].event
    story.forward()
    entry = Entry(story.meeting.n + 1, story.at, "~late", "", late)
    assert evolve(story.meeting, entry).states == story.meeting.states


def test_a_press_meant_to_go_on_does_not_show_the_first_dot():
    story = Choosing()
    seen = story.meeting.place
    story.gives("Anna", "Hallway")
    story.refused(LEADER, "forward", "stale", seen=seen)


def test_nobody_counts_twice_when_the_leader_steers_back_and_forth():
    story = Choosing()
    story.gives("Anna", "Hallway")
    story.undo()
    story.to("choose")
    story.gives("Anna", "Hallway")
    story.forward()
    assert story.board()[0] == ("Hallway", 1)


# Asked anew


def test_everybody_is_asked_anew_from_nothing():
    story = Choosing()
    story.gives("Anna", "Hallway")
    story.hands("Mornings")
    draft = story.phone("Anna")["dots"].draft
    story.forward()
    assert "will be lost" in said(story.lead.act("Ask for new dots").sure)
    story.presses(LEADER, "Ask for new dots")
    assert "0 of 4 have given dots" in story.room
    assert story.phone("Anna")["dots"].draft != draft
    story.gives("Bo", "Few adults")
    story.forward()
    assert story.board() == [("Few adults", 1), ("Hallway", 0), ("Mornings", 0)]


def test_dots_on_their_way_from_an_earlier_asking_are_refused():
    story = Choosing()
    story.gives("Anna", "Hallway")
    story.forward()
    story.does(LEADER, "dots_anew", phase="choose")
    story.refused("Bo", "give_dots", "stale", phase="choose", cards=[story.card("Hallway")])


def test_asking_anew_is_undone_as_long_as_nobody_has_given():
    story = Choosing()
    story.gives("Anna", "Hallway")
    story.forward()
    story.does(LEADER, "dots_anew", phase="choose")
    story.undo()
    assert story.board()[0] == ("Hallway", 1)
    anew = story.does(LEADER, "dots_anew", phase="choose")
    story.gives("Bo", "Mornings")
    assert anew not in story.meeting.acts
    story.undo()
    assert list(story.state("choose").given.values()) == [(story.card("Mornings"),)]


def test_the_leader_asks_anew_and_only_once_the_dots_were_shown():
    story = Choosing()
    story.refused(LEADER, "dots_anew", "stale", phase="choose")
    story.refused("Anna", "dots_anew", "leader_only", phase="choose")
    story.refused("Anna", "show_dots", "leader_only", phase="choose")
    story.does(LEADER, "show_dots", phase="choose")
    story.refused(LEADER, "show_dots", "stale", phase="choose")
    story.does(LEADER, "dots_anew", phase="choose")


# Hands


def test_hands_of_people_without_a_phone_count_as_dots():
    story = Choosing()
    story.does(LEADER, "add_person", name="Olav")
    story.gives("Anna", "Mornings")
    story.hands("Mornings")
    story.hands("Few adults")
    assert story.board() == [("Hallway", 0), ("Mornings", 0), ("Few adults", 0)]
    assert "Hands: 1" in story.lead
    assert "Hands: 1" not in story.room
    story.forward()
    assert story.board() == [("Mornings", 2), ("Few adults", 1), ("Hallway", 0)]


def test_leader_and_scribe_count_hands_from_none_to_all_in_the_room():
    story = Choosing()
    story.refused("Bo", "count_hands", "leader_only", phase="choose", card=1, more=1)
    story.does("Bo", "take_role", role="scribe")
    assert [act.sign for act in story.phone("Bo")["hands"].cards[0].at_hand] == ["−", "+"]
    assert "hands" not in story.phone("Anna").blocks
    story.hands("Hallway", who="Bo")
    story.hands("Hallway", times=3)
    hands = {"phase": "choose", "card": story.card("Hallway")}
    story.refused("Bo", "count_hands", "all_hands", **hands, more=1)
    story.refused("Bo", "count_hands", "malformed", **hands, more=2)
    story.hands("Hallway", times=4, more=-1)
    story.refused(LEADER, "count_hands", "no_hands", **hands, more=-1)
    story.refused(LEADER, "count_hands", "no_card", phase="choose", card=999, more=1)
    assert story.state("choose").hands == {}


def test_a_miscounted_hand_is_mended_also_once_support_is_shown():
    story = Choosing()
    story.hands("Mornings")
    story.forward()
    story.hands("Mornings", more=-1)
    story.hands("Hallway", times=2)
    assert story.board()[0] == ("Hallway", 2)


# Which cards


def test_what_was_given_to_a_merged_card_is_support_for_the_one_it_lies_under():
    story = Choosing("Hallway", "Corridors", "Mornings", "Noise")
    story.gives("Anna", "Hallway", "Corridors")
    story.gives("Bo", "Corridors", "Mornings")
    story.hands("Corridors")
    story.does(LEADER, "merge_cards", card=story.card("Corridors"), into=story.card("Hallway"))
    [field] = story.phone("Bo")["dots"].fields
    assert [(option.label, option.also) for option in field.options] == [
        ("Hallway", (str(story.card("Corridors")),)),
        ("Mornings", ()),
        ("Noise", ()),
    ]
    story.forward()
    # Anna's two dots now lie on one card, and a card has one of each person.
    assert story.board() == [("Hallway", 3), ("Mornings", 1), ("Noise", 0)]
    gone = {"phase": "choose", "card": story.card("Corridors")}
    story.refused(LEADER, "choose_card", "no_card", **gone)
    story.refused(LEADER, "count_hands", "no_card", **gone, more=1)


def test_a_chosen_card_that_is_laid_under_another_makes_that_one_chosen():
    story = Choosing("Hallway", "Corridors")
    story.chooses("Corridors")
    story.does(LEADER, "merge_cards", card=story.card("Corridors"), into=story.card("Hallway"))
    assert story.meeting.cards[story.card("Hallway")].chosen
    story.undo()
    assert not story.meeting.cards[story.card("Hallway")].chosen


def test_cards_set_aside_held_or_outside_reach_are_not_to_choose_from():
    story = Choosing()
    aside = story.card("Mornings")
    story.does(LEADER, "set_aside", card=aside)
    for more in ({"text": "The law", "ours": False}, {"text": "More staff", "held": True}):
        story._keep("Anna", CardAdded(phase="round", who="Anna", **more))
    assert [face.text for face in story.room["cards"].cards] == ["Hallway", "Few adults"]
    assert "Cards outside our reach: 1" in story.room
    for words in ("Mornings", "The law", "More staff"):
        story.refused("Anna", "give_dots", "no_card", phase="choose", cards=[story.card(words)])
        story.refused(LEADER, "choose_card", "no_card", phase="choose", card=story.card(words))


def test_dots_on_a_card_that_was_withdrawn_are_simply_gone():
    story = Choosing()
    story.gives("Anna", "Hallway")
    story.gives("Bo", "Mornings")
    story.does(LEADER, "withdraw_card", card=story.card("Hallway"))
    story.forward()
    assert story.board() == [("Mornings", 1), ("Few adults", 0)]


def test_ties_are_ties_in_the_order_in_which_cards_came():
    story = Choosing()
    story.gives("Anna", "Few adults", "Mornings")
    story.gives("Bo", "Mornings", "Few adults")
    story.forward()
    assert story.board() == [("Mornings", 2), ("Few adults", 2), ("Hallway", 0)]


# The group agrees


def test_the_leader_records_what_the_group_agreed_on_and_can_undo_it():
    story = Choosing()
    story.gives("Anna", "Hallway")
    story.forward()
    story.chooses("Mornings")  # not the one with most dots: the group agrees, dots inform
    assert story.meeting.cards[story.card("Mornings")].chosen
    for screen in (story.room, story.phone("Anna"), story.lead):
        chosen = [face.text for face in screen["cards"].cards if face.chosen]
        assert chosen == ["Mornings"]
    story.undo()
    assert not story.meeting.cards[story.card("Mornings")].chosen
    assert story.board()[0] == ("Hallway", 1)
    story.chooses("Mornings")
    story.chooses("Mornings", chosen=False)
    assert not story.meeting.cards[story.card("Mornings")].chosen


def test_only_the_leader_chooses_and_nothing_twice():
    story = Choosing()
    card = {"phase": "choose", "card": story.card("Hallway")}
    story.refused("Anna", "choose_card", "leader_only", **card)
    story.refused(LEADER, "choose_card", "stale", **card, chosen=False)
    story.refused(LEADER, "choose_card", "no_card", phase="choose", card=999)
    story.chooses("Hallway")
    story.refused(LEADER, "choose_card", "stale", **card)


def test_the_leader_chooses_at_once_when_nobody_wants_dots():
    story = Choosing()
    assert "Nothing has been chosen yet" in said(story.lead.act("Next phase: Measures").sure)
    story.presses(LEADER, "Choose this")
    assert story.lead.act("Next phase: Measures").sure == ""
    assert "What we will work on first" in story.phone("Anna")
    story.forward()
    assert story.meeting.phase is story.meeting.find("measures")


def test_of_one_card_or_none_no_dots_are_asked_for():
    one, none = Choosing("Hallway"), Story("Anna", agenda=AGENDA)
    none.to("choose")
    assert "dots" not in one.phone("Anna").blocks | one.lead.blocks
    assert "have given" not in one.room
    one.presses(LEADER, "Choose this")
    assert "There are no cards to choose from." in none.room
    assert none.lead.act("Next phase: Measures").sure == ""


def test_a_plan_may_do_without_dots():
    story = Choosing(dots=0)
    assert "dots" not in story.phone("Anna").blocks
    story.hands("Hallway")
    story.forward()
    assert story.board()[0] == ("Hallway", 1)


def test_with_no_phone_at_all_the_leader_view_has_everything_on_each_card():
    story = Choosing(people=())
    for name in ("Anna", "Bo"):
        story.does(LEADER, "add_person", name=name)
    for face in story.lead["cards"].cards:
        assert [said(act.label) for act in face.at_hand] == [
            "One hand fewer",
            "One more hand",
            "Choose this",
        ]
    story.hands("Mornings", times=2)
    story.forward()
    assert story.board() == [("Mornings", 2), ("Hallway", 0), ("Few adults", 0)]
    story.presses(LEADER, "Choose this")
    assert story.meeting.cards[story.card("Mornings")].chosen
    story.forward()
    assert story.meeting.phase is story.meeting.find("measures")


def test_going_on_without_showing_closes_the_dots_for_good():
    story = Choosing()
    story.gives("Anna", "Hallway")
    story.chooses("Hallway")
    story.to("measures")
    assert "choose" not in story._keys
    assert not story.meeting.acts


def test_the_screen_of_the_room_names_nobody():
    story = Choosing()
    for who in PEOPLE:
        story.gives(who, "Hallway")
    story.forward()
    assert not any(who in repr(story.room["cards"]) for who in PEOPLE)


# The result


def test_the_result_tells_what_was_chosen_first_and_then_the_rest():
    story = Choosing()
    story.gives("Anna", "Few adults")
    story.forward()
    story.chooses("Mornings")
    story.to("result")
    phone = story.phone("Anna")
    assert [face.text for face in phone["chosen-choose"].cards] == ["Mornings"]
    assert [face.text for face in phone["mentioned-choose"].cards] == ["Few adults", "Hallway"]
    assert said(phone["mentioned-choose"].label) == "Also mentioned"
    assert "1 dot" not in phone


def test_where_nothing_was_chosen_the_cards_own_phase_tells_them():
    story = Choosing()
    story.to("result")
    assert not {"chosen-choose", "mentioned-choose"} & story.phone("Anna").blocks
