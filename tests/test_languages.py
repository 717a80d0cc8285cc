"""Five languages, each its own: no hole, no neighbour's word, the field's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from facilitator.core.text import LANGS, Lang, Text
from facilitator.recipes import Recipe, read_recipes
from facilitator.texts import TEXTS

# Words that give a neighbour away: common there, and no word here.
FOREIGN: dict[Lang, str] = {
    "nn": "ikke hvem hva hvordan hvor jeg noe noen et en dere deres blir.hørt taler møteleder fra",
    "nb": "ikkje kven kva korleis eit ein me dykk dei noko nokon frå gjera møteleiar inte och",
    "sv": "ikke ikkje møte hvem hvad hva og på.saken noget jeg jag.er møde taler deg ikkje",
    "da": "ikkje inte och møte hva hvordan.er noe jag eit spørsmål deg meg taletida møteleder",
    "en": "møte ikkje ikke och og",
}

# Where a text is a term of the field, it is the field's own word.
TERMS = {
    "role.leader": ("Møteleiar", "Møteleder", "Mötesledare", "Mødeleder", "Chair"),
    "role.viddevakt": ("Viddevakt", "Viddevakt", "Fokusvakt", "Fokusvogter", "Focus keeper"),
    "role.scribe": ("Skrivar", "Skriver", "Skrivare", "Skriver", "Scribe"),
    "reason.speaking": ("Taletid", "Taletid", "Talartid", "Taletid", "Speaking time"),
    "frame.join": ("Bli med", "Bli med", "Gå med", "Deltag", "Join"),
    "frame.parked": (
        "Parkerte tema",
        "Parkerte temaer",
        "Parkerade frågor",
        "Parkerede emner",
        "Parked topics",
    ),
    "frame.back_on_topic": (
        "Tilbake til saka",
        "Tilbake til saken",
        "Tillbaka till ämnet",
        "Tilbage til emnet",
        "Back to the topic",
    ),
    "home.code": ("Møtekode", "Møtekode", "Möteskod", "Mødekode", "Meeting code"),
    "round.pass": ("Stå over", "Stå over", "Stå över", "Stå over", "Pass"),
}


def texts() -> Iterator[tuple[str, Text]]:
    yield from TEXTS.items()
    for name, recipe in read_recipes().whole.items():
        yield from _in(recipe, name)


def _in(value: object, where: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _in(item, f"{where}.{number}")
    elif hasattr(value, "__pydantic_fields__"):
        for name in type(value).__pydantic_fields__:
            yield from _in(getattr(value, name), f"{where}.{name}")


def test_the_recipes_are_among_the_texts() -> None:
    assert isinstance(read_recipes().whole["short"], Recipe)
    assert sum(where.startswith("short.") for where, _ in texts()) > 15


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_is_a_neighbours(lang: Lang) -> None:
    foreign = [word.replace(".", " ") for word in FOREIGN[lang].split()]
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, foreign))})\b", re.IGNORECASE)
    found = [
        (where, match.group())
        for where, text in texts()
        if where != "language.name" and (match := pattern.search(text.root[lang]))
    ]
    assert found == []


@pytest.mark.parametrize("lang", ["nn", "nb", "da", "en"])
def test_letters_are_the_languages_own(lang: Lang) -> None:
    assert [where for where, text in texts() if re.search("[äöÄÖ]", text.root[lang])] == []


def test_swedish_has_no_norwegian_or_danish_letters() -> None:
    assert [where for where, text in texts() if re.search("[æøÆØ]", text.root["sv"])] == []


@pytest.mark.parametrize("key", TERMS)
def test_terms_are_the_fields_own(key: str) -> None:
    assert tuple(TEXTS[key].root[lang] for lang in LANGS) == TERMS[key]


def test_buttons_of_the_phone_stay_short() -> None:
    """Two lines of half a phone's width."""
    for key in ("round.pass", "round.later", "cards.add", "phone.decline", "door.join"):
        for lang in LANGS:
            assert len(TEXTS[key].root[lang]) <= 24, (key, lang)
