"""Room screens without a meeting: each shows its code and, once paired, what comes next."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import socketio

from facilitator.core import blocks
from facilitator.core.code import ALPHABET, CODE_LENGTH, spaced, tidy
from facilitator.core.text import Lang, say

from .audience import Seat, words
from .dates import time_of_day
from .house import House, Listing
from .line import text_of
from .wire import picture

CODE_LASTS = 600.0  # seconds until a screen shows another code
AHEAD = 12 * 3600.0  # seconds before a meeting that it is said to be the next one
LATE = 3600.0  # seconds it may be late and still be the next one


@dataclass
class _Waiting:
    seat: Seat
    code: str
    since: float
    v: int = 0
    shown: blocks.Screen = field(default_factory=dict)


class Hall:
    """Where room screens wait. To the channel it is one more audience: that of no meeting."""

    def __init__(
        self, sio: socketio.AsyncServer, house: House, is_paired: Callable[[str], bool]
    ) -> None:
        self._sio, self._house, self._is_paired = sio, house, is_paired
        self._waiting: dict[str, _Waiting] = {}

    def seat(self, seat: Seat) -> None:
        self._waiting[seat.sid] = _Waiting(seat, self._free_code(), self._house.now())
        self.resend(seat.sid)

    def unseat(self, sid: str) -> None:
        self._waiting.pop(sid, None)

    release = unseat

    def resend(self, sid: str) -> None:
        if waiting := self._waiting.get(sid):
            waiting.shown = self._screen(waiting, self._next())
            self._snap(waiting)

    def speak(self, sid: str, lang: Lang) -> None:
        if waiting := self._waiting.get(sid):
            waiting.seat.lang = lang
            self.resend(sid)

    def refresh(self) -> None:
        """Codes that have been shown for long are changed; who shows something else is told."""
        coming = self._next()
        for waiting in tuple(self._waiting.values()):
            if self._house.now() >= waiting.since + CODE_LASTS:
                waiting.code, waiting.since = self._free_code(), self._house.now()
            screen = self._screen(waiting, coming)
            if screen != waiting.shown:
                waiting.shown = screen
                self._snap(waiting)

    def take(self, typed: str) -> str | None:
        """The screen that shows this code. A code is good for once."""
        for sid, waiting in self._waiting.items():
            fresh = self._house.now() < waiting.since + CODE_LASTS
            if fresh and waiting.code == tidy(typed):
                waiting.code, waiting.since = self._free_code(), self._house.now()
                return sid
        return None

    def _screen(self, waiting: _Waiting, coming: Listing | None) -> blocks.Screen:
        code, label = spaced(waiting.code), say("hall.code")
        if not self._is_paired(waiting.seat.sid):
            text = say("hall.pair", open=say("lead.pair_open"))
            return {"hall": blocks.Hall(say("hall.pair_title"), text, code, label)}
        title = say("hall.none")
        if coming:
            title = say("hall.next", what=self._called(coming, waiting.seat.lang))
        return {"hall": blocks.Hall(title, say("hall.waits"), code, label, paired=True)}

    def _called(self, coming: Listing, lang: Lang) -> str:
        if coming.when <= self._house.now():
            return coming.title
        time = time_of_day(datetime.fromtimestamp(coming.when), lang)
        return f"{coming.title} · {time}"

    def _next(self) -> Listing | None:
        now = self._house.now()
        soon = (
            m
            for m in self._house.meetings()
            if m.state == "planned" and -LATE <= m.when - now <= AHEAD
        )
        return min(soon, key=lambda m: m.when, default=None)

    def _snap(self, waiting: _Waiting) -> None:
        waiting.v += 1
        lang = waiting.seat.lang
        snap = {
            "v": waiting.v,
            "now": self._house.now(),
            "place": "",
            "lang": lang,
            "me": None,
            "name": "",
            "blocks": picture(waiting.shown, lang),
            "keys": list(waiting.shown),
            "own": [],
            "words": words(lang),
            "held": False,
            "stored": 0,
        }
        waiting.seat.line.tell(text_of(self._sio, "snap", snap))

    def _free_code(self) -> str:
        taken = {waiting.code for waiting in self._waiting.values()}
        while (code := "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))) in taken:
            pass
        return code
