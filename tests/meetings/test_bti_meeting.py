"""The BTI meeting on system level, whole: a room screen, the leader, six phones, one without."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from .hands import (
    card,
    chip,
    comes,
    next_after,
    on_turn,
    open_field,
    picks_for,
    speaks,
    speaks_language,
    writes,
    writes_for,
)
from .stage import PATIENCE, Phone, Stage

STATEMENT = "Mange elevar er utrygge i friminutta."
GROUNDS = "Elevundersøkinga i haust, og det elevrådet seier."
SHARPER = "Elevane på 5.–7. trinn er utrygge i friminutta etter lunsj."
EXPECTED = """Jon, Skule
Sigrid, Skule
Tone, SFO
Ingrid, PPT
Eva, Helsestasjon
Marit, Skule
Ola, BUP"""

FEW = "Få vaksne ute etter lunsj"
RULES = "Vaksne reagerer ulikt"
ROAD = "Vegen deler skulegarden"
SUDDEN = "Skrive medan tenaren var nede"
OPEN = "Kor mange elevar gjeld det?"
ANSWERED = "Kven er ute etter lunsj?"
KEPT = "Opplæring i uteleik for dei vaksne"
SECOND = "Faste soner for dei vaksne"
THIRD = "Leikegrupper på 6. trinn"
FOURTH = "Felles reglar på éi side"
PARKED = "Ny turnus frå august"


@dataclass(frozen=True)
class People:
    """Those with a phone. Marit has none; Anne comes instead of Jon."""

    jon: Phone  # viddevakt until he has to go
    sigrid: Phone  # scribe
    tone: Phone
    ingrid: Phone  # from PPT, which helps
    eva: Phone  # reads Swedish
    ola: Phone  # comes late


def test_a_bti_meeting_from_the_code_to_the_result(stage: Stage) -> None:
    planned = {"challenge.statement": STATEMENT, "challenge.builds_on": GROUNDS}
    stage.plan("bti-system", name="Trygge friminutt", leader="Kari", expected=EXPECTED, **planned)
    people = _names_are_ticked(stage)
    _roles_are_taken(stage, people)
    _the_challenge_is_told(stage, people)
    _eva_reads_swedish(stage, people)
    _questions_go_round_and_ola_is_late(stage, people)
    _an_objection_makes_the_sentence_better(stage, people)
    _factors_are_written_in_silence(stage, people)
    _jon_brings_everybody_back(stage, people)
    _kari_takes_back_a_step(stage)
    _the_server_dies(stage, people)
    anne = _jon_has_to_go(stage, people)
    _everyone_is_heard_about_factors(stage, people, anne)
    _dots_are_shown_together(stage, people, anne)
    _measures_stand_under_the_factor(stage, people)
    _the_house_chooses(stage, people)
    _guests_are_thanked_first(stage, people)
    _the_evaluation(stage, people, anne)
    _the_result(stage, people, anne)
    rows = _rows(stage)
    _nothing_is_lost_or_doubled(rows)
    _nobody_can_tell_who_gave_what(rows)
    _the_end(stage, anne)
    assert stage.complaints() == []
    stage.folds()


def _names_are_ticked(stage: Stage) -> People:
    stage.room.sees("Trygge friminutt")
    names = ("Jon (Skule)", "Sigrid (Skule)", "Tone (SFO)", "Ingrid (PPT)", "Eva (Helsestasjon)")
    jon, sigrid, tone, ingrid, eva = (comes(stage, name) for name in names)
    stage.lead.presses("Marit: Her utan telefon")
    stage.room.sees("Marit")
    stage.room.sees("7 med · 1 utan telefon")
    stage.lead.sees("På lista, men ikkje her")
    ola = stage.phone("Ola")
    return People(jon, sigrid, tone, ingrid, eva, ola)


def _roles_are_taken(stage: Stage, people: People) -> None:
    stage.lead.key("PageDown")
    stage.room.sees("Viddevakt – hjelper oss tilbake til saka. Kven vil?")
    picks_for(stage, "Jon", "Spør om å vera viddevakt")
    people.jon.sees("Vil du vera viddevakt?")
    stage.room.sees("Viddevakt: Jon er spurd")
    people.jon.presses("Ja, det gjer eg")
    expect(stage.room.part(".foot")).to_contain_text("Viddevakt Jon", timeout=PATIENCE)
    people.sigrid.presses("Eg kan vera skrivar")
    expect(stage.room.part(".foot")).to_contain_text("Skrivar Sigrid", timeout=PATIENCE)


def _the_challenge_is_told(stage: Stage, people: People) -> None:
    stage.lead.key("PageDown")
    stage.room.sees("Kva er utfordringa, og kva byggjer ho på?")
    for screen in (stage.room, people.tone):
        screen.sees(STATEMENT)
        screen.sees(GROUNDS)


def _eva_reads_swedish(stage: Stage, people: People) -> None:
    speaks_language(people.eva, "sv")
    people.eva.sees("Vad är utmaningen, och vad grundar den sig på?")
    expect(stage.room.part("html")).to_have_attribute("lang", "nn")
    expect(people.tone.part("html")).to_have_attribute("lang", "nn")


def _questions_go_round_and_ola_is_late(stage: Stage, people: People) -> None:
    stage.lead.key("PageDown")
    stage.lead.sees("Først ut: Jon")
    stage.lead.key("PageDown")
    people.jon.sees("Din tur, Jon")
    writes(people.jon, "Skriv eitt spørsmål om gongen", ANSWERED)
    writes_for(people.sigrid, "Skriv eitt spørsmål om gongen", OPEN, "Marit")
    stage.room.sees(OPEN)
    card(stage.lead, ANSWERED).get_by_role("button", name="Er svara på").click()
    expect(card(stage.room, ANSWERED)).to_contain_text("svara på", timeout=PATIENCE)
    expect(card(stage.room, OPEN)).to_contain_text("ope", timeout=PATIENCE)
    comes(stage, "Ola (BUP)", people.ola)
    stage.room.sees("8 med · 1 utan telefon")
    people.jon.presses("Ferdig – neste er Sigrid")
    on_turn(people.sigrid, "Din tur, Sigrid").presses("Stå over")
    on_turn(people.tone, "Din tur, Tone").presses("Ferdig – neste er Ingrid")
    on_turn(people.ingrid, "Din tur, Ingrid").presses("Kom tilbake til meg")
    on_turn(people.eva, "Din tur, Eva").presses("Klar – nästa är Marit")
    people.sigrid.presses("Marit er ferdig")
    on_turn(people.ola, "Din tur, Ola").presses("Ferdig – neste er Ingrid")
    on_turn(people.ingrid, "Din tur, Ingrid").presses("Ferdig – neste er Kari")
    next_after(stage, "Kari")
    stage.room.sees("Alle har hatt ordet")


def _an_objection_makes_the_sentence_better(stage: Stage, people: People) -> None:
    stage.lead.sees("Neste fase: Status quo")
    stage.lead.key("PageDown")
    stage.room.sees("Er dette utfordringa me drøftar?")
    people.tone.presses("Eg har ingen innvending")
    people.tone.sees("Du har sagt: ingen innvending")
    people.ingrid.presses("Eg har ei innvending …")
    people.ingrid.page.get_by_label("Kva er innvendinga di?").fill("Det gjeld ikkje dei yngste")
    people.ingrid.presses("Send innvendinga")
    stage.room.sees("Det gjeld ikkje dei yngste")
    stage.room.sees_no("Ingrid")
    people.sigrid.presses("Endra ordlyden …")
    people.sigrid.page.get_by_label("Utfordringa i éi setning").fill(SHARPER)
    people.sigrid.presses("Vis ordlyden")
    stage.room.sees(SHARPER)
    stage.room.sees_no("Det gjeld ikkje dei yngste")
    for phone in (people.jon, people.sigrid, people.tone, people.ingrid, people.ola):
        phone.sees(SHARPER)
        phone.presses("Eg har ingen innvending")
    people.eva.presses("Jag har ingen invändning")
    people.sigrid.presses("+ 1 hand")
    stage.room.sees("7 av 7 har sagt: ingen innvending")
    stage.lead.sees("7 av 7 har sagt: ingen innvending")
    stage.lead.key("PageDown")
    stage.lead.presses("Ja")
    stage.room.sees("Då er me samde om at dette er utfordringa")


def _factors_are_written_in_silence(stage: Stage, people: People) -> None:
    stage.lead.sees("Neste fase: Oppretthaldande faktorar")
    stage.lead.key("PageDown")
    stage.room.sees("Ei stille stund")
    stage.room.sees(SHARPER)
    writes(people.tone, "Skriv éin faktor om gongen", FEW)
    people.ingrid.page.get_by_label("Skriv éin faktor om gongen").fill(ROAD)
    chip(people.ingrid, "Utanfor vår rekkevidd").click()
    people.ingrid.presses("Legg til")
    writes_for(people.sigrid, "Skriv éin faktor om gongen", RULES, "Marit")
    people.ola.page.get_by_role("button", name="Kom du på eit tiltak?").click()
    people.ola.page.get_by_label("Skriv eitt tiltak om gongen").fill(KEPT)
    people.ola.presses("Ta vare på tiltaket")
    people.ola.sees("Teke vare på til fasen Tiltak")
    stage.lead.sees("Tekne vare på til fasen Tiltak: 1")
    for words in (FEW, ROAD, RULES):
        stage.room.sees(words)
    expect(card(stage.room, ROAD)).to_contain_text("Utanfor vår rekkevidd", timeout=PATIENCE)
    stage.room.sees_no(KEPT)
    stage.lead.sees("Avslutt stilla og start runden: Jon")
    stage.lead.key("PageDown")
    on_turn(people.jon, "Din tur, Jon").presses("Ferdig – neste er Sigrid")
    speaks(stage, "Sigrid")


def _jon_brings_everybody_back(stage: Stage, people: People) -> None:
    """First a quiet sign to the leader; at the second press, with a reason, the band."""
    people.jon.presses("Tilbake til saka")
    stage.lead.sees("Viddevakta gir eit stille teikn")
    people.jon.sees("Møteleiaren har fått eit stille teikn")
    band = stage.room.part(".signal")
    expect(band).to_have_count(0)
    people.jon.part(".foot .opener").click()
    people.jon.presses("Tidsbruk")
    expect(band).to_contain_text("Kva held utfordringa ved lag?", timeout=PATIENCE)
    expect(band).not_to_contain_text("Jon")
    stage.lead.sees("Viddevakta ba oss")
    stage.lead.sees("Tidsbruk")
    stage.lead.presses("Greitt, ta det bort")
    expect(band).to_have_count(0, timeout=PATIENCE)
    people.jon.presses("Parker eit tema …")
    people.jon.page.get_by_label("Kva tema tek me ein annan gong?").fill(PARKED)
    people.jon.presses("Parker")
    topic = stage.lead.part(".person").filter(has_text=PARKED)
    expect(topic).to_be_visible(timeout=PATIENCE)
    expect(topic.locator(".dot")).to_have_count(0)  # a topic has no phone


def _kari_takes_back_a_step(stage: Stage) -> None:
    next_after(stage, "Sigrid")
    speaks(stage, "Tone")
    stage.lead.key("u")
    speaks(stage, "Sigrid")


def _the_server_dies(stage: Stage, people: People) -> None:
    people.ola.page.get_by_label("Skriv éin faktor om gongen").fill("Halvskrive")
    stage.server.kill()
    people.tone.sees("Utan samband")
    writes(people.tone, "Skriv éin faktor om gongen", SUDDEN)
    people.tone.sees("ventar på nett")
    stage.server.start()
    screens = (stage.room, stage.lead, people.jon, people.tone, people.ingrid, people.ola)
    for screen in screens:
        expect(screen.part('[data-live="true"]')).to_have_count(1, timeout=PATIENCE)
        screen.sees_no("Utan samband")
    for words in (FEW, ROAD, RULES, SUDDEN):
        stage.room.sees(words, count=1)
    speaks(stage, "Sigrid")
    draft = people.ola.page.get_by_label("Skriv éin faktor om gongen")
    expect(draft).to_have_value("Halvskrive")
    expect(people.eva.part("html")).to_have_attribute("lang", "sv")


def _jon_has_to_go(stage: Stage, people: People) -> Phone:
    """The app asks anew for a viddevakt; somebody comes instead of Jon."""
    people.jon.presses("Meir")
    people.jon.presses("Gå ut av møtet")
    people.jon.presses("Ja")
    people.jon.sees("Takk for i dag, Jon")
    stage.lead.sees("Møtet er utan viddevakt no")
    people.tone.sees("Møtet treng ei ny viddevakt. Vil du?")
    people.tone.presses("Ja, det gjer eg")
    expect(stage.room.part(".foot")).to_contain_text("Viddevakt Tone", timeout=PATIENCE)
    stage.lead.sees_no("Møtet er utan viddevakt no")
    people.ingrid.sees_no("Møtet treng ei ny viddevakt. Vil du?")
    anne = stage.phone("Anne")
    anne.open(f"/j/{stage.code}")
    chip(anne, "Nokon annan …").click()
    anne.page.get_by_label("Førenamn").fill("Anne")
    chip(anne, "Jon (Skule)").last.click()
    anne.presses("Bli med")
    stage.lead.sees("i staden for Jon")
    return anne


def _everyone_is_heard_about_factors(stage: Stage, people: People, anne: Phone) -> None:
    on_turn(people.sigrid, "Din tur, Sigrid").presses("Ferdig – neste er Tone")
    for name in ("Tone", "Ingrid", "Eva", "Marit", "Ola"):
        next_after(stage, name)
    on_turn(anne, "Din tur, Anne").presses("Ferdig – neste er Kari")
    next_after(stage, "Kari")
    stage.room.sees("Alle har hatt ordet")


def _dots_are_shown_together(stage: Stage, people: People, anne: Phone) -> None:
    stage.lead.sees("Neste fase: Vel faktorar")
    stage.lead.key("PageDown")
    stage.room.sees("Kva vil me redusera eller fjerna først?")
    stage.room.sees_no(ROAD)
    stage.room.sees("Kort me ikkje kan gjera noko med sjølve: 1")
    for phone, cards in ((people.tone, (FEW, RULES)), (people.ingrid, (FEW,)), (anne, (FEW,))):
        for words in cards:
            chip(phone, words).click()
        phone.presses("Send prikkane")
        phone.sees("✓ lagra")
    hand = card(people.sigrid, RULES).get_by_role("button", name="Ei hand til")
    hand.click()
    card(people.sigrid, RULES).get_by_text("Hender: 1").wait_for()
    stage.room.sees("3 av 8 har gitt prikkar")
    stage.room.sees_no("3 prikkar")
    stage.lead.sees("3 av 8 har gitt prikkar")
    stage.lead.sees("Vis prikkane")
    stage.lead.key("PageDown")
    expect(card(stage.room, FEW)).to_contain_text("3 prikkar", timeout=PATIENCE)
    expect(card(stage.room, RULES)).to_contain_text("2 prikkar", timeout=PATIENCE)
    expect(card(people.ola, FEW)).to_contain_text("3 prikkar", timeout=PATIENCE)
    card(stage.lead, FEW).get_by_role("button", name="Vel dette").click()
    expect(card(stage.room, FEW)).to_contain_text("valt", timeout=PATIENCE)


def _measures_stand_under_the_factor(stage: Stage, people: People) -> None:
    stage.lead.sees("Neste fase: Tiltak")
    stage.lead.key("PageDown")
    stage.room.sees("Ei stille stund")
    people.ola.sees("Tiltaka skal minska eller fjerna")
    people.ola.presses("Legg på tavla")
    stage.room.sees(KEPT)
    writes(people.tone, "Skriv eitt tiltak om gongen", SECOND)
    writes(people.eva, "Skriv en åtgärd i taget", THIRD, "Lägg till")
    writes_for(people.sigrid, "Skriv eitt tiltak om gongen", FOURTH, "Marit")
    for words in (FEW, SECOND, THIRD, FOURTH):
        stage.room.sees(words)
    stage.lead.sees("Avslutt stilla og start runden: Sigrid")
    stage.lead.key("PageDown")
    for name in ("Sigrid", "Tone", "Ingrid", "Eva", "Marit", "Ola", "Anne", "Kari"):
        next_after(stage, name)
    stage.room.sees("Alle har hatt ordet")


def _the_house_chooses(stage: Stage, people: People) -> None:
    stage.lead.sees("Neste fase: Oppsummering")
    stage.lead.key("PageDown")
    stage.room.sees("Barnehagen eller skulen vel.")
    stage.lead.presses(KEPT)
    stage.room.sees("Dette prøver me først")
    for label, words in (
        ("Ansvarleg", "Kari"),
        ("Når", "fredag 12. desember"),
        ("Treff med tenesta", "torsdag kl. 14"),
        ("Når me evaluerer", "i mars"),
        ("Kven evaluerer", "teamet på 6. trinn"),
        ("Korleis me evaluerer", "elevrådet spør klassane"),
    ):
        open_field(stage.lead, label).fill(words)
    chip(stage.lead, "Ei teneste leier opplæring").click()
    chip(stage.lead, "PPT").first.click()
    stage.lead.presses("Lagra")  # the focus stays there: the forward key goes forward
    for words in ("fredag 12. desember", "torsdag kl. 14", "i mars", "elevrådet spør klassane"):
        stage.room.sees(words)
    people.ingrid.sees(f"De er med på dette tiltaket: {KEPT}")
    people.ola.sees_no("De er med på dette tiltaket")
    people.ingrid.presses("Me tek vår del")
    stage.room.sees("har sagt ja")
    people.ingrid.sees_no("De er med på dette tiltaket")


def _guests_are_thanked_first(stage: Stage, people: People) -> None:
    stage.lead.sees("Neste fase: Evaluering")
    stage.lead.key("PageDown")
    stage.room.sees("Takk for hjelpa")
    stage.lead.sees("Gjestene er takka")
    stage.lead.key("PageDown")
    stage.room.sees("5 med · 1 utan telefon")
    people.ingrid.sees("Takk for i dag, Ingrid")
    people.ingrid.sees_no("Bli med i møtet")
    people.ola.sees("Takk for i dag, Ola")
    people.eva.sees("Tack för i dag, Eva")


def _the_evaluation(stage: Stage, people: People, anne: Phone) -> None:
    for phone in (people.sigrid, people.tone, anne):
        phone.page.get_by_label("Kva fungerte bra i møtet?").fill(f"Alle fekk snakka, {phone.name}")
        chip(phone, "Ja").first.click()
        phone.presses("Send svara")
        phone.sees("✓ lagra")
    stage.room.sees("3 av 5 har svara")
    stage.lead.presses("Svar sjølv …")
    stage.lead.page.get_by_label("Kva kunne fungert betre?").fill("Starta presis")
    stage.lead.presses("Send svara")
    stage.room.sees("4 av 5 har svara")
    stage.room.sees_no("Alle fekk snakka")
    stage.lead.presses("Vis svara")
    stage.room.sees("Starta presis")
    anne.sees("Alle fekk snakka, Tone")


def _the_result(stage: Stage, people: People, anne: Phone) -> None:
    stage.lead.presses("Til resultatet")
    stage.room.sees("Dette kom me fram til")
    for screen in (stage.room, people.tone, anne, stage.lead):
        for words in (SHARPER, FEW, KEPT, "fredag 12. desember", "har sagt ja", PARKED):
            screen.sees(words)
    for words in ("Utfordringsbilete", "Tiltaket me prøver ut", SECOND, "Starta presis"):
        people.tone.sees(words)


def _the_end(stage: Stage, anne: Phone) -> None:
    stage.lead.presses("Avslutt møtet")
    stage.lead.presses("Ja")
    stage.room.sees_no(stage.code[:3])
    anne.sees("Takk for møtet.")


# What the journal holds


def _rows(stage: Stage) -> list[dict[str, Any]]:
    lines = stage.journal.read_text(encoding="utf-8").splitlines()
    return [json.loads(line.partition(" ")[2])[2] for line in lines]


def _nothing_is_lost_or_doubled(rows: list[dict[str, Any]]) -> None:
    cards = [row["event"]["text"] for row in rows if row["event"]["type"] == "card_added"]
    wanted = (ANSWERED, OPEN, FEW, ROAD, RULES, KEPT, SUDDEN, SECOND, THIRD, FOURTH)
    assert sorted(cards) == sorted(wanted)
    sent = [row["op"] for row in rows if row["op"]]
    assert len(sent) == len(set(sent))


def _nobody_can_tell_who_gave_what(rows: list[dict[str, Any]]) -> None:
    """Of dots and answers neither a person nor a device is kept, nor when they came."""
    sealed = [row for row in rows if row["event"]["type"] in ("dots_given", "answered")]
    assert len(sealed) == 7
    open_rows = [row for row in rows if row not in sealed]
    known = {row["by"] for row in open_rows} | {_device(row) for row in open_rows if row["op"]}
    assert not known & {row["by"] for row in sealed}
    assert not known & {_device(row) for row in sealed}
    assert len({row["at"] for row in sealed}) == 2


def _device(row: dict[str, Any]) -> str:
    return str(row["op"]).partition(".")[0]
