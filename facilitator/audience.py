"""Everybody who watches one meeting, and what they have been told.

What is the same for all is sent once to everybody with the same screen and language; whose own
part changed gets both in one message. At most one message per flush and screen.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import cache
from operator import is_
from time import thread_time
from typing import Any, Literal

import socketio

from facilitator.core.blocks import Screen
from facilitator.core.frame.parts import Around
from facilitator.core.meeting import Meeting
from facilitator.core.text import LANGS, Lang

from . import screens
from .line import Line, text_of
from .live import Listener, Live
from .screens import ScreenName
from .texts import TEXTS, under
from .wire import Json, difference, picture
from .working import start

AFTER = 0.02  # seconds after the phones that the leader view hears
REST = 19  # times as long as drawing the leader view took, until it is drawn again
GRACE = 10.0  # seconds a phone may be gone before it is shown as away

RoomKey = tuple[Literal["room", "phone", "lead", "door"], Lang]


@dataclass
class Seat:
    """One connected screen. `device` is its browser's id in this meeting, "" of a mere screen.

    A screen of the house's own leader (`marked`) acts as whoever leads: it stands in the room, and
    the lead may go to somebody without a phone, or back, without anybody opening it anew.
    """

    sid: str
    line: Line
    screen: ScreenName
    lang: Lang
    device: str
    key: RoomKey
    marked: bool = False
    me: str = ""  # the person it was told it is
    own: Screen = field(default_factory=dict)
    rests: tuple[object, ...] = ()  # what the own part was made of

    def person(self, m: Meeting) -> str:
        """The id of its person, also before that person has joined."""
        return m.leader if self.marked else m.person(self.device) if self.device else ""

    def may_stay(self, m: Meeting) -> bool:
        """Room and leader view are for the house's leader, and for whoever leads this meeting."""
        mere = not self.device
        return self.screen == "phone" or mere or self.marked or m.holds(self.person(m), "leader")

    @property
    def steers(self) -> bool:
        """Whether it is somebody's, so that its keys may act for them."""
        return self.marked or bool(self.device)


@dataclass
class Shown:
    """What everybody with one screen and language has been told; `v` counts the messages."""

    screen: Screen
    place: str
    held: bool = False
    v: int = 1


