"""What keeps somebody from using a page: axe-core, and what it cannot see.

axe-core is the script that `axe-playwright-python` brings; of that package nothing else is used.
It runs by the browser's own hand, so that the page keeps its policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from .server import ROOT

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
CUT = (ROOT / "tests" / "cut.js").read_text(encoding="utf-8")
LOOKING = (ROOT / "tests" / "looking.js").read_text(encoding="utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
ON = ("target-size",)  # of WCAG 2.2, and off unless asked for
ON_THE_WALL = ("color-contrast-enhanced",)  # 7:1, which the rules ask of the room screen
LEAST = {"room": 7.0, "phone": 4.5, "lead": 4.5, "page": 4.5}  # contrast of text
TARGET = {"phone": 48, "lead": 24, "page": 48}  # pixels


RUN = """([tags, on]) => axe.run(document, {
  runOnly: {type: 'tag', values: tags},
  rules: Object.fromEntries(on.map((rule) => [rule, {enabled: true}])),
  resultTypes: ['violations'],
})"""


# What lies half under the foot that stays in view is scrolled out from under it.
IS_LARGE = """(where) => {
  const {width, height} = document.querySelector(where).getBoundingClientRect();
  return Math.min(width, height) >= 24;
}"""


@dataclass
class Audit:
    """`seen` counts views by what they were: states, languages, sizes …"""

    wrong: list[str] = field(default_factory=list)
    unsure: Counter[str] = field(default_factory=Counter)
    seen: dict[str, Counter[str]] = field(default_factory=dict)
    views: int = 0

    def look(self, page: Page, screen: str, **what: str) -> None:
        """`screen` is room, phone, lead or page; `what` names the view."""
        self.views += 1
        for sort, name in {"screen": screen, **what}.items():
            self.seen.setdefault(sort, Counter())[name] += 1
        where = ", ".join((screen, *what.values()))
        self.wrong += [f"{where}: {words}" for words in self._found(page, screen)]

    @property
    def figures(self) -> dict[str, Any]:
        """As they are kept."""
        version = AXE[:20].partition("axe ")[2].split()[0]
        kinds = ", ".join(f"{len(names)} by {sort}" for sort, names in self.seen.items())
        return {
            "name": "views",
            "what": f"axe-core {version}, contrast, targets, overflow",
            "ours": f"{self.views} views ({kinds}), {len(self.wrong)} findings",
            "bar": "0 findings",
            "holds": not self.wrong,
            "seen": {sort: dict(names) for sort, names in self.seen.items()},
            "unsure": dict(self.unsure),
            "wrong": self.wrong,
        }

    def take(self, other: Audit) -> None:
        """What another one saw, too."""
        self.wrong += other.wrong
        self.unsure.update(other.unsure)
        self.views += other.views
        for sort, names in other.seen.items():
            self.seen.setdefault(sort, Counter()).update(names)

    def _found(self, page: Page, screen: str) -> Iterator[str]:
        yield from self._by_axe(page, screen)
        found: dict[str, Any] = page.evaluate(LOOKING)
        text, target = found["contrast"], found["target"]
        if text and text["contrast"] < LEAST[screen] - 0.005:
            yield f"contrast {text['contrast']:.2f}: {text['what']}"
        if screen in TARGET and target and target["size"] < TARGET[screen] - 0.1:
            yield f"target of {target['size']:.0f} px: {target['what']}"
        if found["sideways"]:
            yield "scrolls sideways"
        if screen == "room":
            yield from (f"cut: {what}" for what in found["cut"])
            if found["scrolls"]:
                yield "does not fit the screen"
        yield from (f"cut: {what}" for what in page.evaluate(CUT))

    def _by_axe(self, page: Page, screen: str) -> Iterator[str]:
        if not page.evaluate("() => Boolean(window.axe)"):
            page.evaluate(AXE)
        on = [*ON, *(ON_THE_WALL if screen == "room" else ())]
        found = page.evaluate(RUN, [list(TAGS), on])
        self.unsure.update(rule["id"] for rule in found["incomplete"])
        for rule in found["violations"]:
            for node in rule["nodes"]:
                if rule["id"] == "target-size" and page.evaluate(IS_LARGE, node["target"][0]):
                    continue
                yield f"axe {rule['id']}: {rule['help']}: {node['html'][:160]}"


def merged(audits: Iterable[Audit]) -> Audit:
    all_of_it = Audit()
    for audit in audits:
        all_of_it.take(audit)
    return all_of_it
