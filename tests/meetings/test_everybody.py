"""Nothing keeps anybody out: axe-core, contrast, targets, overflow on every state and every page.

Here each is looked at once, in a language, tone, size and mood dealt to it; `make access` does all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import sync_playwright

from facilitator.core.text import LANGS
from tests.access import Audit
from tests.everybody import (
    MOODS,
    SIZES,
    TONES,
    Everybody,
    Told,
    View,
    all_told,
    dealt,
    dealt_pages,
    look_at,
    look_at_pages,
)
from tests.server import Server

from .stage import open_browser

BROKEN = """() => {
  const add = (html) => document.querySelector('main').insertAdjacentHTML('afterbegin', html);
  add('<input>');
  add('<img src="/assets/icon.svg">');
  add('<p style="color: #999">bleik</p>');
  add('<div style="width: 300vw; text-align: right">brei</div>');
}"""


@pytest.fixture(scope="module")
def told() -> Told:
    return all_told()


@pytest.fixture(scope="module")
def everybody(told: Told, app_server: Server) -> Iterator[Everybody]:
    """After the rehearsals, which want an event loop of their own."""
    with sync_playwright() as playwright:
        browser = open_browser(playwright)
        yield Everybody(browser, app_server)
        browser.close()


def test_no_state_of_a_rehearsal_keeps_anybody_out(everybody: Everybody, told: Told) -> None:
    audit = Audit()
    look_at(dealt(told), everybody, audit)
    assert not audit.wrong, "\n".join(audit.wrong)
    assert audit.views == 3 * len(told["nn"])


def test_no_other_page_keeps_anybody_out(everybody: Everybody) -> None:
    audit = Audit()
    look_at_pages(dealt_pages(), everybody, audit)
    assert not audit.wrong, "\n".join(audit.wrong)


def test_every_state_language_tone_size_and_mood_has_its_turn(told: Told) -> None:
    views = [*dealt(told)]
    for screen, sizes in SIZES.items():
        its = [view for view in views if view.screen == screen]
        assert {view.state.name for view in its} == {state.name for state in told["nn"]}
        met = {(view.size, view.tone, view.lang) for view in its}
        assert met == {*product(sizes, TONES, LANGS)}
        assert {view.mood for view in its} == {"", *MOODS[screen]}
    assert len({view.who for view in views if view.screen == "phone"}) > 5


def test_the_states_are_those_that_rehearse_lists(told: Told) -> None:
    """With two real phones; in each language the same."""
    names = [state.name for state in told["nn"]]
    assert len(names) == 46
    assert all([state.name for state in told[lang]] == names for lang in LANGS)


def test_what_keeps_people_out_is_found(everybody: Everybody, told: Told) -> None:
    view = View(told["nn"][2], "lead", "nn", "light", (1440, 900))
    page, audit = everybody.show(view), Audit()
    page.evaluate(BROKEN)
    audit.look(page, "lead", state="broken")
    for words in ("axe label", "axe image-alt", "axe color-contrast", "contrast 2", "cut: “brei”"):
        assert any(words in wrong for wrong in audit.wrong), words
    page.reload()
