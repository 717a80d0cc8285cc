"""Everybody who watches one meeting, and what they have been told.

What is the same for all is sent once to everybody with the same screen and language; whose own
part changed gets both in one message. At most one message per flush and screen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import socketio

from facilitator.core.blocks import Screen
from facilitator.core.frame.parts import Around
from facilitator.core.text import LANGS, Lang

from . import screens
from .live import Live
from .screens import ScreenName
from .texts import TEXTS, under
from .wire import Json, difference, picture

NAMESPACE = "/m"
AFTER = 0.02  # seconds after the phones that the leader view hears
GRACE = 10.0  # seconds a phone may be gone before it is shown as away

RoomKey = tuple[Literal["room", "phone", "lead", "door"], Lang]


@dataclass
class Seat:
    """One connected screen. `who` is its person's id, also before that person has joined."""

    sid: str
    screen: ScreenName
    lang: Lang
    who: str
    key: RoomKey
    own: Screen = field(default_factory=dict)
    rests: tuple[object, ...] = ()  # what the own part was made of


@dataclass
class Shown:
    """What everybody in one room has been told; `v` counts the messages."""

    screen: Screen
    place: str
    held: bool = False
    v: int = 1


class Audience:
    """Everybody who watches one meeting. Told by `Live` after each flush."""

    def __init__(self, sio: socketio.AsyncServer, meeting: str, live: Live, around: Around) -> None:
        self._sio, self._meeting, self._live, self._around = sio, meeting, live, around
        self._seats: dict[str, Seat] = {}
        self._shown: dict[RoomKey, Shown] = {}
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._away: set[str] = set()
        self._alone = True
        self._telling = asyncio.Lock()  # one message after the other, or their numbers would cross
        live.listeners.append(self)

    async def tell_rooms(self, live: Live) -> None:
        async with self._telling:
            self._hand_keys_over()
            for key in [key for key in self._shown if key[0] == "room"]:
                await self._tell(key)

    async def tell_others(self, live: Live) -> None:
        async with self._telling:
            await self._move("door")
            for key in [key for key in self._shown if key[0] in ("door", "phone")]:
                await self._tell(key)
            await self._move("phone")  # last, so that who comes in is told once, of all of it
        self._tell_leads_soon()  # the dearest to draw, and just pressed by whoever looks at it

    async def seat(self, seat: Seat) -> None:
        async with self._telling:
            self._seats[seat.sid] = seat
            self._back(seat)
            await self._place(seat)

    async def unseat(self, sid: str) -> None:
        async with self._telling:  # after it has sat down, if it goes while it comes
            seat = self._seats.pop(sid, None)
            if seat is None:
                return
            self._forget_empty(seat.key)
        if seat.screen == "phone" and not self._connected(seat.who):
            loop = asyncio.get_running_loop()
            self._leaving[seat.who] = loop.call_later(GRACE, self._gone, seat.who)

    async def release(self, sid: str) -> None:
        """A room screen goes elsewhere: it hears no more of this meeting."""
        async with self._telling:
            if seat := self._seats.pop(sid, None):
                await self._sio.leave_room(sid, self._room(seat.key), namespace=NAMESPACE)
                self._forget_empty(seat.key)

    def surround(self, **changes: Any) -> None:
        """What is around the meeting has changed: told to leader views."""
        around = replace(self._around, **changes)
        if around != self._around:
            self._around = around
            self._tell_leads_soon()

    async def resend(self, sid: str) -> None:
        async with self._telling:
            if seat := self._seats.get(sid):
                await self._snap(seat)

    async def speak(self, sid: str, lang: Lang) -> None:
        """A phone chose its language."""
        async with self._telling:
            if seat := self._seats.get(sid):
                seat.lang = lang
                await self._place(seat)

    async def _place(self, seat: Seat) -> None:
        """Into the room of its screen and language, with a picture of all of it."""
        old, seat.key = seat.key, self._key(seat)
        await self._sio.leave_room(seat.sid, self._room(old), namespace=NAMESPACE)
        await self._sio.enter_room(seat.sid, self._room(seat.key), namespace=NAMESPACE)
        if seat.key not in self._shown:
            self._shown[seat.key] = Shown(
                self._shared(seat.key), self._where(seat.key), self._live.held
            )
        self._forget_empty(old)
        await self._snap(seat)

    def _forget_empty(self, key: RoomKey) -> None:
        if not any(seat.key == key for seat in self._seats.values()):
            self._shown.pop(key, None)

    async def _snap(self, seat: Seat) -> None:
        shown, m = self._shown[seat.key], self._live.meeting
        seat.own = screens.own(m, seat.screen, seat.who)
        seat.rests = screens.own_rests_on(m, seat.screen, seat.who)
        snap = {
            "v": shown.v,
            "now": self._live.now(),
            "place": shown.place,
            "lang": seat.lang,
            "me": seat.who if self._inside(seat) else None,
            "name": m.name(seat.who),
            "blocks": picture({**shown.screen, **seat.own}, seat.lang),
            "keys": list(shown.screen),
            "own": list(seat.own),
            "words": words(seat.lang),
            "held": shown.held,
            "stored": self._live.stored,
        }
        await self._sio.emit("snap", snap, to=seat.sid, namespace=NAMESPACE)

    async def _tell(self, key: RoomKey) -> None:
        """One room, one message to each in it at the most."""
        shown, new = self._shown[key], self._shared(key)
        changes = difference(shown.screen, new, key[1])
        common = self._frame(shown, new, changes, self._where(key))
        shown.screen, shown.held = new, self._live.held
        changed = bool(changes) or len(common) > _BARE
        if changed:
            shown.v += 1
        told = [seat.sid for seat in self._of(key) if await self._tell_own(seat, common, shown.v)]
        if changed:
            common["v"] = shown.v
            await self._sio.emit(
                "patch", common, to=self._room(key), skip_sid=told, namespace=NAMESPACE
            )

    def _frame(self, shown: Shown, new: Screen, changes: Json, place: str) -> Json:
        common: Json = {"was": shown.v, "now": self._live.now(), "set": changes}
        if list(new) != list(shown.screen):
            common["keys"] = list(new)
        if shown.place != place:
            shown.place = common["place"] = place
        if self._live.held or shown.held:
            common |= {"held": self._live.held, "stored": self._live.stored}
        return common

    async def _tell_own(self, seat: Seat, common: Json, v: int) -> bool:
        """Whose own part changed hears of it together with what changed for all."""
        rests = screens.own_rests_on(self._live.meeting, seat.screen, seat.who)
        if rests == seat.rests:
            return False
        seat.rests = rests
        new = screens.own(self._live.meeting, seat.screen, seat.who)
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
        await self._sio.emit("patch", message, to=seat.sid, namespace=NAMESPACE)
        return True

    async def _move(self, to: Literal["door", "phone"]) -> None:
        """Out to the door who has left, in from it who has joined."""
        for seat in tuple(self._seats.values()):
            key = self._key(seat)
            if key != seat.key and key[0] == to:
                await self._place(seat)

    def _of(self, key: RoomKey) -> Iterable[Seat]:
        return [s for s in self._seats.values() if s.key == key and self._key(s) == key]

    def _key(self, seat: Seat) -> RoomKey:
        outside = seat.screen == "phone" and not self._inside(seat)
        return ("door" if outside else seat.screen, seat.lang)

    def _inside(self, seat: Seat) -> bool:
        person = self._live.meeting.people.get(seat.who)
        return person is not None and person.here

    def _where(self, key: RoomKey) -> str:
        """Where the meeting is, which is nothing to those outside."""
        return "" if key[0] == "door" else self._live.meeting.place

    def _room(self, key: RoomKey) -> str:
        return f"{self._meeting}/{key[0]}/{key[1]}"

    def _shared(self, key: RoomKey) -> Screen:
        m = self._live.meeting
        if key[0] == "door":
            return screens.door(m)
        around = replace(self._around, away=frozenset(self._away), alone=self._alone)
        return screens.shared(m, key[0], around)

    def _hand_keys_over(self) -> None:
        """The keys of a room screen that may steer are those of whoever leads now."""
        for seat in self._seats.values():
            if seat.screen == "room" and seat.who:
                seat.who = self._live.meeting.roles["leader"]

    # Who is away: never in the log, told to the leader only.

    def _connected(self, who: str) -> bool:
        return any(seat.who == who for seat in self._seats.values())

    def _gone(self, who: str) -> None:
        self._leaving.pop(who, None)
        self._away.add(who)
        self._alone = not any(seat.screen == "phone" for seat in self._seats.values())
        self._tell_leads_soon()

    def _back(self, seat: Seat) -> None:
        if timer := self._leaving.pop(seat.who, None):
            timer.cancel()
        comes_first = self._alone and seat.screen == "phone"
        if comes_first or seat.who in self._away:
            self._alone = self._alone and not comes_first
            self._away.discard(seat.who)
            self._tell_leads_soon()

    def _tell_leads_soon(self) -> None:
        async def tell() -> None:
            await asyncio.sleep(AFTER)  # what the phones get is on its way first
            async with self._telling:
                for key in [key for key in self._shown if key[0] == "lead"]:
                    await self._tell(key)

        start(tell())


def words(lang: Lang) -> Json:
    """What a screen says by itself."""
    names = {other: TEXTS["language.name"].root[other] for other in LANGS}
    keys = [[key, TEXTS[f"keys.{name}"].root[lang], name in _OWN] for name, key in KEYS.items()]
    return {**under("screen", lang), "languages": names, "help": keys}


def start(work: Coroutine[Any, Any, None]) -> None:
    """Do something soon, without waiting for it."""
    task = asyncio.get_running_loop().create_task(work)
    _working.add(task)
    task.add_done_callback(_working.discard)


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
_working: set[asyncio.Task[None]] = set()  # kept from the garbage collector until they are done
