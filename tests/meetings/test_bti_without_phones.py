"""The BTI meeting on system level without a single phone: one leader, one machine, its keys alone.

Nothing is clicked. What is needed now is a few Tabs away or has a key; the focus is always seen and
never lost. The short meeting is then led with a clicker, which knows forward and back.
"""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .keyboard import Keyboard
from .stage import PATIENCE, Device, Stage

NEAR = 4  # Tabs from the heading to what the phase is about
CHALLENGE = "Utrygge friminutt på mellomtrinnet"
WORDED = "Mange på 5.–7. trinn er utrygge i storefri"
FACTORS = ("Få vaksne ute dei siste ti minutta", "Uklart ansvar for sonene")
MEASURES = ("Alle vaksne har fast sone i storefri", "Leikegrupper på mellomtrinnet")
ADD = "+ Legg til nokon utan telefon"
CARD = "Skriv eit kort for nokon …"


def test_the_bti_meeting_is_led_by_keys_alone_and_without_phones(stage: Stage) -> None:
    keys = Keyboard(stage.lead.page)
    _a_meeting_is_planned(stage, keys)
    _six_people_are_here(stage, keys)
    _somebody_is_drawn(stage, keys)
    _the_challenge_is_told(stage, keys)
    _everybody_asks(stage, keys)
    _the_viddevakt_brings_us_back(stage, keys)
    _nobody_objects_any_more(stage, keys)
    _factors_and_the_one_to_begin_with(stage, keys)
    _measures_and_the_one_to_try(stage, keys)
    _the_staff_evaluate_aloud(stage, keys)
    _the_result_and_the_end(stage, keys)
    kinds = {"a", "button", "checkbox", "opener", "radio", "select", "summary", "text", "textarea"}
    assert kinds <= keys.seen
    assert stage.complaints() == []


def test_a_clicker_on_the_room_screen_leads_the_short_meeting(stage: Stage) -> None:
    """Forward is yes and back is no; the keyboard under the room screen does the rest."""
    stage.plan(name="Teamtid", question="Kva gjer friminutta trygge?", leader="Kari")
    for name in ("Marit", "Per"):
        _is_added(stage, name)
    room = stage.room
    room.key("PageDown")
    _asks_before_it_goes_on_without_a_viddevakt(stage, room)
    room.key("PageDown")
    _speaks(stage, "Marit")
    _what_lies_over_the_screen_goes_away(room)
    band = room.part(".signal")
    room.key("v")  # in the short meeting it is shown at once
    expect(band).to_contain_text("Kva gjer friminutta trygge?", timeout=PATIENCE)
    for name in ("Per", "Kari"):
        room.key("PageDown")
        _speaks(stage, name)
    room.key("PageDown")
    room.sees("Alle har hatt ordet")
    for words in ("Kva fungerte bra i møtet?", "Snakk om spørsmåla i staden"):
        room.key("PageDown")
        room.sees(words)
    room.key("PageDown")
    room.sees("Dette kom me fram til")
    room.key("PageDown")  # the end is in the leader view alone
    room.key("PageUp")
    room.sees("Snakk om spørsmåla i staden")
    assert stage.complaints() == []


def _is_added(stage: Stage, name: str) -> None:
    stage.lead.presses(ADD)
    stage.lead.page.get_by_label("Førenamn").first.fill(name)
    stage.lead.presses("Legg til")
    stage.room.sees(name)


def _asks_before_it_goes_on_without_a_viddevakt(stage: Stage, room: Device) -> None:
    """Once more with a clicker that bounces, and once with a leader view that is faster."""
    asked = room.part("dialog")
    for answer in ("PageUp", "Escape"):
        room.key("PageDown")
        expect(asked).to_contain_text("Ingen er viddevakt.", timeout=PATIENCE)
        room.key(answer)
        expect(asked).to_have_count(0, timeout=PATIENCE)
    room.key("PageDown")
    room.page.keyboard.press("PageDown")
    expect(asked).to_contain_text("Ingen er viddevakt.", timeout=PATIENCE)
    stage.lead.key("PageDown")
    stage.lead.presses("Ja")
    room.sees("Først ut: Marit")
    expect(asked).to_have_count(0, timeout=PATIENCE)


