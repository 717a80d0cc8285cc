"""The short meeting, whole: from the code on the wall to the result, with all that goes wrong."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from .stage import PATIENCE, Phone, Stage

SILENCE = 50_000  # milliseconds


def test_a_short_meeting_from_the_code_to_the_result(stage: Stage) -> None:
    stage.plan(name="Teamtid", question="Kva gjer friminutta trygge?", leader="Kari")
    jon, ingrid, ola = _people_come(stage)
    _roles_are_taken(stage, jon, ingrid)
    _the_round_goes_round(stage, jon, ingrid, ola)
    _jon_brings_everybody_back(stage, jon)
    _kari_takes_back_a_step(stage)
    _a_reload_keeps_the_draft(ingrid)
    _the_network_is_silent(stage, ola)
    _the_server_dies(stage, jon, ingrid, ola)
    _everyone_has_been_heard(stage, ola)
    _the_evaluation(stage, jon, ingrid, ola)
    _the_result(stage)
    _nothing_is_lost_or_doubled(stage)
    _the_end(stage, jon)
    assert stage.complaints() == []
    stage.folds()


def _people_come(stage: Stage) -> tuple[Phone, Phone, Phone]:
    stage.room.sees("Kva gjer friminutta trygge?")
    wire = stage.wire()
    jon, ingrid = stage.phone("Jon", "SFO"), stage.phone("Ingrid", "PPT")
    ola = stage.phone("Ola", "BUP", through=wire)
    for phone in (jon, ingrid, ola):
        phone.joins(stage.code)
        stage.room.sees(phone.name)
    stage.lead.presses("+ Legg til nokon utan telefon")
    stage.lead.page.get_by_label("Førenamn").first.fill("Marit")
    stage.lead.presses("Legg til")
    stage.room.sees("Marit")
    stage.room.sees("5 med · 1 utan telefon")
    return jon, ingrid, ola


def _roles_are_taken(stage: Stage, jon: Phone, ingrid: Phone) -> None:
    stage.lead.key("PageDown")
    stage.room.sees("Viddevakt – hjelper oss tilbake til saka. Kven vil?")
    jon.presses("Eg kan vera viddevakt")
    stage.room.sees("Viddevakt: Jon")
    _person(stage, "Ingrid", "Spør om å vera skrivar")
    ingrid.sees("Vil du vera skrivar?")
    ingrid.presses("Ja, det gjer eg")
    stage.room.sees("Skrivar: Ingrid")


def _the_round_goes_round(stage: Stage, jon: Phone, ingrid: Phone, ola: Phone) -> None:
    stage.lead.key("PageDown")
    stage.room.sees("Først ut: Jon")
    stage.lead.key("PageDown")
    jon.sees("Din tur, Jon")
    _speaks(stage, "Jon")
    ingrid.adds("Fleire vaksne ute dei siste ti minutta")
    stage.room.sees("Fleire vaksne ute dei siste ti minutta")
    ingrid.sees("✓ lagra")
    jon.presses("Stå over")
    _speaks(stage, "Ingrid")
    ingrid.sees("Din tur, Ingrid")
    ingrid.presses("Kom tilbake til meg")
    _speaks(stage, "Ola")
    _card_for(stage, "Marit", "Tydelegare soner")
    stage.room.sees("Tydelegare soner")


def _jon_brings_everybody_back(stage: Stage, jon: Phone) -> None:
    jon.presses("Tilbake til saka")
    band = stage.room.part(".signal")
    expect(band).to_contain_text("Kva gjer friminutta trygge?", timeout=PATIENCE)
    assert "Jon" not in band.inner_text()
    stage.lead.sees("Viddevakta ba oss koma tilbake til saka")
    stage.lead.presses("Greitt, ta det bort")
    expect(band).to_have_count(0, timeout=PATIENCE)
    jon.presses("Parker eit tema …")
    jon.page.get_by_label("Kva tema tek me ein annan gong?").fill("Ny turnus frå august")
    jon.presses("Parker")
    stage.lead.sees("Ny turnus frå august")


def _kari_takes_back_a_step(stage: Stage) -> None:
    stage.lead.key("PageDown")
    _speaks(stage, "Marit")
    stage.lead.presses("Angra siste")
    _speaks(stage, "Ola")


def _a_reload_keeps_the_draft(ingrid: Phone) -> None:
    ingrid.writes("Friminutta må vera tema på")
    ingrid.page.reload()
    ingrid.sees("Bidraga dine")
    assert ingrid.draft() == "Friminutta må vera tema på"
    ingrid.adds("Friminutta må vera tema på teamtid")
    ingrid.sees("Friminutta må vera tema på teamtid")


def _the_network_is_silent(stage: Stage, ola: Phone) -> None:
    ola.page.evaluate("window.sameAsBefore = true")
    stage.wires[0].fall_silent()
    ola.sees("Utan samband")
    ola.adds("Leikegrupper på 6. trinn")
    ola.sees("ventar på nett")
    ola.writes("Halvskrive")
    ola.page.wait_for_timeout(SILENCE)
    stage.room.sees_no("Leikegrupper på 6. trinn")
    stage.wires[0].speak_again()
    stage.room.sees("Leikegrupper på 6. trinn")
    ola.sees_no("Utan samband")
    assert ola.page.evaluate("window.sameAsBefore"), "the page was reloaded"
    assert ola.draft() == "Halvskrive"


def _the_server_dies(stage: Stage, jon: Phone, ingrid: Phone, ola: Phone) -> None:
    stage.server.kill()
    ingrid.sees("Utan samband")
    ingrid.adds("Skrive medan tenaren var nede")
    ingrid.sees("ventar på nett")
    stage.server.start()
    for screen in (stage.room, stage.lead, jon, ingrid, ola):
        screen.sees_no("Utan samband")
    stage.room.sees("Skrive medan tenaren var nede")
    _speaks(stage, "Ola")
    ola.sees("Din tur, Ola")
    assert ola.draft() == "Halvskrive"


def _everyone_has_been_heard(stage: Stage, ola: Phone) -> None:
    ola.presses("Ferdig – neste er Marit")
    for name in ("Marit", "Ingrid", "Kari"):
        _speaks(stage, name)
        stage.lead.key("PageDown")
    stage.room.sees("Alle har hatt ordet")


def _the_evaluation(stage: Stage, jon: Phone, ingrid: Phone, ola: Phone) -> None:
    stage.lead.key("PageDown")
    for phone in (jon, ingrid, ola):
        phone.page.get_by_label("Kva fungerte bra i møtet?").fill(f"God tid, {phone.origin}")
        phone.page.get_by_text("Ja", exact=True).first.click()
        phone.presses("Send svara")
        phone.sees("✓ lagra")
    stage.room.sees("3 av 5 har svara")
    stage.room.sees_no("God tid")
    stage.lead.presses("Svar sjølv …")
    stage.lead.page.get_by_label("Kva kunne fungert betre?").fill("Starta presis")
    stage.lead.presses("Send svara")
    stage.room.sees("4 av 5 har svara")
    stage.lead.presses("Vis svara")
    stage.room.sees("Starta presis")
    jon.sees("God tid, PPT")


def _the_result(stage: Stage) -> None:
    stage.lead.presses("Til resultatet")
    stage.room.sees("Dette kom me fram til")
    for words in ("Tydelegare soner", "Leikegrupper på 6. trinn", "Ny turnus frå august"):
        stage.room.sees(words)


def _the_end(stage: Stage, jon: Phone) -> None:
    stage.lead.presses("Avslutt møtet")
    stage.lead.presses("Ja")
    stage.room.sees_no(stage.code[:3])
    jon.sees("Takk for møtet.")
    late = stage.phone("Sein")
    late.open(f"/j/{stage.code}")
    late.sees("Møtet er slutt.")
    jon.page.reload()
    jon.sees("Ny turnus frå august")


def _nothing_is_lost_or_doubled(stage: Stage) -> None:
    """What the journal holds is what was written, once."""
    lines = stage.journal.read_text().splitlines()
    rows = [json.loads(line.partition(" ")[2])[2] for line in lines]
    cards = [row["event"]["text"] for row in rows if row["event"]["type"] == "card_added"]
    assert sorted(cards) == [
        "Fleire vaksne ute dei siste ti minutta",
        "Friminutta må vera tema på teamtid",
        "Leikegrupper på 6. trinn",
        "Skrive medan tenaren var nede",
        "Tydelegare soner",
    ]


def _speaks(stage: Stage, name: str) -> None:
    expect(stage.room.part(".turn .name")).to_have_text(name, timeout=PATIENCE)


def _person(stage: Stage, name: str, act: str) -> None:
    """The leader opens a person's menu and picks."""
    row = stage.lead.part(".person").filter(has_text=name)
    row.get_by_role("button").first.click()
    row.get_by_role("button", name=act).click()


def _card_for(stage: Stage, name: str, words: str) -> None:
    stage.lead.presses("Skriv eit kort for nokon …")
    stage.lead.page.get_by_label("Skriv éin ting om gongen").fill(words)
    stage.lead.part(".chip").get_by_text(name, exact=True).click()
    stage.lead.presses("Legg til")
