"""A phone loses contact in the middle of its owner's turn: the leader is told in words, calmly."""

from __future__ import annotations

from playwright.sync_api import expect

from .stage import Stage

LONG = 30_000  # milliseconds, more than the seconds a phone may be gone unnoticed


def test_whose_phone_is_away_is_said_until_it_is_back(stage: Stage) -> None:
    stage.plan(name="Teamtid", leader="Kari")
    line = stage.lead.part(".standing")
    expect(line).to_have_text("Alt er lagra.")
    ola, siri = stage.phone("Ola"), stage.phone("Siri")
    ola.joins(stage.code)
    siri.joins(stage.code)
    expect(line).to_have_text("Alle 2 telefonane har kontakt. Alt er lagra.")
    stage.to_the_first_turn()
    stage.lead.sees("No snakkar")

    ola.page.goto("about:blank")
    expect(line).to_contain_text("Telefonen til Ola er borte.", timeout=LONG)
    stage.lead.sees("snakkar · mista kontakten")
    stage.lead.sees_no("snakkar · utan telefon")  # he has one

    ola.page.go_back()
    expect(line).to_have_text("Alle 2 telefonane har kontakt. Alt er lagra.")
    stage.lead.sees_no("mista kontakten")
    assert stage.complaints() == []
