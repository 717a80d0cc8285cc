"""Before the meeting: the leader asks whether all is ready, and a phone proves its way."""

from __future__ import annotations

from collections.abc import Iterator
from time import sleep
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from .stage import Device, Stage

pytestmark = pytest.mark.parametrize("stage", ["127.0.0.1"], indirect=True)
NONE_YET = "Ingen telefon har kome fram enno."
WAIT = 30_000  # milliseconds, more than a page waits for a phone


@pytest.fixture
def sheet(stage: Stage) -> Iterator[Device]:
    """The leader's laptop, with the points open on it."""
    stage.lead.page.set_viewport_size({"width": 1280, "height": 720})
    stage.lead.page.goto(stage.server.leader_url)
    stage.lead.page.get_by_role("link", name="Er alt klart?").click()
    stage.lead.sees("Når telefonane fram?")
    yield stage.lead
    assert stage.lead.complaints == []


@pytest.fixture
def phone(stage: Stage) -> Iterator[BrowserContext]:
    """A phone elsewhere on the network. Its address comes as a proxy on this machine gives it."""
    elsewhere = {"X-Forwarded-For": "192.168.1.23"}
    context = stage.browser.new_context(
        viewport={"width": 390, "height": 844}, locale="sv-SE", extra_http_headers=elsewhere
    )
    yield context
    context.close()


def test_a_phone_that_opens_the_test_page_is_told_of_at_once(
    stage: Stage, sheet: Device, phone: BrowserContext
) -> None:
    sheet.sees(NONE_YET)
    sheet.sees_no("Er telefonen og maskina på same Wi-Fi?")
    words = sheet.page.get_by_text("Er telefonen og maskina på same Wi-Fi?")
    words.wait_for(timeout=WAIT)  # after a while

    here = Device(stage.browser, (1440, 900), stage.server.url)
    here.open("/hello")
    here.sees("Telefonen når møtet.")
    sheet.sees("Sida blei opna på denne maskina")  # which proves nothing
    sheet.sees_no(NONE_YET)
    here.close()

    page = phone.new_page()
    page.goto(f"{stage.server.url}/hello")
    page.get_by_text("Telefonen når mötet. Du kan stänga sidan.").wait_for()
    sheet.sees("Ein telefon nådde fram")
    sheet.sees("(frå 192.168.1.23).")
    sheet.sees("Alt er klart til møtet.")
    assert sheet.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_that_gets_only_the_page_is_half_the_way(
    stage: Stage, sheet: Device, phone: BrowserContext
) -> None:
    phone.route("**/_nicegui_ws/**", lambda route: route.abort())
    page = phone.new_page()
    page.route_web_socket("**/_nicegui_ws/**", lambda socket: socket.close())
    page.goto(f"{stage.server.url}/hello")
    page.get_by_text("Försöker nå mötet …").wait_for()
    words = sheet.page.get_by_text("men fekk ikkje samband.")
    words.wait_for(timeout=WAIT)
    assert not page.get_by_text("Telefonen når mötet.").is_visible()


def test_the_browser_says_of_itself_what_only_it_knows(stage: Stage, sheet: Device) -> None:
    sheet.sees("Nettlesaren er ny nok.")
    sheet.sees("Vindauget er stort nok til romskjermen (1280 × 720).")
    sheet.sees("Sambandet til programmet verkar.")
    sheet.page.set_viewport_size({"width": 800, "height": 600})
    sheet.sees("Vindauget er lite til ein romskjerm (800 × 600).")


def opened(stage: Stage, *scripts: str, **options: Any) -> Page:
    """The points in a browser that is otherwise than most."""
    context = stage.browser.new_context(locale="nn-NO", **options)
    for script in scripts:
        context.add_init_script(script)
    page = context.new_page()
    page.goto(stage.server.leader_url)
    page.goto(f"{stage.server.url}/check")
    return page


def test_an_old_browser_is_told_so(stage: Stage) -> None:
    page = opened(stage, "CSS.supports = () => false")
    page.get_by_text("Nettlesaren er for gamal.").wait_for()
    page.get_by_text("Oppdater han").wait_for()


# As where something on the way refuses: it fails, soon after it has been asked for.
STOPPED = """
window.WebSocket = class {
  constructor() { setTimeout(() => this.fail(), 10); }
  fail() { this.onerror?.(new Event("error")); this.onclose?.({ code: 1006 }); }
  close() {}
  send() {}
};
"""


def test_where_sockets_are_stopped_it_goes_without_and_says_so(stage: Stage) -> None:
    page = opened(stage, STOPPED)
    page.get_by_text("Noko på vegen stoppar WebSocket.").wait_for(timeout=WAIT)


def test_a_slow_way_is_told_in_milliseconds(stage: Stage) -> None:
    def late(route: Route) -> None:
        sleep(0.4)
        route.continue_()

    page = opened(stage)
    page.route("**/hello/ping", late)
    page.reload()
    page.get_by_text("Sambandet til programmet er tregt. Eit svar tek").wait_for(timeout=WAIT)


def test_on_a_phone_nothing_is_said_of_room_screens(stage: Stage) -> None:
    small = {"width": 390, "height": 844}
    page = opened(stage, viewport=small, has_touch=True, is_mobile=True)
    page.get_by_text("Sambandet til programmet").wait_for()
    assert not page.get_by_text("romskjerm").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_the_page_says_what_it_needs(stage: Stage) -> None:
    page = opened(stage, java_script_enabled=False)
    said = page.locator("noscript p")
    assert (said.bounding_box() or {})["height"] > 0
    assert (said.text_content() or "").startswith("Denne sida treng JavaScript.")
    assert page.locator("#esm-fallback").bounding_box() is None
