"""A meeting has one language, and each phone may have its own."""

from __future__ import annotations

from playwright.sync_api import expect

from .stage import Stage


def test_a_phone_speaks_its_own_language_also_after_a_reload(stage: Stage) -> None:
    stage.plan(name="Teamtid", leader="Kari")
    phone = stage.phone("Søren")
    phone.joins(stage.code)
    phone.page.get_by_label("Språk").select_option("da")
    phone.sees("Mødet starter")
    expect(phone.part("html")).to_have_attribute("lang", "da")
    phone.page.reload()
    phone.sees("Mødet starter")
    stage.room.sees("Med i møtet")
    expect(stage.room.part("html")).to_have_attribute("lang", "nn")