class Audience(Listener):
    """Everybody who watches one meeting. Told by `Live` after each flush."""

    def __init__(self, sio: socketio.AsyncServer, meeting: str, live: Live, around: Around) -> None:
        self._sio, self._meeting, self._live, self._around = sio, meeting, live, around
        self._seats: dict[str, Seat] = {}
        self._shown: dict[RoomKey, Shown] = {}
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._away: set[str] = set()
        self._alone = True
        self._seated: tuple[object, ...] = ()  # who sits where was last seen to with these
        self._asked_for_leads = False
        self._leads_from = 0.0  # not before this, in the loop's time
        live.listeners.append(self)

    def tell_rooms(self, live: Live) -> None:
        for key in [key for key in self._shown if key[0] == "room"]:
            self._tell(key)

    def tell_others(self, live: Live) -> None:
        m = live.meeting
        people = (m.people, m.devices, m.roles)
        moves = not all(map(is_, people, self._seated)) or not self._seated
        if moves:
            self._turn_out()
            self._move("door")
        for key in [key for key in self._shown if key[0] in ("door", "phone")]:
            self._tell(key)
        if moves:
            self._move("phone")  # last, so that who comes in is told once, of all of it
        self._seated = people
        self._tell_leads_soon()  # the dearest to draw, and just pressed by whoever looks at it

    def seat(self, seat: Seat) -> None:
        self._seats[seat.sid] = seat
        self._back(seat)
        self._place(seat)

    def unseat(self, sid: str) -> None:
        seat = self._seats.pop(sid, None)
        if seat is None:
            return
        self._forget_empty(seat.key)
        who = seat.person(self._live.meeting)
        if seat.screen == "phone" and not self._connected(who):
            loop = asyncio.get_running_loop()
            self._leaving[who] = loop.call_later(GRACE, self._gone, who)

    def close(self) -> None:
        """The meeting is let go: nobody waits for anybody who went any more."""
        for timer in self._leaving.values():
            timer.cancel()

    def release(self, sid: str) -> None:
        """A room screen goes elsewhere: it hears no more of this meeting."""
        if seat := self._seats.pop(sid, None):
            self._forget_empty(seat.key)

    def surround(self, **changes: Any) -> None:
        """What is around the meeting has changed: told to leader views."""
        around = replace(self._around, **changes)
        if around != self._around:
            self._around = around
            self._tell_leads_soon()

    @property
    def around(self) -> Around:
        """What is around the meeting just now."""
        return replace(
            self._around,
            away=frozenset(self._away),
            reached=self._reached(),
            alone=self._alone,
            held=self._live.held,
        )

    def resend(self, sid: str) -> None:
        if seat := self._seats.get(sid):
            self._snap(seat)

    def speak(self, sid: str, lang: Lang) -> None:
        """A phone chose its language."""
        if seat := self._seats.get(sid):
            seat.lang = lang
            self._place(seat)

    def _place(self, seat: Seat) -> None:
        """Among those of its screen and language, with a picture of all of it."""
        old, seat.key = seat.key, self._key(seat)
        if seat.key not in self._shown:
            self._shown[seat.key] = Shown(
                self._shared(seat.key), self._where(seat.key), self._live.held
            )
        self._forget_empty(old)
        self._snap(seat)

    def _forget_empty(self, key: RoomKey) -> None:
        if not any(seat.key == key for seat in self._seats.values()):
            self._shown.pop(key, None)

    def _snap(self, seat: Seat) -> None:
        shown, m = self._shown[seat.key], self._live.meeting
        seat.me = seat.person(m)
        seat.own = self._own(seat)
        seat.rests = screens.own_rests_on(m, seat.screen, seat.me)
        snap = {
            "v": shown.v,
            "now": self._live.now(),
            "place": shown.place,
            "lang": seat.lang,
            "me": seat.me if self._inside(seat) else None,
            "name": m.name(seat.me),
            "blocks": picture({**shown.screen, **seat.own}, seat.lang),
            "keys": list(shown.screen),
            "own": list(seat.own),
            "words": words(seat.lang),
            "held": shown.held,
            "stored": self._live.stored,
        }
        seat.line.tell(text_of(self._sio, "snap", snap))

    def _tell(self, key: RoomKey) -> None:
        """One room, one message to each in it at the most."""
        shown, new = self._shown[key], self._shared(key)
        changes = difference(shown.screen, new, key[1])
        common = self._frame(shown, new, changes, self._where(key))
        shown.screen, shown.held = new, self._live.held
        changed = bool(changes) or len(common) > _BARE
        if changed:
            shown.v += 1
        same = [
            seat
            for seat in self._seats.values()
            if seat.key == key and self._settled(seat) and not self._tell_own(seat, common, shown.v)
        ]
        if changed:
            text = text_of(self._sio, "patch", {**common, "v": shown.v})
            for seat in same:
                seat.line.tell(text)

    def _frame(self, shown: Shown, new: Screen, changes: Json, place: str) -> Json:
        common: Json = {"was": shown.v, "now": self._live.now(), "set": changes}
        if list(new) != list(shown.screen):
            common["keys"] = list(new)
        if shown.place != place:
            shown.place = common["place"] = place
        if self._live.held or shown.held:
            common |= {"held": self._live.held, "stored": self._live.stored}
        return common

    def _tell_own(self, seat: Seat, common: Json, v: int) -> bool:
        """Whose own part changed hears of it together with what changed for all."""
        who = seat.person(self._live.meeting)
        rests = screens.own_rests_on(self._live.meeting, seat.screen, who)
        if rests == seat.rests:
            return False
        seat.rests = rests
        new = self._own(seat)
        if new == seat.own:
            return False
        message = dict(common, v=v)
        message["set"] = {
            **common["set"],
            **difference(seat.own, new, seat.lang),
        }
        if list(new) != list(seat.own):
            message["own"] = list(new)
        seat.own = new
        seat.line.tell(text_of(self._sio, "patch", message))
        return True

    def _move(self, to: Literal["door", "phone"]) -> None:
        """Out to the door who has left, in from it who has joined, or is somebody else now."""
        for seat in tuple(self._seats.values()):
            if not self._settled(seat) and self._key(seat)[0] == to:
                self._back(seat)
                self._place(seat)

    def _turn_out(self) -> None:
        """Who led by their own browser and has handed over the lead."""
        m = self._live.meeting
        for seat in [s for s in self._seats.values() if not s.may_stay(m)]:
            del self._seats[seat.sid]
            self._forget_empty(seat.key)
            text = TEXTS["lead.handed_over"].root[seat.lang]
            seat.line.tell(text_of(self._sio, "gone", {"text": text}))

    def _settled(self, seat: Seat) -> bool:
        """Whether it sits where it belongs, and knows who it is."""
        same = seat.screen != "phone" or seat.me == seat.person(self._live.meeting)
        return same and seat.key == self._key(seat)

    def _key(self, seat: Seat) -> RoomKey:
        outside = seat.screen == "phone" and not self._inside(seat)
        return ("door" if outside else seat.screen, seat.lang)

    def _inside(self, seat: Seat) -> bool:
        m = self._live.meeting
        return m.inside(seat.person(m))

    def _where(self, key: RoomKey) -> str:
        """Where the meeting is, which is nothing to those outside."""
        return "" if key[0] == "door" else self._live.meeting.place

    def _own(self, seat: Seat) -> Screen:
        m = self._live.meeting
        return screens.own(m, seat.screen, seat.person(m), self._around.lead)

    def _shared(self, key: RoomKey) -> Screen:
        m = self._live.meeting
        if key[0] == "door":
            return screens.door(m)
        return screens.shared(m, key[0], self.around if key[0] == "lead" else self._around)

    # Who is away: never in the log, told to the leader only.

    def _connected(self, who: str) -> bool:
        m = self._live.meeting
        return any(seat.person(m) == who for seat in self._seats.values())

    def _reached(self) -> frozenset[str]:
        """Whose phones are in; a short break is none."""
        seats = self._seats.values()
        inside = {seat.me for seat in seats if seat.screen == "phone" and seat.key[0] == "phone"}
        return frozenset(inside | set(self._leaving))

    def _gone(self, who: str) -> None:
        self._leaving.pop(who, None)
        self._away.add(who)
        self._alone = not any(seat.screen == "phone" for seat in self._seats.values())
        self._tell_leads_soon()

    def _back(self, seat: Seat) -> None:
        who = seat.person(self._live.meeting)
        is_new = seat.screen == "phone" and self._inside(seat) and who not in self._reached()
        if timer := self._leaving.pop(who, None):
            timer.cancel()
        comes_first = self._alone and seat.screen == "phone"
        if comes_first or is_new or who in self._away:
            self._alone = self._alone and not comes_first
            self._away.discard(who)
            self._tell_leads_soon()

    def _tell_leads_soon(self) -> None:
        """Once for all that is asked for until it begins."""
        if not self._asked_for_leads:
            self._asked_for_leads = True
            start(self._tell_leads())

    async def _tell_leads(self) -> None:
        loop = asyncio.get_running_loop()
        # What the phones get is on its way first; and while 300 come, they come first too.
        await asyncio.sleep(max(AFTER, self._leads_from - loop.time()))
        self._asked_for_leads = False
        began = thread_time()
        for key in [key for key in self._shown if key[0] == "lead"]:
            self._tell(key)
        self._leads_from = loop.time() + REST * (thread_time() - began)


@cache
def words(lang: Lang) -> Json:
    """What a screen says by itself."""
    names = {other: TEXTS["language.name"].root[other] for other in LANGS}
    keys = [[key, TEXTS[f"keys.{name}"].root[lang], name in _OWN] for name, key in KEYS.items()]
    return {**under("screen", lang), "languages": names, "help": keys}


KEYS = {
    "forward": "PgDn → ␣",
    "back": "PgUp ←",
    "signal": "V",
    "blank": "B .",
    "full": "F",
    "code": "Q",
    "help": "?",
}
_OWN = ("full", "code", "help")  # what a screen does by itself, without steering
_BARE = 3  # what a message holds when nothing has changed
