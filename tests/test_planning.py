"""What a leader fills in, and the meeting that comes of it."""

from __future__ import annotations

import tomllib
from datetime import datetime

import pytest

from facilitator.core.meeting import Ask, Phase, PhaseState, Refused
from facilitator.core.people import Expected
from facilitator.core.text import LANGS, Text, say
from facilitator.planning import Plan, counted, planned, to_word, too_little_time
from facilitator.recipes import Recipe, Recipes
from facilitator.texts import tell
from phases import Planned
from tests.short import RECIPES
from tests.test_recipes import SIZED


def filled(**fields: str) -> Planned:
    return planned(Plan(**{"recipe": "short", "name": "Møte", "leader": "Kari"} | fields), RECIPES)


def question(meeting: Planned) -> Text:
    return next(p.question for p in meeting.phases if p.ask_question)


def test_what_is_suggested_can_be_sent_as_soon_as_there_is_a_leader() -> None:
    for lang in LANGS:
        plan = Plan.suggested(RECIPES, "short", lang).model_copy(update={"leader": "Kari"})
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
    suggested = Plan.suggested(RECIPES, "short", "nn").own["question"]
    assert question(filled(question=suggested)) == question(filled())
    assert question(filled()).say("en") != suggested


def test_a_suggestion_in_another_language_is_no_wording_of_ones_own() -> None:
    """The page may be read in one language, and the meeting held in another."""
    suggested = Plan.suggested(RECIPES, "short", "sv").own["question"]
    assert question(filled(question=suggested, lang="en")) == question(filled())


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
        ({"services": ",".join(map(str, range(13)))}, "plan_origins"),
        ({"services": "x" * 41}, "plan_long"),
        ({"expected": "x" * 41}, "plan_long"),
        ({"expected": "Ola, " + "x" * 41}, "plan_long"),
        ({"expected": "Ola\n, PPT"}, "plan_expected"),
        ({"expected": "Ola\n" * 301}, "plan_crowd"),
        ({"people": "0"}, "plan_people"),
        ({"people": "301"}, "plan_people"),
        ({"people": "-3"}, "plan_people"),
        ({"people": "nine"}, "plan_people"),
        ({"people": "9" * 999}, "plan_people"),
        ({"at": "tomorrow"}, "plan_at"),
        ({"at": "0001-01-01T00:00"}, "plan_at"),
        ({"at": "9999-12-31T23:59"}, "plan_at"),
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


# Who comes, and when


def test_services_come_as_guests_and_are_no_unit_of_the_house() -> None:
    meeting = filled(origins="Skule, PPT", services="PPT, BUP")
    assert (meeting.origins, meeting.services) == (("Skule",), ("PPT", "BUP"))


def test_who_is_expected_stands_one_a_line_with_the_unit_as_it_is_listed() -> None:
    meeting = filled(services="PPT", expected="Ingrid, ppt\n\n  Ola \nKari, Solsida, Voss")
    assert meeting.expected == (
        Expected("Ingrid", "PPT"),
        Expected("Ola"),
        Expected("Kari", "Solsida, Voss"),
    )


def test_a_day_is_kept_in_epoch_seconds_and_may_be_left_open() -> None:
    assert filled(at="2026-11-26T10:00").at == datetime(2026, 11, 26, 10).timestamp()
    assert filled().at is None


def test_those_written_down_are_counted_with_the_leader_once() -> None:
    def count(expected: str) -> int:
        return counted(Plan(recipe="short", leader="Kari", expected=expected))

    assert count("") == 0
    assert count("Ingrid, PPT\nOla") == 3
    assert count("Ingrid, PPT\nkari, Skule") == 2


# A recipe with fits

ASKED = SIZED.replace("optional = true", "optional = true\nask_question = true")
SMALL = Recipe.model_validate(tomllib.loads(SIZED))
OTHERS = Recipes({"sized": SMALL, "asked": Recipe.model_validate(tomllib.loads(ASKED))}, {})


def sized(**fields: str) -> Planned:
    return planned(Plan(**{"recipe": "sized", "name": "Møte", "leader": "Kari"} | fields), OTHERS)