def _what_lies_over_the_screen_goes_away(room: Device) -> None:
    """Help and the code of this screen alone; and what the leader view can bring back, too."""
    for key, away, lies in (
        ("?", "PageDown", "dialog"),
        ("?", "PageUp", "dialog"),
        ("q", "Escape", ".cover.code"),
        ("b", ".", ".cover"),
        ("b", "PageDown", ".cover"),
        ("b", "PageUp", ".cover"),
    ):
        room.key(key)
        expect(room.part(lies)).to_have_count(1, timeout=PATIENCE)
        room.key(away)
        expect(room.part(lies)).to_have_count(0, timeout=PATIENCE)
    room.key("F5")
    room.key("Escape")
    expect(room.part(".turn .name")).to_have_text("Marit", timeout=PATIENCE)


def _a_meeting_is_planned(stage: Stage, keys: Keyboard) -> None:
    keys.page.goto(stage.server.leader_url)
    keys.leaves("Nytt møte", "**/new")
    keys.leaves("BTI-møte på systemnivå", "**/new?recipe=bti-system", begins=True)
    for field, words in (("Kva heiter møtet?", "BTI haust"), ("Kven leier møtet?", "Kari")):
        keys.to(field)
        keys.type(words)
    keys.to("60 min")
    keys.press("ArrowRight")
    keys.is_at("90 min")
    keys.to("Pause", begins=True)
    keys.press("Space")
    keys.does("Forslag til tema")
    keys.to("Kven kjem? (valfritt)")
    keys.type("Ingrid, PPT\nOla, BUP\nJon, Skule\nMarit, Skule")
    keys.to("Språk på skjermen")
    keys.leaves("Lag møtet", "**/lead/*")
    stage.meeting = keys.page.url.rpartition("/")[2]
    stage.room = _second_window(stage)


def _second_window(stage: Stage) -> Device:
    """The room screen, on the projector beside the leader view."""
    room = Device.__new__(Device)
    room.url, room.context, room.complaints = stage.server.url, stage.lead.context, []
    room.complaints = stage.lead.complaints
    room.page = stage.lead.new_page()
    room.page.set_viewport_size({"width": 1920, "height": 1080})
    room.open(f"/room/{stage.meeting}")
    return room


def _six_people_are_here(stage: Stage, keys: Keyboard) -> None:
    """Those on the list are ticked with Enter alone: each time the next one has the focus."""
    keys.is_at("BTI haust")
    keys.to("Ingrid: Her utan telefon", most=8)
    for name in ("Ingrid", "Ola", "Jon", "Marit"):
        keys.is_at(f"{name}: Her utan telefon")
        keys.press("Enter")
        _all_see(stage, name)
        keys.keeps()
    for name in ("Per", "Anne"):
        keys.opens("n", "Førenamn")
        keys.type(name)
        keys.to("Barnehage", most=1)
        keys.press("ArrowRight")
        keys.is_at("Skule")
        keys.sends(back_at=ADD)
        _all_see(stage, name)
    stage.room.sees("7 med · 6 utan telefon")
    keys.keeps()


def _somebody_is_drawn(stage: Stage, keys: Keyboard) -> None:
    _goes_on(stage, keys, "Kven held oss til saka, og kven skriv?")
    keys.press("PageDown")
    keys.answers("Ingen er viddevakt.", "PageUp")
    keys.press("Escape")
    keys.is_at("Roller")
    keys.does("Trekk viddevakt", most=NEAR)
    _all_see(stage, re.compile("Viddevakt: (Ingrid|Ola|Jon|Marit|Per|Anne)"))
    keys.keeps()


def _the_challenge_is_told(stage: Stage, keys: Keyboard) -> None:
    _goes_on(stage, keys, "Kva er utfordringa, og kva byggjer ho på?")
    keys.opens("n", "Kva er utfordringa?")
    keys.type(CHALLENGE)
    keys.to("Kva ligg til grunn for det? (valfritt)", most=1)
    keys.type("Elevundersøkinga i haust")
    keys.sends("Control+Enter", back_at="Skriv eller endra utfordringa …")
    _all_see(stage, CHALLENGE)
    _all_see(stage, "Elevundersøkinga i haust")


