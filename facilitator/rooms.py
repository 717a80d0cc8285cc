"""Paired room screens: how a browser becomes one, and which meeting it shows.

Who opens `/room` shows a code. Once the leader has typed it, the browser stays a room screen.
It shows its meeting until that is closed, then its result for a while, then whatever begins next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal, Protocol

import socketio

from facilitator.core.code import tidy
from facilitator.core.meeting import refuse
from facilitator.core.text import LANGS, Lang

from .archive import Conflict, NotStored
from .audience import Audience, Seat
from .brakes import Brake
from .hall import Hall
from .house import House
from .line import Line
from .paired import Room

VERBS = ("pair", "show_here", "unpair")  # asked of the channel: no meeting's log knows of screens
STAYS = 900.0  # seconds that a closed meeting's result stays
EVERY = 20.0  # seconds between looks at what time has changed
TRIES = 5  # wrong codes in SLOW seconds, for each meeting
SLOW = 60.0
STRANGERS = 200  # browsers that wait to be paired


class Watching(Protocol):
    """A meeting's audience, or the hall."""

    def seat(self, seat: Seat) -> None: ...
    def unseat(self, sid: str) -> None: ...
    def release(self, sid: str) -> None: ...
    def resend(self, sid: str) -> None: ...
    def speak(self, sid: str, lang: Lang) -> None: ...


