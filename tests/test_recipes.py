"""A recipe that is broken says where and what is accepted; the others work."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator.core.text import LANGS
from facilitator.recipes import BrokenRecipe, Recipe, read_recipe, read_recipes
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


def read(folder: Path, text: str) -> Recipe:
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
        ("minutes = 8", "", ["phase factors, minutes: is required"]),
        ("minutes = 8", 'minutes = "long"', ["phase factors, minutes", "number"]),
        ("minutes = 8", "minutes = 0", ["above 0 and at most 600"]),
        ("minutes = 8", "minutes = -5", ["above 0 and at most 600"]),
        ("minutes = 8", "minutes = 601", ["above 0 and at most 600"]),
        ("minutes = 8", "minutes = nan", ["above 0 and at most 600"]),
        (
            '"round"',
            '"rund"',
            ["phase factors", "no kind 'rund'", "'roles'", "'round'", "'evaluate'"],
        ),
        ('kind = "round"', "", ["phase factors: kind is required; accepted: ", "roles, round"]),
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
        (
            "minutes = 8",
            "minutes = 8\ncolour = 'red'",
            ["phase factors, colour", "accepted: kind, id, title", "turn_seconds"],
        ),
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


# What holds a recipe together

SIZED = (
    """
reserve = 3
shorten = ["factors"]
themes = [{ nn = "Leik", nb = "Lek", sv = "Lek", da = "Leg", en = "Play" }]
"""
    + WHOLE
    + """
about = ""

[[phases]]
kind = "roles"
id = "pause"
minutes = 5
optional = true
title = { nn = "Pause", nb = "Pause", sv = "Paus", da = "Pause", en = "Break" }

[[phases]]
kind = "evaluate"
id = "closing"
minutes = 4
floor = 3
about = "factors"
questions = []
title = { nn = "Slutt", nb = "Slutt", sv = "Slut", da = "Slut", en = "Close" }

[[outline]]
title = { nn = "Faktorar", nb = "Faktorer", sv = "Faktorer", da = "Faktorer", en = "Factors" }
phase = "factors"

[[fits]]
minutes = 15
people = 8
reserve = 2
[fits.phases]
factors = 9
closing = 4
[fits.turns]
factors = 50
"""
)


def test_a_recipe_says_what_it_takes_and_what_may_be_chosen(tmp_path: Path) -> None:
    recipe = read(tmp_path, SIZED)
    assert recipe.minutes == 8 + 4 + 3  # the break is not counted
    assert recipe.sizes == (15,)
    assert recipe.themes[0].say("da") == "Leg"
    assert recipe.outline[0].phase == "factors"


def test_what_is_optional_is_in_the_meeting_when_it_is_wanted(tmp_path: Path) -> None:
    recipe = read(tmp_path, SIZED)
    assert [p.id for p in recipe.fitted(15, 8).phases] == ["factors", "closing"]
    assert [p.id for p in recipe.fitted(15, 8, {"pause"}).phases] == ["factors", "pause", "closing"]
    assert recipe.fitted(15, 8).reserve == 2


def test_a_recipe_without_fits_is_taken_as_it_is() -> None:
    short = read_recipes().whole["short"]
    fitted = short.fitted(0, 30)
    assert fitted.phases == short.phases
    assert (fitted.reserve, fitted.needs, short.sizes) == (0, 15, ())


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            'shorten = ["factors"]',
            'shorten = ["factor"]',
            ["shorten", "'factor'", "factors, pause"],
        ),
        ('phase = "factors"', 'phase = "none"', ["outline, phase", "'none'", "factors, pause"]),
        ('phase = "factors"', "phases = 1", ["outline 1, phase: is required", "title, phase"]),
        ("factors = 9", "factor = 9", ["fit 15/8, phases", "'factor'", "factors, pause"]),
        ("factors = 50", "closing = 50", ["fit 15/8, turns", "'closing'", "accepted: factors"]),
        ("factors = 50", "factors = 52", ["fit 15/8, turns.factors", "multiple of 5"]),
        ("factors = 9", "factors = 9.2", ["fit 15/8, phases.factors", "multiple of 0.5"]),
        (
            "factors = 50",
            "factors = 70",
            ["fit 15/8, phase factors", "take 10 minutes, and it has 9"],
        ),
        ("factors = 50", "factors = 15", ["fit 15/8, phase factors", "below its least of 20"]),
        ("closing = 4", "closing = 2", ["fit 15/8, phase closing", "floor of 3"]),
        ("reserve = 2", "reserve = 1", ["fit 15/8", "make 14 minutes, and not 15"]),
        ("reserve = 2", "spare = 2", ["fit 15/8, spare", "accepted: minutes, people, reserve"]),
        ("people = 8", "people = 0", ["fit 15/0, people", "greater than 0"]),
        ("floor = 3", "floor = 5", ["phase closing, floor", "up to the phase's own minutes"]),
        ('about = "factors"', 'about = "closing"', ["phase closing, about", "factors, pause"]),
        ('about = ""', 'about = "closing"', ["phase factors, about", "there is none"]),
        ("reserve = 3", "reserve = -1", ["reserve", "greater than or equal to 0"]),
        ("reserve = 3", "reserves = 3", ["reserves", "accepted: title, about", "themes, shorten"]),
        ('nn = "Leik", ', "", ["themes", "no text in nn"]),
    ],
)
def test_what_does_not_hold_together_is_named(
    tmp_path: Path, right: str, wrong: str, told: list[str]
) -> None:
    assert right in SIZED
    with pytest.raises(BrokenRecipe) as broken:
        read(tmp_path, SIZED.replace(right, wrong, 1))
    for words in ["mine.toml", *told]:
        assert words in str(broken.value)


def test_two_fits_are_not_of_one_size(tmp_path: Path) -> None:
    with pytest.raises(BrokenRecipe, match="that no other has"):
        read(tmp_path, SIZED + SIZED[SIZED.index("[[fits]]") :])
