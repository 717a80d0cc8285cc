"""Who does not see the screens hears what they have to know: once, in order, never the seconds."""

from __future__ import annotations

from playwright.sync_api import expect

from .aloud import Reader
from .solbakken import Solbakken, show
from .stage import Stage

QUESTION = "Kva gjer friminutta trygge?"


def test_whose_turn_it_is_the_signal_and_what_is_stored(stage: Stage) -> None:
    stage.plan(name="Teamtid", question=QUESTION, leader="Kari")
    ola = stage.phone("Ola")
    ola.joins(stage.code)
    stage.lead.sees("Ola")
    leads, phone = Reader(stage.lead.page), Reader(ola.page)
    stage.lead.key("PageDown")
    leads.hears("Roller")
    phone.hears("Roller")
    ola.presses("Eg kan vera viddevakt")
    stage.lead.sees("Viddevakt")
    stage.lead.key("PageDown")
    leads.hears("Runden rundt", "Først ut: Ola")
    phone.hears("Runden rundt")
    stage.lead.key("PageDown")
    leads.hears("No snakkar: Ola")
    phone.hears("Det er din tur")
    ola.adds("Fleire vaksne ute")
    phone.hears("✓ lagra")
    ola.presses("Tilbake til saka")
    phone.hears("Tilbake til saka. " + QUESTION)
    leads.hears("Viddevakta ba oss koma tilbake til saka. Bort frå saka")
    stage.lead.key("PageDown")
    leads.hears("No snakkar: Kari")
    phone.hears()


def test_a_lost_network_and_its_end(stage: Stage) -> None:
    stage.plan(name="Teamtid", question=QUESTION, leader="Kari")
    wire = stage.wire()
    ola = stage.phone("Ola", through=wire)
    ola.joins(stage.code)
    stage.to_the_first_turn()
    ola.sees("Din tur, Ola")
    phone = Reader(ola.page)
    wire.fall_silent()
    phone.hears("↻ Utan samband. Det du skriv, blir teke vare på.")
    ola.adds("Skrive utan nett")
    ola.sees("ventar på nett")
    wire.speak_again()
    ola.sees("✓ lagra")
    phone.hears("✓ lagra")


def test_what_is_refused_and_what_lacks(stage: Stage) -> None:
    stage.plan(name="Teamtid", question=QUESTION, leader="Kari")
    ola = stage.phone("Ola")
    ola.open(f"/j/{stage.code}")
    ola.sees("Bli med i møtet")
    phone = Reader(ola.page)
    ola.presses("Bli med")
    name = ola.page.get_by_label("Førenamn")
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description("Fyll inn dette")
    phone.hears()
    ola.presses("Eg var med før, og har ein kode frå møteleiaren …")
    ola.page.get_by_label("Koden frå møteleiaren").fill("FEIL12")
    ola.presses("Hald fram her")
    phone.hears("Koden stemmer ikkje. Be møteleiaren om ein ny.")


def test_the_same_again_is_read_again_and_the_seconds_never(stage: Stage) -> None:
    """Speakers, signals and the end of their time, on the screens as the server would draw them."""
    stage.plan(name="Teamtid", question=QUESTION, leader="Kari")
    ola = stage.phone("Ola")
    ola.open(f"/j/{stage.code}")
    ola.sees("Bli med i møtet")
    story, pages = Solbakken(), {"lead": stage.lead.page, "phone": ola.page}

    def shown(after: float = 0) -> None:
        story.wait(after)
        for screen, page in pages.items():
            show(page, story, screen, stage.code, "Ola")

    story.gathers()
    story.forward()
    story.takes_roles()
    story.to("factors")
    while story.state("factors").turns.now != "Ola":
        story.forward()
    shown()
    leads, phone = (Reader(page) for page in pages.values())
    stage.lead.page.wait_for_timeout(6000)  # the clock goes on, and is not read
    leads.hears()
    phone.hears()
    shown(after=300)
    leads.hears("Tida er ute")
    phone.hears("Tida er ute")
    for _ in range(2):
        story.does("Jon", "signal")
        story.does("Jon", "signal")
        shown()
        leads.hears("Viddevakta ba oss koma tilbake til saka. Bort frå saka")
        phone.hears("Tilbake til saka. Kva held utfordringa ved lag?")
        shown(after=90)
    story.forward()
    name = story.meeting.name(story.state("factors").turns.now)
    shown()
    leads.hears(f"No snakkar: {name}")
    shown(after=300)
    leads.hears("Tida er ute")
    phone.hears()