def test_a_meeting_is_as_long_as_was_chosen() -> None:
    assert Plan.suggested(OTHERS, "sized", "nn").minutes == "15"
    for people in ("", "5", "8"):
        meeting = sized(people=people, minutes="15")
        assert sum(p.minutes for p in meeting.phases) + meeting.reserve == 15
    assert [p.turn_seconds for p in sized(people="8").phases[:1]] == [50]


def test_turns_follow_how_many_are_written_down() -> None:
    assert sized(expected="A\nB\nC").phases[0].turn_seconds > sized().phases[0].turn_seconds


def test_only_a_length_the_recipe_offers_can_be_chosen() -> None:
    with pytest.raises(Refused, match="malformed"):
        sized(minutes="45")


def test_what_is_optional_is_left_out_until_it_is_ticked() -> None:
    assert [p.id for p in sized().phases] == ["factors", "closing"]
    ticked = sized(**{"pause.wanted": "on"})
    assert [p.id for p in ticked.phases] == ["factors", "pause", "closing"]


def test_the_outline_and_what_is_shortened_name_phases_that_are_there() -> None:
    pause = SMALL.outline[0].model_copy(update={"phase": "pause"})
    more = {"outline": (*SMALL.outline, pause), "shorten": ("pause", "factors")}
    recipes = Recipes({"sized": SMALL.model_copy(update=more)}, {})
    meeting = planned(Plan(recipe="sized", name="Møte", leader="Kari"), recipes)
    assert [section.phase for section in meeting.outline] == ["factors"]
    assert meeting.shorten == ("factors",)


def test_too_little_time_is_told_once_for_each_size() -> None:
    plan = Plan(recipe="sized", name="Møte", leader="Kari", minutes="15", people="40")
    told = too_little_time(plan, OTHERS)
    assert told is not None
    assert "With 40" in tell(told, "en")
    again = plan.model_copy(update={"warned": plan.size})
    assert too_little_time(again, OTHERS) is None
    assert too_little_time(again.model_copy(update={"people": "41"}), OTHERS) is not None
    assert planned(plan, OTHERS).phases[0].minutes > 15


def test_the_only_question_is_called_so_and_several_by_their_phase() -> None:
    fields = {name: [w.field for w in to_word(OTHERS.whole[name])] for name in OTHERS.whole}
    assert fields == {"sized": ["question"], "asked": ["factors.question", "pause.question"]}


def test_a_phase_that_is_not_in_the_meeting_is_not_asked_about() -> None:
    plan = Plan(
        **{"recipe": "asked", "name": "Møte", "leader": "Kari", "pause.question": "x" * 900}
    )
    assert [p.id for p in planned(plan, OTHERS).phases] == ["factors", "closing"]


class Told(Phase[PhaseState]):
    """A phase with a text that is needed, in lines, and one that is not."""

    kind: str = "told"
    text: Text | None = None

    def fresh(self) -> PhaseState:
        return PhaseState()

    def to_word(self) -> tuple[Ask, ...]:
        label = say("new.meeting")
        return Ask("text", label, limit=20, lines=True, needed=True), Ask("note", label)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({}, "plan_needed"),
        ({"told.text": " \n "}, "plan_needed"),
        ({"told.text": "x" * 21}, "plan_long"),
        ({"told.text": "Leik", "told.note": "x" * 201}, "plan_long"),
    ],
)
def test_a_text_that_is_needed_is_asked_for_and_each_has_its_limit(
    words: dict[str, str], why: str
) -> None:
    told = Told(id="told", title=Text.same("Told"), minutes=4)
    recipes = Recipes({"told": SMALL.model_copy(update={"phases": (told,), "fits": ()})}, {})
    with pytest.raises(Refused, match=why) as refused:
        planned(Plan(**{"recipe": "told", "name": "Møte", "leader": "Kari"} | words), recipes)
    assert tell(refused.value.why, "nn")


def test_a_form_keeps_lines_where_there_are_lines() -> None:
    sent = Plan.sent(
        [("recipe", "short"), ("name", "Eit\r\nmøte "), ("expected", "Ola \r\n\u202eKari")]
    )
    assert (sent.name, sent.expected) == ("Eit møte", "Ola\nKari")