class Rooms:
    """The room screens that follow the house. `at` is the channel's: where each socket sits."""

    def __init__(
        self,
        sio: socketio.AsyncServer,
        house: House,
        at: dict[str, tuple[str, Seat]],
        audiences: dict[str, Watching],
    ) -> None:
        self._house, self._at, self._audiences = house, at, audiences
        self._follows: dict[str, tuple[str, Lang]] = {}  # socket -> browser, its language
        self._hall = audiences[""] = Hall(sio, house, lambda sid: self._room(sid) is not None)
        self._wrong = Brake(TRIES, SLOW, house.now)
        self._used: dict[str, str] = {}  # code -> meeting: an answer may be lost and asked again
        self._timer: asyncio.TimerHandle | None = None
        house.relisted.append(self._follow_soon)

    # Coming and going

    def admit(
        self, sid: str, line: Line, session: Mapping[str, Any], lang: Any
    ) -> tuple[Seat, str]:
        """Any browser may come; without being paired it sees nothing but its code."""
        browser = self._house.browser(session["id"])
        if self._house.paired.get(browser) is None and self._strangers() >= STRANGERS:
            raise socketio.exceptions.ConnectionRefusedError("not here")
        self._follows[sid] = browser, lang if lang in LANGS else LANGS[0]
        meeting = self._place(sid)
        return self._seat(sid, line, meeting), meeting

    def holds(self, sid: str) -> bool:
        """Whether this socket's screen follows the house, rather than one meeting."""
        return sid in self._follows

    def enter(self, sid: str) -> None:
        meeting, seat = self._at[sid]
        self._audiences[meeting].seat(seat)
        self._tick()
        self.follow()

    def leave(self, sid: str) -> None:
        if self._follows.pop(sid, None):
            self._tell_leaders()

    def follow(self) -> None:
        """Every screen to where it belongs now."""
        self._go_over()
        for sid in tuple(self._follows):
            self._move(sid)
        self._hall.refresh()
        self._tell_leaders()

    def leads(self, meeting: str) -> None:
        """A leader's view is opened: nothing of a meeting that was closed before is left."""
        opened = self._house.listing(meeting)
        if opened is None or opened.state == "done":
            return
        for room in self._house.paired:
            if room.meeting not in ("", meeting) and self._is_over(room):
                closed = self._house.listing(room.meeting)
                since = closed.since if closed else room.since
                with suppress(NotStored, Conflict):
                    self._house.paired.keep(replace(room, meeting="", since=since))
        self._follow_soon()

    # What a leader asks for

    def arrange(self, meeting: str, seat: Seat, verb: str, args: Mapping[str, Any]) -> None:
        """Pair a screen, show the meeting on it, let it go. Raises Refused."""
        if seat.screen != "lead":
            refuse("leader_only")
        m = self._house.live(meeting).decided
        m.running()
        m.lead(seat.person(m))
        try:
            match verb, dict(args):
                case "pair", {"code": str(code), "keys": "yes" | "no" as keys, **rest} if not rest:
                    self._pair(meeting, code, keys == "yes")
                case "show_here", {**rest} if not rest:
                    self._show_here(meeting)
                case "unpair", {**rest} if not rest:
                    self._unpair(meeting)
                case _:
                    refuse("malformed")
        except (NotStored, Conflict):
            refuse("not_stored")
        self.follow()

    def _pair(self, meeting: str, code: str, keys: bool) -> None:
        now, typed = self._house.now(), tidy(code)
        if self._wrong.holds(meeting):
            refuse("wait")
        sid = self._hall.take(typed)
        if sid is not None:
            self._used[typed] = meeting
            self._house.paired.keep(Room(self._follows[sid][0], meeting, keys, now))
        elif self._used.get(typed) != meeting:
            self._wrong.count(meeting)
            refuse("pair_code")

    def _show_here(self, meeting: str) -> None:
        rooms = self._elsewhere(meeting)
        if len(rooms) != 1:
            refuse("no_screen")
        self._house.paired.keep(replace(rooms[0], meeting=meeting, since=self._house.now()))

    def _unpair(self, meeting: str) -> None:
        for room in self._house.paired:
            if room.meeting == meeting:
                self._house.paired.forget(room.id)

    # Where a screen belongs

    def _place(self, sid: str) -> str:
        """The meeting it shows; the hall is "". Worked out anew from what is stored."""
        room = self._room(sid)
        listing = self._house.listing(room.meeting) if room else None
        if listing is None:
            return ""
        gone = listing.state == "done" and self._house.now() >= listing.since + STAYS
        return "" if gone or self._house.find(listing.id) is None else listing.id

    def _go_over(self) -> None:
        """To what has begun since, when there is no doubt which screen is meant."""
        free = [room for room in self._present() if self._is_over(room)]
        if len(free) != 1:
            return
        [room] = free
        closed = self._house.listing(room.meeting)
        since = closed.since if closed else room.since
        shown = {other.meeting for other in self._house.paired}
        begun = [m for m in self._house.running() if m.since >= since and m.id not in shown]
        if begun:
            newest = max(begun, key=lambda m: m.since)
            with suppress(NotStored, Conflict):
                self._house.paired.keep(replace(room, meeting=newest.id, since=newest.since))

    def _follow_soon(self) -> None:
        asyncio.get_running_loop().call_soon(self.follow)

    def _move(self, sid: str) -> None:
        if sid not in self._at:
            return
        meeting, seat = self._at[sid]
        to = self._place(sid)
        fresh = self._seat(sid, seat.line, to)
        if (to, fresh.steers) == (meeting, seat.steers):
            return
        self._at[sid] = (to, fresh)
        self._audiences[meeting].release(sid)
        self._audiences[to].seat(fresh)

    def _seat(self, sid: str, line: Line, meeting: str) -> Seat:
        """Without leave to steer by its keys a screen is nobody."""
        lang, keys = self._follows[sid][1], False
        if meeting and (room := self._room(sid)):
            lang, keys = self._house.live(meeting).meeting.lang, room.keys
        device = self._follows[sid][0] if keys else ""
        return Seat(sid, line, "room", lang, device, ("room", lang), marked=keys)

    def _room(self, sid: str) -> Room | None:
        follows = self._follows.get(sid)
        return self._house.paired.get(follows[0]) if follows else None

    def _strangers(self) -> int:
        return sum(self._house.paired.get(browser) is None for browser, _ in self._follows.values())

    def _present(self) -> list[Room]:
        """The paired screens that are switched on."""
        rooms = (self._room(sid) for sid in self._follows)
        return list({room.id: room for room in rooms if room}.values())

    def _is_over(self, room: Room) -> bool:
        listing = self._house.listing(room.meeting)
        return listing is None or listing.state == "done" or self._house.find(listing.id) is None

    def _elsewhere(self, meeting: str) -> list[Room]:
        """Who could show this meeting too: rather those that show none that goes on."""
        others = [room for room in self._present() if room.meeting != meeting]
        return [room for room in others if self._is_over(room)] or others

    def _tell_leaders(self) -> None:
        for meeting, audience in tuple(self._audiences.items()):
            if isinstance(audience, Audience):
                shown = sum(self._at[sid][0] == meeting for sid in self._follows if sid in self._at)
                audience.surround(screens=shown, elsewhere=self._could_show(meeting))

    def _could_show(self, meeting: str) -> Literal["", "idle", "busy"]:
        rooms = self._elsewhere(meeting)
        if len(rooms) != 1:
            return ""
        return "idle" if self._is_over(rooms[0]) else "busy"

    def _tick(self) -> None:
        """Time alone changes what waits: codes grow old, results go, the next meeting is near."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(EVERY, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._follows:
            self._tick()
            self.follow()
