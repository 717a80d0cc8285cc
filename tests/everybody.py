"""Every state of a rehearsal on every screen: five languages, day and night, small and zoomed.

`make access` walks through all of it and writes build/access.json; the tests deal the languages,
tones and sizes round, so that each state is looked at once and each of them many times.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from facilitator import screens
from facilitator.audience import words
from facilitator.core.frame.parts import Around, Door
from facilitator.core.text import LANGS, Lang
from facilitator.screens import SCREENS, ScreenName
from facilitator.wire import picture

from .access import Audit, merged
from .kept import keep
from .meetings.stage import open_browser
from .rehearsed import State, states
from .server import Server, free_port

TONES = ("light", "dark")
# Half of a 1920×1080, a 1440×900 and a 640×… screen is what 200 % zoom leaves of it.
SIZES: dict[ScreenName, tuple[tuple[int, int], ...]] = {
    "room": ((1920, 1080), (1024, 768), (960, 540)),
    "lead": ((1440, 900), (720, 450), (390, 844), (320, 640)),
    "phone": ((390, 844), (320, 640)),
}
LATER = (0.0, 75.0, 300.0)  # seconds after the state began: running, soon, up
# What may lie over a state: everything opened, a question, the help, a refusal, no network, forms
# that lack something.
MOODS: dict[ScreenName, tuple[str, ...]] = {
    "room": ("asked", "help", "refused", "lost"),
    "lead": ("opened", "asked", "help", "refused", "lost", "missing"),
    "phone": ("opened", "asked", "refused", "lost", "missing"),
}
SETTLED = "() => new Promise((done) => setTimeout(done, 60))"
PLAN = {"recipe": "short", "name": "Teamtid", "question": "Kva?", "leader": "Kari", "lang": "nn"}
PAGE_SIZES = ((1280, 800), (640, 400), (320, 640))
# By the browser of a stranger, and of a leader; CODE and ID are those of a meeting that runs.
PAGES = ("/", "/hello", "/j/WRONG1", "/nowhere", "/room", "/j/CODE", "/lead/ID", "/leads/used")
LEADERS_PAGES = (
    "/",
    "/check",
    "/new",
    "/new?recipe=bti-system",
    "/new/again",
    "/lead/ID/phone",
    "/lead/ID",
)


@dataclass(frozen=True)
class View:
    """`who` is whose phone it is, `later` how many seconds after the state began."""

    state: State
    screen: ScreenName
    lang: Lang
    tone: str
    size: tuple[int, int]
    later: float = 0.0
    who: str = ""
    mood: str = ""


Told = dict[Lang, list[State]]


def all_told() -> Told:
    return {lang: asyncio.run(states(lang)) for lang in LANGS}


def every_view(told: Told) -> Iterator[View]:
    """All there is, and then every mood of every state, by day and by night."""
    for lang, passed in told.items():
        for number, state in enumerate(passed):
            for screen in SCREENS:
                people = state.people() if screen == "phone" else ("",)
                for who, size, tone in product(people, SIZES[screen], TONES):
                    yield View(state, screen, lang, tone, size, _later(number), who)
    for first, screen in enumerate(SCREENS):
        for number, (mood, tone) in enumerate(product(MOODS[screen], TONES), first):
            yield from _dealt(told, screen, number, (mood,), (tone,))


def dealt(told: Told) -> Iterator[View]:
    """Each state once on each screen; all languages, tones, sizes and moods have their turn."""
    for number, screen in enumerate(SCREENS):
        yield from _dealt(told, screen, number, ("", *MOODS[screen]), TONES)


@dataclass(frozen=True)
class Plain:
    """A page of no meeting's screens, or a door."""

    path: str
    leads: bool
    lang: Lang
    tone: str
    size: tuple[int, int]


def every_page() -> Iterator[Plain]:
    for leads, paths in ((False, PAGES), (True, LEADERS_PAGES)):
        for lang, tone, path, size in product(LANGS, TONES, paths, PAGE_SIZES):
            yield Plain(path, leads, lang, tone, size)


