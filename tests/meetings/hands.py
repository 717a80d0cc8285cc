"""What people do with their screens, in more than one press."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from .stage import PATIENCE, Device, Phone, Stage


def comes(stage: Stage, listed: str, phone: Phone | None = None) -> Phone:
    """The name is on the list: one tap, no typing."""
    phone = phone or stage.phone(listed.partition(" ")[0])
    phone.open(f"/j/{stage.code}")
    chip(phone, listed).click()
    phone.presses("Bli med")
    phone.sees(f"Du er {phone.name}")
    return phone


def speaks_language(phone: Phone, lang: str) -> None:
    phone.part("select.tongue").select_option(lang)
    expect(phone.part("html")).to_have_attribute("lang", lang, timeout=PATIENCE)


def writes(phone: Phone, label: str, words: str, add: str = "Legg til") -> None:
    phone.page.get_by_label(label).fill(words)
    phone.presses(add)


def writes_for(scribe: Phone, label: str, words: str, name: str) -> None:
    scribe.presses("Skriv eit kort for nokon …")
    form = scribe.part("form").filter(has_text="Kven sitt kort?")
    form.get_by_label(label).fill(words)
    form.locator(".chip").get_by_text(name, exact=True).click()
    form.get_by_role("button", name="Legg til").click()


def on_turn(phone: Phone, words: str) -> Phone:
    phone.sees(words)
    return phone


def speaks(stage: Stage, name: str) -> None:
    for screen in (stage.room, stage.lead):
        expect(screen.part(".turn .name")).to_have_text(name, timeout=PATIENCE)


def next_after(stage: Stage, name: str) -> None:
    """Who spoke is done, says the leader."""
    speaks(stage, name)
    stage.lead.key("PageDown")


def picks_for(stage: Stage, name: str, act: str) -> None:
    """The leader opens a person's menu and picks."""
    row = stage.lead.part(".person").filter(has_text=name)
    row.get_by_role("button").first.click()
    row.get_by_role("button", name=act).click()


def card(device: Device, words: str) -> Locator:
    return device.part(".card").filter(has_text=words)


def chip(device: Device, words: str) -> Locator:
    return device.part(".chip").get_by_text(words, exact=True)


def open_field(device: Device, label: str) -> Locator:
    """A field that may stand empty."""
    return device.page.get_by_label(f"{label} (valfritt)", exact=True)
