"""What is printed: every word of it is on the paper, in every language, whatever it is made of."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from facilitator.core.meeting import Entry, Meeting, evolve
from facilitator.core.text import LANGS, Lang, say
from facilitator.documents.sheets import running_sheet, viddevakt_card
from facilitator.texts import TEXTS, tell
from tests.server import Server
from tests.short import short_meeting
from tests.visitor import Visitor

ODD = "Áđđá #let [x] $y$ *z* \\ ŋ <b>"


def meeting(lang: Lang, name: str = "Teamtid") -> Meeting:
    planned = short_meeting(lang=lang, name=name, house="Solbakken")
    return evolve(Meeting(), Entry(1, 0.0, "", "", planned))


def read(pdf: bytes) -> tuple[PdfReader, str]:
    """The document, and its text without line breaks and hyphens at the end of a line."""
    found = PdfReader(BytesIO(pdf))
    return found, " ".join(" ".join(page.extract_text() for page in found.pages).split())


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("lang", LANGS)
def test_the_running_sheet_has_every_phase_its_question_and_its_tips(lang: Lang) -> None:
    m = meeting(lang)
    _, text = read(running_sheet(m))
    for phase in m.phases:
        for words in (phase.title, phase.question, *phase.tips):
            assert words is not None
            assert squeezed(tell(say(words), lang)) in squeezed(text)
    assert "Kari" in text
    assert [minutes in text for minutes in ("3 min", "8 min", "4 min")] == [True] * 3


@pytest.mark.parametrize("lang", LANGS)
def test_the_card_tells_the_viddevakt_what_to_do_and_is_a_sign_on_its_back(lang: Lang) -> None:
    document, text = read(viddevakt_card(meeting(lang)))
    assert len(document.pages) == 2
    for key in ("role.viddevakt", "paper.when_topic", "paper.how_again", "paper.how_park"):
        assert squeezed(TEXTS[key].root[lang]) in squeezed(text)
    sign = document.pages[1].extract_text()
    assert squeezed(TEXTS["frame.back_on_topic"].root[lang]) in squeezed(sign)


def test_what_people_wrote_is_words_and_never_markup() -> None:
    document, text = read(running_sheet(meeting("nn", ODD)))
    assert squeezed(ODD) in squeezed(text)
    assert document.metadata is not None
    assert document.metadata.title == ODD


@pytest.mark.parametrize("lang", LANGS)
def test_a_screen_reader_is_told_the_language_and_the_headings(lang: Lang) -> None:
    document, _ = read(running_sheet(meeting(lang)))
    root = document.root_object
    assert str(root["/Lang"]).startswith(lang)
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]


@pytest.mark.parametrize("name", ["running-sheet", "viddevakt-card"])
def test_papers_are_the_leaders(app_server: Server, name: str) -> None:
    leader = Visitor(app_server).lead()
    form = {"recipe": "short", "name": "Teammøte", "leader": "Kari", "lang": "nn"}
    meeting = leader.post("/new", form).to.removeprefix("/lead/")
    path = f"/papers/{meeting}/{name}.pdf"
    answer = leader.get(path)
    assert answer.status == 200
    assert answer.body.startswith(b"%PDF-")
    assert Visitor(app_server).get(path).status == 404
    assert leader.get(f"/papers/{meeting}/secret.pdf").status == 404
    assert leader.get(f"/papers/nowhere/{name}.pdf").status == 404
