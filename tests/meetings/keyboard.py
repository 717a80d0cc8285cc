"""A person who uses the keyboard alone: what has the focus, is it seen, how far away is what."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from .stage import PATIENCE

TWICE = 450  # milliseconds: a double press within 400 counts as one, and a person is slower
ACTING = ("Enter", "PageDown", "v", "x")  # and the others move, open, fold or type
FAR = 40  # Tabs after which one gives up

# What has the focus: its name, what it is, and whether one sees that it has the focus.
HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const said = (part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll('[aria-hidden=true], select').forEach((sign) => sign.remove());
    return copy.textContent.replace(/\\s+/g, ' ').trim();
  };
  const drawn = getComputedStyle(one).opacity === '0' ? one.nextElementSibling : one;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(drawn);
  const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  const kind = one.matches('.opener') ? 'opener' : one.matches('input') ? one.type : one.localName;
  return {
    name: one.getAttribute('aria-label') || said(one.labels?.[0] || one), kind,
    seen: ring || boxShadow !== 'none',
  };
}"""


class Keyboard:
    """`seen` are the kinds of controls that showed the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: set[str] = set()
        self._pressed = 0.0

    def press(self, *keys: str) -> None:
        """One after the other; what acts on the meeting as slowly as a person."""
        for key in keys:
            acts = key in ACTING
            since = 1000 * (time.monotonic() - self._pressed)
            self.page.wait_for_timeout(max(0, TWICE - since) if acts else 0)
            self.page.keyboard.press(key)
            self._pressed = time.monotonic() if acts else self._pressed

    def rests(self) -> None:
        """As long as a person does between two presses."""
        self.page.wait_for_timeout(TWICE)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def to(self, name: str, most: int = FAR, begins: bool = False) -> None:
        """Tab until this has the focus. Whatever is passed has a name, and shows its focus."""
        passed: list[str] = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            here = self._looks()
            if here and (here == name or (begins and here.startswith(name))):
                return
            passed.append(here)
        raise AssertionError(f"“{name}” is not within {most} Tabs: {passed}")

    def does(self, name: str, most: int = FAR, key: str = "Enter", begins: bool = False) -> None:
        self.to(name, most, begins)
        self.press(key)
        self.keeps()

    def leaves(self, name: str, where: str, most: int = FAR, begins: bool = False) -> None:
        """By this one comes to another page."""
        self.to(name, most, begins)
        self.press("Enter")
        self.page.wait_for_url(where)

    def opens(self, key: str, field: str) -> None:
        """A key that opens a form, and its first field has the focus."""
        self.press(key)
        self.is_at(field)

    def sends(self, key: str = "Enter", back_at: str = "") -> None:
        """The form is sent; folded again, it gives the focus back to its button."""
        self.press(key)
        if back_at:
            self.is_at(back_at)
        self.keeps()

    def is_at(self, name: str) -> None:
        for _ in self._waiting():
            if (self.page.evaluate(HERE) or {}).get("name") == name:
                break
        here = self._looks()
        assert here == name, f"“{here}” has the focus, not “{name}”"

    def keeps(self) -> None:
        """The focus has not been lost: Tab would start anew at the top."""
        for _ in self._waiting():
            if self.page.evaluate(HERE) is not None:
                return
        raise AssertionError("the focus is lost")

    def answers(self, question: str | re.Pattern[str], *keys: str) -> None:
        """A question lies over the screen; afterwards the focus is where it was."""
        dialog = self.page.locator("dialog")
        expect(dialog).to_contain_text(question, timeout=PATIENCE)
        self.press(*keys)
        expect(dialog).to_have_count(0, timeout=PATIENCE)
        self.keeps()

    def _waiting(self) -> Iterator[None]:
        """No function may be given to the page to wait for: its policy forbids that."""
        until = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < until:
            yield
            self.page.wait_for_timeout(50)

    def _looks(self) -> str:
        here: Any = self.page.evaluate(HERE)
        if here is None:
            return ""
        assert here["name"], f"a {here['kind']} without a name"
        if here["kind"] != "h1":
            assert here["seen"], f"nobody sees that {here} has the focus"
            self.seen.add(here["kind"])
        return str(here["name"])
