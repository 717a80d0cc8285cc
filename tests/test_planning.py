"""What a leader fills in, and the meeting that comes of it."""

from __future__ import annotations

import pytest

from facilitator.core.meeting import Refused
from facilitator.core.text import LANGS, Text
from facilitator.planning import Plan, planned
from facilitator.recipes import Recipes, asked_question
from phases import Planned
from tests.short import RECIPES


def filled(**fields: str) -> Planned:
    return planned(Plan(**{"recipe": "short", "name": "Møte", "leader": "Kari"} | fields), RECIPES)


def question(meeting: Planned) -> Text:
    return asked_question(meeting.phases).question


def test_what_is_suggested_can_be_sent_as_soon_as_there_is_a_leader() -> None:
    for lang in LANGS:
        plan = Plan.suggested(RECIPES, lang).model_copy(update={"leader": "Kari"})
        meeting = planned(plan, RECIPES)
        assert (meeting.lang, meeting.leader_name) == (lang, "Kari")
        assert meeting.phases == RECIPES.whole["short"].phases


def test_a_meeting_is_what_was_filled_in() -> None:
    meeting = filled(name="Teammøte", house="Skogen", origins=" Skule, PPT ,,Skule,  ", lang="en")
    assert (meeting.title, meeting.house, meeting.lang) == ("Teammøte", "Skogen", "en")
    assert meeting.origins == ("Skule", "PPT")
    assert meeting.signal_at_once


def test_two_meetings_have_two_leaders() -> None:
    assert filled().leader != filled().leader


def test_the_question_left_as_it_was_stays_in_every_language() -> None:
    suggested = Plan.suggested(RECIPES, "nn").question
    assert question(filled(question=suggested)) == question(filled())
    assert question(filled()).say("en") != suggested


def test_the_leaders_own_question_is_the_same_in_every_language() -> None:
    own = question(filled(question="Kva med {klassa}?"))
    assert {own.say(lang) for lang in LANGS} == {"Kva med {klassa}?"}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": ""}, "plan_empty"),
        ({"leader": ""}, "plan_empty"),
        ({"name": "x" * 81}, "plan_long"),
        ({"question": "x" * 201}, "plan_long"),
        ({"leader": "x" * 41}, "plan_long"),
        ({"house": "x" * 41}, "plan_long"),
        ({"origins": "Skule, " + "x" * 41}, "plan_long"),
        ({"origins": ",".join(map(str, range(13)))}, "plan_origins"),
        ({"recipe": "none"}, "malformed"),
        ({"recipe": "../short"}, "malformed"),
        ({"lang": "xx"}, "malformed"),
        ({"lang": ""}, "malformed"),
    ],
)
def test_what_has_to_be_mended_is_refused(fields: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        filled(**fields)


@pytest.mark.parametrize(
    ("field", "limit"), [("name", 80), ("question", 200), ("leader", 40), ("house", 40)]
)
def test_as_long_as_the_limit_is_all_right(field: str, limit: int) -> None:
    filled(**{field: "ø" * limit})


def test_an_unknown_field_of_the_form_is_ignored() -> None:
    assert filled(phases="none").phases == filled().phases


def test_without_any_whole_recipe_nothing_can_be_planned() -> None:
    with pytest.raises(Refused):
        planned(Plan(recipe="short", name="Møte", leader="Kari"), Recipes({}, {}))
