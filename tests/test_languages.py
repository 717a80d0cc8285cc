"""Five languages, each its own: no hole, no neighbour's word, the field's terms."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from facilitator.core.text import LANGS, Lang, Text
from facilitator.texts import ASSETS, TEXTS

# Words that give a neighbour away: common there, and no word here. A dot stands for a space.
# Nynorsk has a-infinitives and the western forms: “vere” and “vi” are right elsewhere, not here.
FOREIGN: dict[Lang, str] = {
    "nn": """
        alene allerede annen annet ansatte bare ble blir.hørt bruke dem dere deres disse
        egen en endre enhet enig enige ennå et fjerne forberede foresatte fortsett fortsette
        fortsetter fra gjenstår gjere gjør gjøre hun hva hvem hver hverandre hvert hvilke
        hvilken hvilket hvis hvor hvordan hvorfor ikke jeg komme kommer lagre lagret lede
        leder legge leggje leie lenken lese mer mye møteleder møtelederen møtene navn navnet
        noe noen nå prikkene prøve redusere rollen sammen se seie selv sende setje siden
        sier skolen snakke snakker spørje spørre svare svarene svarer taler tar tatt tenke
        tenkje tiden tilbake.til.saken tilkoblet tjeneste tjenesten trekke trenger uenig
        uten velg velge velger velje vere vi videre vise være åpen åpent åpne åpner inte och
        från något jag vad vem hur af hvad noget meget bliver
    """,
    "nb": """
        berre blei byrja dei då dykk dykkar eg ein eit eitt endra enno fleire frå førenamn
        føresette gje gjer gjera gjeve gong gongen gonger heile heiter herifrå ho høgst høgt
        høyrer høyrt ikkje innvendinga kjem kome koma kor korleis korta kva kvar kvarandre
        kvart kven kvifor lagra lat leia leiar leiinga lenkja me meir mykje møta møteleiar
        møteleiaren namn namnet no noko nokon nokre opna oppretthaldande personar prikkane
        rolla saka saman samde sei seia seier setja sida sjå sjølv sjølve skriv.ho skule
        skulen spørja staden står.att svara tavla teikn teke tek tida tilkopla tilsette
        trengst utan utfordringa uttrykkjer vaksne velja vera verkar viddevakta vidare
        åleine inte och från något jag vad vem hur ad af hvad lige meget møde mødet noget
        nogen siger spørg tager bliver blev
    """,
    "sv": """
        af alene annet bare bliver deg deltager deltaker denne der dere dette disse ein eit
        et etter fra gjør hva hvad hver hvem hvert hvordan hvilke ikke ikkje jag.er jeg kun
        kva kven me meg mere møde møte noe noget og på.saken seg selv siger sier skal svarer
        taler til tiltag tiltak uden uten velg vil å avslutt avtal dei endre fjern fortsett
        frå gi hold innvending kommer.til.å lagre lede legg meir navn neste nogen noen
        opprett prikk prikker samme sammen skole skule snakk spør tilbake utfordring åpne
    """,
    "da": """
        annen annet att av barnehage ble blei blir deg deltaker dere dykk eg ein eit ennå
        enno etter frå gir gjera gjør gjøre hva ikkje inte jag korleis kva kven me meg
        mellom møte møter møteleder møteleiar møtet noe noen noko nokon och seg sier språk
        spørsmål tar taletida tida tiltak ut uten velg velge å är avslutt avtal dei endre
        endret fortsett fortsetter lagre lagret legg lenken mer navnene neste nettleser
        opprettholdende oppsummering skjerm skjermen snakk snakke spør spørre støttetjeneste
        svarte tatt tilkoblet tjeneste utfordring utfordringen åpne
    """,
    "en": """
        det deltag ein eit er för ikke ikkje inte kort møte mötet møde og ska til vi
        feedbacks informations runde
    """,
}

# What the field calls things, a row for each and a column for each language, as stems:
# forms divided by |, where * stands for the rest of a word.
GLOSSARY = tuple(
    csv.DictReader(
        (Path(__file__).parent / "glossary.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
    )
)

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


# How each language puts words in quotation marks, from their opening to their closing.
QUOTES: dict[Lang, str] = {"nn": "«»", "nb": "«»", "sv": "””", "da": "»«", "en": "“”"}
EVERY_MARK = '«»“”„‟"‹›'

# What hides in plain sight, and what stands in its place.
UNTIDY = {
    "an ellipsis of three dots": r"\.\.\.",
    "a hyphen for a dash": r" --? ",
    "a long dash": "—",
    "a straight apostrophe": "'",
    "a space before a mark": r"\s[?!,;:.](?!\w)",
    "two spaces": r"\S {2,}\S",
    "a space at an end": r"^\s|\s$",
    "no space after a mark": r"[?!,;][^\W\d]",
    "a word glued to what is filled in": r"\w\{|\}[^\W\d]",
}


def texts() -> Iterator[tuple[str, Text]]:
    yield from TEXTS.items()
    for path in (*sorted((ASSETS / "recipes").glob("*.toml")), ASSETS / "rehearsal.toml"):
        yield from _in(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)


def _in(value: Any, where: str) -> Iterator[tuple[str, Text]]:
    """The texts of a recipe, whether or not its phases are of a kind that we know."""
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, dict) and value:
        if set(value) <= set(LANGS):
            yield where, Text.model_validate(value)
            return
        for name, item in value.items():
            yield from _in(item, f"{where}.{name}")


def test_the_recipes_are_among_the_texts() -> None:
    for recipe, least in (("short", 15), ("bti-system", 90)):
        assert sum(where.startswith(f"{recipe}.") for where, _ in texts()) > least


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_is_a_neighbours(lang: Lang) -> None:
    foreign = _any_of(word.replace(".", " ") for word in FOREIGN[lang].split())
    found = [
        (where, match.group())
        for where, text in texts()
        if where != "language.name" and (match := foreign.search(_bare(text.root[lang])))
    ]
    assert found == []


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row["key"])
def test_a_term_is_the_fields_own_in_every_language(row: dict[str, str]) -> None:
    """Where Nynorsk says it, the others say it with their own word for it."""
    terms = {lang: _any_of(row[lang].split("|")) for lang in LANGS}
    missing = [
        (where, lang, text.root[lang])
        for where, text in texts()
        if terms["nn"].search(text.root["nn"])
        for lang in LANGS
        if not terms[lang].search(text.root[lang])
    ]
    assert missing == []


def test_a_star_is_the_rest_of_a_word() -> None:
    terms = _any_of(["*møte", "stå* over"])
    assert all(map(terms.search, ("Personalmøte", "eit møte.", "Ståande over")))
    assert not any(map(terms.search, ("møter", "stå", "ståover")))


def test_the_glossary_has_every_language() -> None:
    assert len(GLOSSARY) > 40
    assert len({row["key"] for row in GLOSSARY}) == len(GLOSSARY)
    assert all(row[lang] for row in GLOSSARY for lang in LANGS)


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Whole words, of any case; * is the rest of one."""
    patterns = (re.escape(form).replace(r"\*", r"[\w-]*") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])", re.IGNORECASE)