def _everybody_asks(stage: Stage, keys: Keyboard) -> None:
    """A question is for who is speaking, unless the leader picks somebody else."""
    _goes_on(stage, keys, "Først ut: Ingrid")
    keys.press("PageDown")
    _speaks(stage, "Ingrid")
    keys.opens("n", "Skriv eitt spørsmål om gongen")
    keys.type("Kor mange vaksne er ute?")
    keys.to("Ingrid", most=1)
    keys.sends(back_at=CARD)
    _all_see(stage, "Kor mange vaksne er ute?")
    keys.press("Escape")
    keys.does("Er svara på", most=8)
    _all_see(stage, "svara på")
    keys.does("Meir: Kor mange vaksne er ute?", most=1)
    keys.press("Escape")
    keys.is_at("Meir: Kor mange vaksne er ute?")
    keys.press("+")  # half a minute more for Ingrid
    _round_is_over(stage, keys, others=6)


def _the_viddevakt_brings_us_back(stage: Stage, keys: Keyboard) -> None:
    """At the first press quietly, at the second for all; and the leader takes it away."""
    band = stage.room.part(".signal")
    keys.press("v")
    stage.lead.sees("Viddevakta gir eit stille teikn")
    expect(band).to_have_count(0)
    keys.press("v")
    expect(band).to_contain_text("Kva vil du vita meir om?", timeout=PATIENCE)
    keys.press("Escape", "x")
    expect(band).to_have_count(0, timeout=PATIENCE)
    expect(stage.lead.part(".signal")).to_have_count(0, timeout=PATIENCE)
    keys.keeps()


def _nobody_objects_any_more(stage: Stage, keys: Keyboard) -> None:
    _goes_on(stage, keys, "Er dette utfordringa me drøftar?")
    keys.opens("i", "Kva er innvendinga? Ho kjem på skjermen utan namn.")
    keys.type("Det gjeld ikkje alle friminutt")
    keys.to("Ingrid", most=1)
    keys.press("ArrowRight")
    keys.is_at("Ola")
    keys.sends(back_at="Skriv ei innvending for nokon …")
    _all_see(stage, "Det gjeld ikkje alle friminutt")
    keys.opens("n", "Utfordringa i éi setning")
    keys.press("Control+a")
    keys.type(WORDED)
    keys.sends("Control+Enter", back_at="Endra ordlyden …")
    _all_see(stage, WORDED)
    _hands_are_counted(stage, keys)
    keys.press("PageDown")
    keys.answers("Er alle samde", "Tab", "Space")  # on “Nei”
    keys.press("PageDown")
    keys.answers("Er alle samde", "PageDown")
    _all_see(stage, "Då er me samde")
    keys.keeps()


def _hands_are_counted(stage: Stage, keys: Keyboard) -> None:
    """As fast as one counts; one too many is taken away again."""
    for _ in range(6):
        keys.page.keyboard.press("+")
    stage.lead.sees("Utan telefon og utan innvending: 6 av 6")
    keys.page.keyboard.press("-")
    stage.lead.sees("Utan telefon og utan innvending: 5 av 6")
    keys.keeps()


def _factors_and_the_one_to_begin_with(stage: Stage, keys: Keyboard) -> None:
    _goes_on(stage, keys, "Att av pausa")
    _goes_on(stage, keys, "Ei stille stund")
    keys.press("PageDown")
    _speaks(stage, "Ingrid")
    for words in FACTORS:
        keys.opens("n", "Skriv éin faktor om gongen")
        keys.type(words)
        keys.to("Ingrid", most=1)
        keys.to("Det kan me gjera noko med", most=1)
        keys.sends(back_at=CARD)
        _all_see(stage, words)
    _round_is_over(stage, keys, others=6)
    _goes_on(stage, keys, "Kva vil me redusera eller fjerna først?")
    keys.press("Escape")
    keys.to("Ei hand mindre", most=NEAR)
    for key in ("+", "+", "+", "-"):
        keys.page.keyboard.press(key)
    stage.lead.sees("Hender: 2")
    keys.does("Vel dette", most=2)
    keys.is_at("Ta bort valet")
    keys.press("PageDown")
    _all_see(stage, "2 prikkar")
    keys.is_at("Ta bort valet")


def _measures_and_the_one_to_try(stage: Stage, keys: Keyboard) -> None:
    _goes_on(stage, keys, "Ei stille stund")
    keys.press("PageDown")
    _speaks(stage, "Ingrid")
    for words in MEASURES:
        keys.opens("n", "Skriv eitt tiltak om gongen")
        keys.type(words)
        keys.to("Ingrid", most=1)
        keys.sends(back_at=CARD)
        _all_see(stage, words)
    _round_is_over(stage, keys, others=6)
    _goes_on(stage, keys, "Barnehagen eller skulen vel.")
    keys.press("Escape")
    keys.does(MEASURES[0], most=NEAR)
    _all_see(stage, "Dette prøver me først")
    keys.keeps()
    _it_is_planned(stage, keys)