def dealt_pages() -> Iterator[Plain]:
    """Each page once, and each combination of tone and size twice."""
    pages = [(False, path) for path in PAGES] + [(True, path) for path in LEADERS_PAGES]
    for number, (leads, path) in enumerate(pages):
        size, tone = [*product(PAGE_SIZES, TONES)][number % 6]
        yield Plain(path, leads, LANGS[number % len(LANGS)], tone, size)


def _dealt(
    told: Told, screen: ScreenName, first: int, moods: tuple[str, ...], tones: tuple[str, ...]
) -> Iterator[View]:
    """Languages, tones and sizes meet each other; what else there is goes its own round."""
    combinations = [*product(SIZES[screen], tones, LANGS)]
    for number, name in enumerate(state.name for state in told[LANGS[0]]):
        size, tone, lang = combinations[(first + number) % len(combinations)]
        state = next(one for one in told[lang] if one.name == name)
        people = state.people()
        who = people[number % len(people)] if screen == "phone" else ""
        mood = moods[(first + number) % len(moods)]
        yield View(state, screen, lang, tone, size, _later(number), who, mood)


def _later(number: int) -> float:
    return LATER[number % len(LATER)]


class Everybody:
    """A page for each screen, handed the pictures that the server would send."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser, self._url, self._leader_url = browser, server.url, server.leader_url
        self._pages: dict[tuple[ScreenName, str], Page] = {}
        self._visitors: dict[tuple[bool, Lang, str], Page] = {}
        # With two pixels for one, half a screen is what a zoom of 200 % makes of the whole.
        context = browser.new_context(device_scale_factor=2, reduced_motion="reduce")
        context.new_page().goto(self._leader_url)
        made = context.request.post(f"{self._url}/new", form=PLAN, max_redirects=0)
        self._meeting = made.headers["location"].rpartition("/")[2]
        self._pages |= dict.fromkeys((("lead", tone) for tone in TONES), context.new_page())
        self._sits(self._pages["lead", "light"], f"/lead/{self._meeting}")
        for tone in TONES:
            self._pages["room", tone] = context.new_page()
            self._room(self._pages["room", tone], "?dark=1" if tone == "dark" else "")
        letters = self._pages["room", "light"].locator(".letters b").first
        self._code = letters.inner_text().replace(" ", "")
        self._pages |= dict.fromkeys((("phone", tone) for tone in TONES), context.new_page())
        self._sits(self._pages["phone", "light"], f"/j/{self._code}")

    def _room(self, page: Page, night: str) -> None:
        self._sits(page, f"/room/{self._meeting}{night}")

    def _sits(self, page: Page, path: str) -> None:
        page.goto(self._url + path)
        page.locator(".screen[data-live=true]").wait_for()

    def show(self, view: View) -> Page:
        page = self._pages[view.screen, view.tone]
        width, height = view.size
        if page.viewport_size != {"width": width, "height": height}:
            page.set_viewport_size({"width": width, "height": height})
        if view.screen != "room":
            page.emulate_media(color_scheme=view.tone)
        page.evaluate(HAND_OVER, [self._snap(view), view.mood])
        return page

    def visit(self, plain: Plain) -> Page:
        page = self._visitor(plain.leads, plain.lang, plain.tone)
        width, height = plain.size
        page.set_viewport_size({"width": width, "height": height})
        path = plain.path.replace("CODE", self._code).replace("ID", self._meeting)
        page.goto(self._url + path)
        page.locator("main").wait_for()
        page.evaluate(SETTLED)
        return page

    def _visitor(self, leads: bool, lang: Lang, tone: str) -> Page:
        """A leader's browser has the room screen open, and a form that was sent half filled in."""
        if (leads, lang, tone) not in self._visitors:
            context = self._browser.new_context(
                device_scale_factor=2, reduced_motion="reduce", locale=lang, color_scheme=tone
            )
            if leads:
                context.new_page().goto(self._leader_url)
                self._room(context.new_page(), "")
                context.request.post(f"{self._url}/new", form={**PLAN, "people": "many"})
            self._visitors[leads, lang, tone] = context.new_page()
        return self._visitors[leads, lang, tone]

    def _snap(self, view: View) -> dict[str, Any]:
        m, screen, lang = view.state.meeting, view.screen, view.lang
        around = Around(
            Door("K7P 3QX", f"/qr/{self._code}.svg", "192.168.1.20:8080"),
            room="/room/1",
            papers="/papers/1",
            phone="/lead/1/phone",
            lead="/lead/1",
        )
        inside = screen != "phone" or view.who in {p.id for p in m.here}
        shared = screens.shared(m, screen, around) if inside else screens.door(m)
        own = screens.own(m, screen, m.leader if screen == "room" else view.who, around.lead)
        return {
            "v": 1,
            "now": view.state.at + view.later,
            "place": m.place,
            "lang": lang,
            "me": view.who or None,
            "name": m.name(view.who),
            "blocks": picture({**shared, **own}, lang),
            "keys": list(shared),
            "own": list(own),
            "words": words(lang),
            "held": False,
            "stored": m.n,
        }


