"""A recipe that is broken says where and what is accepted; the others work."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator.core.text import LANGS
from facilitator.recipes import BrokenRecipe, asked_question, read_recipe, read_recipes
from facilitator.texts import ASSETS

SHORT = (ASSETS / "recipes" / "short.toml").read_text(encoding="utf-8")

WHOLE = """
title = { nn = "Kort", nb = "Kort", sv = "Kort", da = "Kort", en = "Short" }
about = { nn = "Eit", nb = "Et", sv = "En", da = "Et", en = "A quarter of an hour" }

[[phases]]
kind = "round"
id = "factors"
minutes = 8
title = { nn = "Runde", nb = "Runde", sv = "Runda", da = "Omgang", en = "Round" }
question = { nn = "Kva?", nb = "Hva?", sv = "Vad?", da = "Hvad?", en = "What now?" }
ask_question = true
"""


def read(folder: Path, text: str) -> object:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return read_recipe(path)


def test_every_recipe_that_is_delivered_is_whole() -> None:
    recipes = read_recipes()
    assert recipes.broken == {}
    assert "short" in recipes.whole


def test_the_short_meeting_takes_a_quarter_of_an_hour() -> None:
    short = read_recipes().whole["short"]
    assert [p.kind for p in short.phases] == ["roles", "round", "evaluate"]
    assert short.minutes == 15
    for lang in LANGS:
        assert short.title.say(lang)


def test_the_whole_example_is_whole(tmp_path: Path) -> None:
    """Or the broken ones below would be broken for another reason."""
    read(tmp_path, WHOLE)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("minutes = 8", "", ["phase factors, minutes", "required"]),
        ("minutes = 8", 'minutes = "long"', ["phase factors, minutes", "number"]),
        ("minutes = 8", "minutes = 0", ["above 0 and at most 600"]),
        ("minutes = 8", "minutes = -5", ["above 0 and at most 600"]),
        ("minutes = 8", "minutes = 601", ["above 0 and at most 600"]),
        ("minutes = 8", "minutes = nan", ["above 0 and at most 600"]),
        ('"round"', '"rund"', ["phase factors", "rund", "'roles'", "'round'", "'evaluate'"]),
        ('kind = "round"', "", ["phase factors", "kind"]),
        ('id = "factors"', "", ["phase 1, id", "required"]),
        ('id = "factors"', "id = 7", ["phase 7, id", "string"]),
        (
            'en = "Round"',
            'xx = "Round"',
            ["factors, title", "'nn', 'nb', 'sv', 'da' or 'en'"],
        ),
        (', en = "Round"', "", ["phase factors, title", "no text in en"]),
        ('en = "Round"', 'en = " "', ["phase factors, title", "no text in en"]),
        ('nn = "Runde"', 'nn = "Runde {n}"', ["phase factors, title", "placeholders differ"]),
        ("minutes = 8", "minutes = 8\ncolour = 'red'", ["phase factors, colour", "not permitted"]),
        ("minutes = 8", "minutes = 8\nturn_seconds = 'long'", ["phase factors, turn_seconds"]),
        (
            'title = { nn = "Kort"',
            'titel = { nn = "Kort"',
            ["mine.toml: title", "mine.toml: titel"],
        ),
        ("[[phases]]", "[phases]", ["phases"]),
        ("[[phases]]", "[[phases]", ["line"]),
        ("[[phases]]", "phases = ['round']\n[[other]]", ["phase 1"]),
    ],
)
def test_a_mistake_is_named_with_its_file_its_place_and_what_is_accepted(
    tmp_path: Path, right: str, wrong: str, told: list[str]
) -> None:
    assert right in WHOLE
    with pytest.raises(BrokenRecipe) as broken:
        read(tmp_path, WHOLE.replace(right, wrong))
    for words in ["mine.toml", *told]:
        assert words in str(broken.value)


def test_each_mistake_has_a_line(tmp_path: Path) -> None:
    with pytest.raises(BrokenRecipe) as broken:
        read(tmp_path, WHOLE.replace("minutes = 8", "colour = 1\nsize = 2"))
    lines = str(broken.value).splitlines()
    assert len(lines) == 3
    assert all(line.startswith("mine.toml: phase factors, ") for line in lines)


def test_two_phases_do_not_share_an_id(tmp_path: Path) -> None:
    phase = WHOLE.partition("[[phases]]")[2]
    with pytest.raises(BrokenRecipe, match="each with an id of its own"):
        read(tmp_path, WHOLE + "[[phases]]" + phase)


def test_a_recipe_has_phases(tmp_path: Path) -> None:
    with pytest.raises(BrokenRecipe, match="needs phases"):
        read(tmp_path, "phases = []\n" + WHOLE.partition("[[phases]]")[0])


@pytest.mark.parametrize("rubbish", [b"\xff\xfe\x00", b"\x00" * 9, b"", b"= = ="])
def test_a_file_that_is_no_recipe_is_said_so(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "mine.toml").write_bytes(rubbish)
    with pytest.raises(BrokenRecipe, match=r"mine\.toml"):
        read_recipe(tmp_path / "mine.toml")


def test_a_broken_recipe_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "b.toml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a recipe", encoding="utf-8")
    recipes = read_recipes(tmp_path)
    assert list(recipes.whole) == ["b"]
    assert "a.toml" in str(recipes.broken["a"])


def test_a_question_worded_anew_is_that_phases_alone() -> None:
    short = read_recipes().whole["short"]
    worded = short.with_question("round", "Kva er {viktig}?")
    asked = asked_question(worded.phases)
    assert asked is not None
    assert {asked.question.say(lang) for lang in LANGS} == {"Kva er {viktig}?"}
    assert worded.phases[2] == short.phases[2]
    assert asked_question(short.phases).question != asked.question