def _it_is_planned(stage: Stage, keys: Keyboard) -> None:
    keys.opens("n", "Tiltaket")
    keys.to("Ansvarleg (valfritt)", most=1)
    keys.type("Jon")
    keys.to("Når (valfritt)", most=1)
    keys.type("frå måndag 7. desember")
    keys.to("Ei teneste informerer på personalmøte", most=1)
    keys.press("Space")
    keys.to("PPT", most=1)
    keys.press("Space")
    keys.to("Treff med tenesta (valfritt)", most=1)
    keys.type("onsdag 2. desember")
    for field, words in (
        ("Når me evaluerer (valfritt)", "fredag 12. februar"),
        ("Kven evaluerer (valfritt)", "Teamet og PPT"),
        ("Korleis me evaluerer (valfritt)", "Me spør elevane"),
    ):
        keys.to(field, most=1)
        keys.type(words)
    keys.sends(back_at="Korleis me evaluerer (valfritt)")
    for words in ("frå måndag 7. desember", "fredag 12. februar", "Me spør elevane"):
        _all_see(stage, words)
    keys.press("Escape")
    keys.is_at("Oppsummering")
    keys.does("PPT seier ja til sin del", most=NEAR)
    _all_see(stage, "har sagt ja")
    keys.keeps()


def _the_staff_evaluate_aloud(stage: Stage, keys: Keyboard) -> None:
    """The guests are thanked; four are too few to be anonymous, so it is talked and written."""
    _goes_on(stage, keys, "Takk for hjelpa, Ingrid, Ola! De kan gå no.")
    keys.press("PageDown")
    stage.room.sees("Kva fungerte bra i møtet?")
    stage.lead.sees("0 av 5 har svara")
    keys.opens("n", "Kva fungerte bra i møtet?")
    keys.press("Space")
    keys.to("Det som blei sagt", most=1)
    keys.type("Alle blei høyrde")
    keys.sends("Control+Enter", back_at="Skriv det som blir sagt …")
    _goes_on(stage, keys, "Alle blei høyrde")
    _all_see(stage, "Snakk om spørsmåla i staden")
    keys.opens("n", "Kva fungerte bra i møtet?")
    for _ in range(4):
        keys.press("ArrowDown")
    keys.is_at("Kva kan me gjera betre neste gong?")
    keys.to("Det som blei sagt", most=1)
    keys.type("Starta presis")
    keys.sends("Control+Enter", back_at="Skriv det som blir sagt …")
    _all_see(stage, "Starta presis")


def _the_result_and_the_end(stage: Stage, keys: Keyboard) -> None:
    _goes_on(stage, keys, "Dette kom me fram til")
    for words in (WORDED, MEASURES[0], "Jon"):
        _all_see(stage, words)
    stage.lead.sees("Starta presis")
    keys.press("Escape")
    keys.to("Avslutt møtet")
    keys.press("Enter")
    keys.answers("Vil du avslutta møtet?", "PageDown", "Escape")  # forward alone never ends it
    keys.is_at("Avslutt møtet")
    keys.press("Enter")
    keys.answers("Vil du avslutta møtet?", "Enter")
    expect(stage.room.part(".code")).to_have_count(0, timeout=PATIENCE)
    keys.keeps()


def _all_see(stage: Stage, words: str | re.Pattern[str]) -> None:
    """The leader view is told last, and who leads looks at it before the next key."""
    for screen in (stage.room, stage.lead):
        found = screen.part(".screen").get_by_text(words).filter(visible=True)
        expect(found.first).to_be_visible(timeout=PATIENCE)


def _goes_on(stage: Stage, keys: Keyboard, words: str) -> None:
    keys.press("PageDown")
    _all_see(stage, words)
    keys.keeps()


def _round_is_over(stage: Stage, keys: Keyboard, others: int) -> None:
    for _ in range(others + 1):
        keys.press("PageDown")
    _all_see(stage, "Alle har hatt ordet")
    keys.keeps()


def _speaks(stage: Stage, name: str) -> None:
    for screen in (stage.room, stage.lead):
        expect(screen.part(".turn .name")).to_have_text(name, timeout=PATIENCE)
