"""The wire: a picture of the screen when one connects, then what changes; verbs in, answers out.

What is the same for all is sent once to everybody with the same screen and language; whose own
part changed gets both in one message. A person is the id in the signed session cookie.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import socketio

from facilitator.core.blocks import Screen
from facilitator.core.frame import Around, Door
from facilitator.core.meeting import Refused
from facilitator.core.text import LANGS, Lang
from phases import VERBS

from . import screens
from .house import House, spaced
from .live import Live
from .screens import SCREENS, ScreenName
from .texts import TEXTS, tell, under
from .wire import Json, difference, picture

NAMESPACE = "/m"
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
        self._telling = asyncio.Lock()  # one message after the other, or their numbers would cross
        live.listeners.append(self)

    async def tell_rooms(self, live: Live) -> None:
        async with self._telling:
            for key in [key for key in self._shown if key[0] == "room"]:
                await self._tell(key)

    async def tell_others(self, live: Live) -> None:
        async with self._telling:
            await self._move("door")
            for key in [key for key in self._shown if key[0] != "room"]:
                await self._tell(key)
            await self._move("phone")  # last, so that who comes in is told once, of all of it

    async def seat(self, seat: Seat) -> None:
        async with self._telling:
            self._seats[seat.sid] = seat
            self._back(seat.who)
            await self._place(seat)

    async def unseat(self, sid: str) -> None:
        async with self._telling:  # after it has sat down, if it goes while it comes
            seat = self._seats.pop(sid, None)
            if seat is None:
                return
            if not any(other.key == seat.key for other in self._seats.values()):
                self._shown.pop(seat.key, None)
        if seat.screen == "phone" and not self._connected(seat.who):
            loop = asyncio.get_running_loop()
            self._leaving[seat.who] = loop.call_later(GRACE, self._gone, seat.who)

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
        await self._snap(seat)

    async def _snap(self, seat: Seat) -> None:
        shown, m = self._shown[seat.key], self._live.meeting
        seat.own = screens.own(m, seat.screen, seat.who)
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
        around = Around(self._around.door, frozenset(self._away), self._around.room)
        return screens.shared(m, key[0], around)

    # Who is away: never in the log, told to the leader only.

    def _connected(self, who: str) -> bool:
        return any(seat.who == who for seat in self._seats.values())

    def _gone(self, who: str) -> None:
        self._leaving.pop(who, None)
        self._away.add(who)
        self._tell_leads_soon()

    def _back(self, who: str) -> None:
        if timer := self._leaving.pop(who, None):
            timer.cancel()
        if who in self._away:
            self._away.discard(who)
            self._tell_leads_soon()

    def _tell_leads_soon(self) -> None:
        async def tell() -> None:
            async with self._telling:
                for key in [key for key in self._shown if key[0] == "lead"]:
                    await self._tell(key)

        task = asyncio.get_running_loop().create_task(tell())
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)


class Channel:
    """Sockets of all meetings: who may sit where, and what they send."""

    def __init__(self, sio: socketio.AsyncServer, house: House, address: str) -> None:
        self._sio, self._house, self._address = sio, house, address
        self._audiences: dict[str, Audience] = {}
        self._at: dict[str, tuple[str, Seat]] = {}
        house.opened.append(self._open)
        for event in ("connect", "disconnect", "do", "resync", "lang"):
            sio.on(event, getattr(self, f"_{event}"), namespace=NAMESPACE)

    def _open(self, meeting: str, live: Live) -> None:
        listing = self._house.listing(meeting)
        code = listing.code if listing else ""
        door = Door(spaced(code), f"/qr/{code}.svg", self._address)
        around = Around(door, room=f"/room/{meeting}")
        self._audiences[meeting] = Audience(self._sio, meeting, live, around)

    async def _connect(self, sid: str, _: Any, auth: Any = None) -> None:
        # A client may send an event of this name: what it hands in as environ is not its session.
        if sid in self._at:
            return
        environ = self._sio.get_environ(sid, NAMESPACE)
        seat, meeting = self._admit(sid, session_of(environ), auth)
        self._at[sid] = (meeting, seat)
        # After the answer to the connection, or the picture would come before it.
        task = asyncio.get_running_loop().create_task(self._audiences[meeting].seat(seat))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)

    def _admit(self, sid: str, session: Mapping[str, Any], auth: Any) -> tuple[Seat, str]:
        asked = auth if isinstance(auth, dict) else {}
        screen, lang, place = asked.get("screen"), asked.get("lang"), asked.get("meeting")
        if screen not in SCREENS or not isinstance(place, str) or "id" not in session:
            raise socketio.exceptions.ConnectionRefusedError("not here")
        meeting = self._house.by_code(place) if screen == "phone" else place
        live = self._house.find(meeting) if meeting else None
        if meeting is None or live is None:
            raise socketio.exceptions.ConnectionRefusedError("no meeting")
        m = live.meeting
        who = self._house.person(meeting, session["id"])
        if screen != "phone":
            if session.get("leader") != self._house.leader_mark:
                raise socketio.exceptions.ConnectionRefusedError("not here")
            who = m.roles["leader"]
        lang = lang if lang in LANGS else m.lang
        return Seat(sid, screen, lang, who, (screen, lang)), meeting

    async def _disconnect(self, sid: str, *_: Any) -> None:
        if at := self._at.pop(sid, None):
            await self._audiences[at[0]].unseat(sid)

    async def _do(self, sid: str, message: Any = None) -> Json:
        """A verb: answered when it is stored, or held, or refused in the sender's language."""
        if sid not in self._at:
            return {"refused": "", "back": True}
        meeting, seat = self._at[sid]
        try:
            verb, op, args = _read(message)
            done = await self._house.live(meeting).do(seat.who, f"{seat.who}/{op}", verb, args)
        except Refused as refused:
            return {"refused": tell(refused.why, seat.lang), "back": True}
        return {"held" if done.held else "stored": done.n}

    async def _resync(self, sid: str, *_: Any) -> None:
        if at := self._at.get(sid):
            await self._audiences[at[0]].resend(sid)

    async def _lang(self, sid: str, message: Any = None) -> None:
        lang = message.get("lang") if isinstance(message, dict) else None
        if lang in LANGS and (at := self._at.get(sid)):
            await self._audiences[at[0]].speak(sid, lang)


