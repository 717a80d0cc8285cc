"""What a screen reader is given to read aloud by itself, in its order."""

from __future__ import annotations

import time

from playwright.sync_api import Page

from .stage import PATIENCE

# A region that comes with words in it may not be read, unless it is an alert: it is marked as such.
LISTEN = """() => {
  const regions = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]';
  const heard = (window.heard = []);
  const before = new WeakMap();
  const isList = (region) => region.matches('div:not([role])'); // of which only the new is read
  const said = (region) => {
    const copy = region.cloneNode(true);
    copy.querySelectorAll('button').forEach((one) => one.remove());
    return copy.textContent.replace(/\\s+/g, ' ').trim();
  };
  const note = (region, words) => {
    const how = region.getAttribute('aria-live') || region.getAttribute('role');
    if (words && (isList(region) || before.get(region) !== words)) heard.push([how, words]);
    before.set(region, words);
  };
  const added = (node, into) => {
    const within = into.closest?.(regions);
    if (within) return note(within, isList(within) ? said(node) : said(within));
    for (const born of node.querySelectorAll ? [node, ...node.querySelectorAll('*')] : [])
      if (born.matches(regions) && said(born))
        heard.push([born.matches('[role=alert]') ? 'alert' : 'unread', said(born)]);
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      const within = type === 'characterData' && target.parentElement?.closest(regions);
      if (type === 'childList') addedNodes.forEach((node) => added(node, target));
      else if (within) note(within, said(within));
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


class Reader:
    """A screen reader beside one page. What it has heard is forgotten once it is asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.evaluate(LISTEN)

    def hears(self, *words: str) -> None:
        """These, in this order, each once, and nothing else."""
        until = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < until and len(self._heard()) < len(words):
            self.page.wait_for_timeout(50)
        self.page.wait_for_timeout(400)  # and nothing more
        assert [said for _, said in self._heard()] == list(words), self._heard()
        assert not [said for how, said in self._heard() if how == "unread"]
        self.page.evaluate("() => (window.heard.length = 0)")

    def _heard(self) -> list[list[str]]:
        heard: list[list[str]] = self.page.evaluate("() => window.heard")
        return heard
