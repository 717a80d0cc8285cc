"""The pictures: a short meeting and every state of a BTI meeting, as room, phone and leader see it.

All of them go to build/pictures, the README's few to docs/pictures, the figures to docs/screens.md.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from itertools import chain
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright

from .looked import Looker, table
from .meetings.stage import Phone, Stage, open_browser
from .server import ROOT, free_port
from .walk import Walk

ROOM_SIZES = ((1920, 1080), (1280, 720), (1024, 768))
LEAD_SIZES = ((1440, 900), (1024, 768), (390, 844))
PHONE_SIZES = ((390, 844), (320, 640))
ALL = ROOT / "build" / "pictures"
README = ROOT / "docs" / "pictures"
SCREENS = ROOT / "docs" / "screens.md"
LAST_OF = ("factors", "choose", "summary")
IN_README = {
    "room-lobby-1920x1080": "lobby",
    "room-round-1920x1080": "room",
    "room-signal-1920x1080": "signal",
    "phone-turn-390x844": "phone-turn",
    "phone-write-390x844": "phone-write",
    "phone-viddevakt-390x844": "phone-viddevakt",
    "lead-round-1440x900": "leader",
}
CARDS = (
    ("Ola", "Få vaksne ute dei siste ti minutta av storefri"),
    ("Samira", "Uklart kven som har ansvar for kva sone"),
    ("Ola", "Leikegrupper gjer at fleire blir med"),
    ("Samira", "Friminutta er ikkje tema på teamtid"),
)


def main() -> None:
    ALL.mkdir(parents=True, exist_ok=True)
    README.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stage = Stage(playwright, Path(folder) / "data", free_port())
        try:
            _meeting(stage)
            _home(stage)
        finally:
            stage.end()
        states = _every_state(playwright, Path(folder) / "walk")
    for name, short in IN_README.items():
        shutil.copy(ALL / f"{name}.png", README / f"{short}.png")
    _last_of_each_phase(states)


def _last_of_each_phase(states: list[str]) -> None:
    for phase in LAST_OF:
        last = [state for state in states if state.startswith(f"{phase}-")][-1]
        shutil.copy(ALL / f"room-{last}-light-1920x1080.png", README / f"{phase}.png")


def _every_state(playwright: Playwright, folder: Path) -> list[str]:
    """The whole BTI meeting, walked through by a rehearsal: pictures and figures of each state."""
    browser, walk = open_browser(playwright), Walk(folder)
    try:
        states = walk.states()
        first = next(states)
        looker = Looker(browser, walk, ALL)
        for state in chain((first,), states):  # one at a time: the rehearsal waits for the look
            looker.look(state)
            print(state, flush=True)
    finally:
        walk.end()
        browser.close()
    start, end = "<!-- measured -->\n", "<!-- end -->"
    before, _, rest = SCREENS.read_text(encoding="utf-8").partition(start)
    _, _, after = rest.partition(end)
    lines = "\n".join([f"{len(looker.states)} states, {date.today()}.", "", *table(looker), ""])
    SCREENS.write_text(f"{before}{start}{lines}{end}{after}", encoding="utf-8")
    for case in looker.broken():
        print(case)
    return looker.states


def _meeting(stage: Stage) -> None:
    stage.plan(
        name="Teamtid",
        house="Solbakken skule",
        question="Kva gjer friminutta trygge for alle?",
        leader="Kari",
    )
    _room(stage, "lobby-empty")
    jon, ola = stage.phone("Jon", "SFO"), stage.phone("Ola", "BUP")
    samira = stage.phone("Samira", "Barnevern")
    jon.open(f"/j/{stage.code}")
    jon.sees("Bli med i møtet")
    _phone(jon, "door")
    for phone in (jon, ola, samira):
        phone.joins(stage.code)
    for name in ("Ingrid", "Marit", "Per", "Anne", "Liv"):
        _add(stage, name)
    _phone(jon, "lobby")
    _room(stage, "lobby")
    _lead(stage, "lobby")
    stage.lead.key("PageDown")
    jon.presses("Eg kan vera viddevakt")
    samira.presses("Eg kan vera skrivar")
    stage.room.sees("Skrivar: Samira")
    _room(stage, "roles")
    _phone(jon, "viddevakt")
    _phone(ola, "roles")
    _lead(stage, "roles")
    _round(stage, jon, ola, samira)
    _evaluation(stage, jon, ola, samira)


def _round(stage: Stage, jon: Phone, ola: Phone, samira: Phone) -> None:
    stage.lead.key("PageDown")
    stage.room.sees("Først ut")
    _room(stage, "round-first")
    for name, words in CARDS:
        (ola if name == "Ola" else samira).adds(words)
        stage.room.sees(words)
    for _ in range(3):
        stage.lead.key("PageDown")
    stage.room.page.wait_for_timeout(11_000)  # the cards are no longer new
    ola.writes("Me har ingen fast rutine for kven som")
    _room(stage, "round")
    _lead(stage, "round")
    _phone(samira, "turn")
    _phone(ola, "write")
    stage.room.page.wait_for_timeout(16_000)
    _room(stage, "soon")
    _phone(samira, "soon")
    jon.presses("Tilbake til saka")
    stage.room.page.wait_for_timeout(800)
    _room(stage, "signal")
    _lead(stage, "signal")
    stage.lead.presses("Greitt, ta det bort")
    stage.room.page.wait_for_timeout(19_000)
    _room(stage, "up")
    _phone(samira, "up")
    _covers(stage)
    for _ in range(7):
        stage.lead.key("PageDown")
    stage.room.sees("Alle har hatt ordet")
    _room(stage, "over")


def _covers(stage: Stage) -> None:
    stage.lead.key("p")
    stage.room.sees("Pause")
    _room(stage, "pause")
    stage.lead.key("PageDown")
    stage.room.key("q")
    _room(stage, "code")
    stage.room.key("q")
    stage.room.key("?")
    _room(stage, "help")
    stage.room.key("Escape")


def _evaluation(stage: Stage, jon: Phone, ola: Phone, samira: Phone) -> None:
    stage.lead.key("PageDown")
    for phone in (jon, ola, samira):
        phone.page.get_by_label("Kva fungerte bra i møtet?").fill("Alle blei høyrde")
        phone.page.get_by_text("Ja", exact=True).first.click()
        if phone is ola:
            _phone(ola, "evaluate")
        phone.presses("Send svara")
        phone.sees("✓ lagra")
    _room(stage, "evaluate")
    stage.lead.presses("Svar sjølv …")
    stage.lead.page.get_by_label("Kva kunne fungert betre?").fill("Me starta litt seint")
    stage.lead.presses("Send svara")
    _lead(stage, "evaluate")
    stage.lead.presses("Vis svara")
    _room(stage, "answers")
    stage.lead.presses("Til resultatet")
    _room(stage, "result")
    _phone(ola, "result")
    _lead(stage, "result")


def _home(stage: Stage) -> None:
    stage.lead.open("/")
    stage.lead.sees("Møta dine")
    _take(stage.lead.page, "home", LEAD_SIZES)
    stage.lead.open("/new?recipe=bti-system")
    stage.lead.sees("Lag møtet")
    _take(stage.lead.page, "new", LEAD_SIZES)


def _add(stage: Stage, name: str) -> None:
    stage.lead.presses("+ Legg til nokon utan telefon")
    stage.lead.page.get_by_label("Førenamn").first.fill(name)
    stage.lead.part(".chip").get_by_text("Skule", exact=True).first.click()
    stage.lead.presses("Legg til")
    stage.room.sees(name)


def _room(stage: Stage, state: str) -> None:
    _take(stage.room.page, f"room-{state}", ROOM_SIZES)


def _lead(stage: Stage, state: str) -> None:
    _take(stage.lead.page, f"lead-{state}", LEAD_SIZES)


def _phone(phone: Phone, state: str) -> None:
    _take(phone.page, f"phone-{state}", PHONE_SIZES)


def _take(page: Page, name: str, sizes: tuple[tuple[int, int], ...]) -> None:
    for width, height in (*sizes[1:], sizes[0]):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(600)  # fades, and the board measuring itself
        page.screenshot(path=ALL / f"{name}-{width}x{height}.png")


if __name__ == "__main__":
    main()
