"""One sentence in every language, and what people type."""

import pytest
from pydantic import ValidationError

from facilitator.core.text import LANGS, Text, clean, placeholders, say
from facilitator.texts import tell


def _text(**words: str) -> Text:
    return Text.model_validate({lang: words.get(lang, "Hei {name}") for lang in LANGS})


@pytest.mark.parametrize("hole", ["", "   "])
def test_a_text_without_one_of_the_languages_is_an_error(hole: str):
    with pytest.raises(ValidationError, match="no text in nn"):
        _text(nn=hole)


def test_a_text_whose_placeholders_differ_is_an_error():
    with pytest.raises(ValidationError, match="placeholders differ"):
        _text(nn="Hei {namn}")


def test_a_text_in_a_language_we_do_not_have_is_an_error():
    with pytest.raises(ValidationError):
        Text.model_validate({**dict.fromkeys(LANGS, "Hei"), "xx": "Hi"})


def test_a_sentence_is_told_with_what_goes_into_it():
    assert tell(say(_text(en="Hello {name}"), name="Kari"), "en") == "Hello Kari"


def test_a_sentence_in_a_sentence_is_told_in_the_same_language():
    role = say("role.scribe")
    assert tell(say("roles.taken", role=role, name="Bo"), "nn") == "Skrivar: Bo"
    assert tell(say("roles.taken", role=role, name="Bo"), "en") == "Scribe: Bo"


@pytest.mark.parametrize("words", ["{name}", "{", "}{", "{0.__class__}", "100 %"])
def test_braces_that_people_write_are_only_braces(words: str):
    assert tell(say(Text.same(words)), "en") == words
    assert tell(say("round.speaking"), "en") == "Speaking now"
    assert tell(say("round.your_turn", name=words), "en") == f"Your turn, {words}"


def test_what_a_person_wrote_is_told_as_it_is():
    assert tell("{name}", "en") == "{name}"


def test_placeholders_are_found():
    assert placeholders("{n} of {all}") == {"n", "all"}
    assert placeholders("30 s") == frozenset()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kari   Nordmann \n", "Kari Nordmann"),
        ("a\x00b", "a b"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u200bb", "a b"),
        ("\ud800", ""),
        ("👩‍👩‍👧 ❤️", "👩‍👩‍👧 ❤️"),
        ("Åse Ærlig-Østby", "Åse Ærlig-Østby"),
    ],
)
def test_what_is_typed_is_cleaned(typed: str, kept: str):
    assert clean(typed) == kept