def words(lang: Lang) -> Json:
    """What a screen says by itself."""
    names = {other: TEXTS["language.name"].root[other] for other in LANGS}
    keys = [[key, TEXTS[f"keys.{name}"].root[lang]] for name, key in _KEYS.items()]
    return {**under("screen", lang), "languages": names, "help": keys}


def session_of(environ: Mapping[str, Any]) -> Mapping[str, Any]:
    """The signed session of the browser whose socket this is."""
    session = environ.get("asgi.scope", {}).get("session")
    return session if isinstance(session, dict) else {}


def _read(message: Any) -> tuple[str, str, Mapping[str, Any]]:
    if not isinstance(message, dict):
        raise Refused("malformed")
    verb, op, args = message.get("verb"), message.get("op"), message.get("args", {})
    if not (isinstance(verb, str) and isinstance(op, str) and isinstance(args, dict)):
        raise Refused("malformed")
    if verb in VERBS and VERBS[verb].takes("seen"):
        args = {"seen": message.get("seen"), **args}
    return verb, op, args


_KEYS = {
    "forward": "PgDn → ␣",
    "back": "PgUp ←",
    "signal": "V",
    "blank": "B .",
    "full": "F",
    "code": "Q",
    "help": "?",
}
_BARE = 3  # what a message holds when nothing has changed
_tasks: set[asyncio.Task[None]] = set()  # kept from the garbage collector until they are done