def _bare(words: str) -> str:
    """Without placeholders, whose names are English."""
    return re.sub(r"\{.*?\}", "", words)


@pytest.mark.parametrize("lang", LANGS)
def test_quotation_marks_are_the_languages_own(lang: Lang) -> None:
    """In pairs: the text without them holds no mark at all. « and » open and close otherwise
    in Danish than in Norwegian."""
    opening, closing = QUOTES[lang]
    pair = re.compile(rf"{opening}(?=\S)[^{EVERY_MARK}]+?(?<=\S){closing}")
    quoted = ((where, pair.sub("", text.root[lang])) for where, text in texts())
    assert [found for found in quoted if re.search(f"[{EVERY_MARK}]", found[1])] == []


@pytest.mark.parametrize("what", UNTIDY)
def test_texts_are_set_with_care(what: str) -> None:
    untidy = re.compile(UNTIDY[what])
    found = [
        (where, lang, text.root[lang])
        for where, text in texts()
        if not where.startswith("command.")  # in columns, for a terminal
        for lang in LANGS
        if untidy.search(text.root[lang])
    ]
    assert found == []


@pytest.mark.parametrize("lang", LANGS)
def test_times_are_written_as_the_language_does(lang: Lang) -> None:
    wrong = r"\d:\d\d" if lang in ("nn", "nb", "da") else r"kl\.? ?\d+\.\d\d"
    found = [where for where, text in texts() if re.search(wrong, text.root[lang])]
    assert [where for where in found if not where.startswith("command.")] == []


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