def main() -> None:
    parser = argparse.ArgumentParser("python -m tests.everybody")
    parser.add_argument("--every", type=int, default=1, help="look at one view of so many")
    every, hands = parser.parse_args().every, os.cpu_count() or 1
    with ProcessPoolExecutor(hands) as pool:
        parts = [slice(every * hand, None, every * hands) for hand in range(hands)]
        audit = merged(pool.map(_look_at, parts))
    keep("access", audit.figures)
    print(*audit.wrong, audit.figures["ours"], sep="\n")
    sys.exit(bool(audit.wrong))


def _look_at(part: slice) -> Audit:
    """A browser and a server of its own for this part of all there is to look at."""
    audit, told = Audit(), all_told()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, browser = Server(Path(folder) / "data", free_port()), open_browser(playwright)
        server.start()
        try:
            everybody = Everybody(browser, server)
            look_at_pages([*every_page()][part], everybody, audit)
            look_at([*every_view(told)][part], everybody, audit)
        finally:
            browser.close()
            server.stop()
    return audit


def look_at(views: Iterable[View], everybody: Everybody, audit: Audit) -> None:
    for view in views:
        page = everybody.show(view)
        width, height = view.size
        audit.look(
            page,
            view.screen,
            state=view.state.name,
            lang=view.lang,
            tone=view.tone,
            size=f"{width}×{height}",
            mood=view.mood or "plain",
            later=f"{view.later:.0f} s",
        )


def look_at_pages(pages: Iterable[Plain], everybody: Everybody, audit: Audit) -> None:
    for plain in pages:
        page = everybody.visit(plain)
        width, height = plain.size
        who = "leader" if plain.leads else "stranger"
        audit.look(
            page,
            "page",
            address=f"{plain.path} of a {who}",
            lang=plain.lang,
            tone=plain.tone,
            size=f"{width}×{height}",
        )


HAND_OVER = """async ([snap, mood]) => {
  const screen = Object.values(mounted_app.$refs).flat().find((one) => one?.snap);
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const stale = () => screen.narrow !== screen.small.matches;
  for (let tries = 0; stale() && tries < 300; tries++) await pause(20); // a busy browser tells late
  for (const event of ['snap', 'patch', 'gone', 'disconnect', 'connect']) screen.sock.off(event);
  Object.assign(screen, { fresh: false, blocks: {}, drafts: {}, kept: {}, queue: [] });
  Object.assign(screen, { asking: null, local: '', refusal: '', away: false, live: true });
  await screen.$nextTick(); // nothing stays open from what was shown before
  screen.snap(snap);
  await screen.$nextTick();
  const all = (css) => screen.$el.querySelectorAll(css);
  const press = (css) => all(css).forEach((one) => one.click());
  if (mood === 'asked') screen.asking = { sure: screen.words.retry, verb: '', args: {} };
  if (mood === 'help') screen.local = 'help';
  if (mood === 'refused') screen.refusal = screen.words.retry;
  if (mood === 'lost') Object.assign(screen, { live: false, since: 0, away: true });
  if (mood === 'opened' || mood === 'missing') {
    press('details:not([open]) > summary, .opener[aria-expanded=false]');
    press('.folded');
    await screen.$nextTick();
  }
  if (mood === 'missing') all('form').forEach((one) => one.requestSubmit());
  await pause(60);
}"""


if __name__ == "__main__":
    main()
