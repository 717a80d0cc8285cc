"""Sockets: who may sit where, and what they send. A person is the id in the signed cookie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import socketio

from facilitator.core.code import spaced
from facilitator.core.frame.parts import Around, Door
from facilitator.core.frame.room import KEYED
from facilitator.core.meeting import Refused
from facilitator.core.text import LANGS
from phases import VERBS

from . import rooms
from .audience import Audience, Seat
from .brakes import Asker, Brake
from .house import House
from .lately import Lately
from .line import NAMESPACE, line_of
from .live import Live
from .rooms import Rooms, Watching
from .screens import SCREENS
from .texts import tell
from .wire import Json

VERBS_TAKEN = 200, 20.0  # of one browser, in so many seconds; nobody taps that fast
PICTURES = 30, 30.0  # whole pictures that one browser asks for, or languages
CODED, WRONG = ("move_here",), "refused.wrong_code"


class Channel:
    """Sockets of all meetings: who may sit where, and what they send."""

    def __init__(self, sio: socketio.AsyncServer, house: House, address: str) -> None:
        self._sio, self._house, self._address = sio, house, address
        self._audiences: dict[str, Watching] = {}
        self._at: dict[str, tuple[str, Seat]] = {}
        self._rooms = Rooms(sio, house, self._at, self._audiences)
        self._askers: dict[str, Asker] = {}
        self._verbs, self._pictures = Brake(*VERBS_TAKEN, house.now), Brake(*PICTURES, house.now)
        self.lately = Lately(house.now)
        house.opened.append(self._open)
        house.left.append(self._leave)
        for event in ("connect", "disconnect", "do", "resync", "lang"):
            sio.on(event, getattr(self, f"_{event}"), namespace=NAMESPACE)

    def _open(self, meeting: str, live: Live) -> None:
        listing = self._house.listing(meeting)
        code = listing.code if listing else ""
        scanned = self._house.scanned(meeting) if listing else ""
        door = Door(spaced(code), f"/qr/{scanned}.svg", self._address)
        around = Around(
            door,
            room=f"/room/{meeting}",
            lead=f"/lead/{meeting}",
            papers=f"/papers/{meeting}",
            phone=f"/lead/{meeting}/phone",
            folder=str(self._house.folder),
        )
        self._audiences[meeting] = Audience(self._sio, meeting, live, around)

    def _leave(self, meeting: str) -> None:
        audience = self._audiences.pop(meeting)
        if isinstance(audience, Audience):
            audience.close()

    @property
    def watched(self) -> set[str]:
        """The ids of the meetings that some screen shows."""
        return {meeting for meeting, _ in self._at.values()}

    async def _connect(self, sid: str, _: Any = None, auth: Any = None, *__: Any) -> None:
        # A client may send an event of this name: what it hands in as environ is not its session.
        if sid in self._at:
            return
        environ = self._sio.get_environ(sid, NAMESPACE)
        session = session_of(environ)
        who = Asker.of(environ["asgi.scope"])
        seat, meeting = self._admit(sid, session, auth, who)
        self._at[sid] = (meeting, seat)
        self._askers[sid] = who
        self.lately.comes(sid, session["id"], seat.screen)
        if self._rooms.holds(sid):
            self._rooms.enter(sid)
        else:
            self._audiences[meeting].seat(seat)
        if seat.screen == "lead":
            self._rooms.leads(meeting)

    def _admit(
        self, sid: str, session: Mapping[str, Any], auth: Any, who: Asker
    ) -> tuple[Seat, str]:
        asked = auth if isinstance(auth, dict) else {}
        screen, lang, place = asked.get("screen"), asked.get("lang"), asked.get("meeting")
        if screen not in SCREENS or not isinstance(place, str) or "id" not in session:
            raise socketio.exceptions.ConnectionRefusedError("not here")
        if screen == "room" and not place:
            return self._rooms.admit(sid, line_of(self._sio, sid), session, lang)
        try:
            meeting = self._house.led_to(place, who) if screen == "phone" else place
        except Refused:
            raise socketio.exceptions.ConnectionRefusedError("wait") from None
        live = self._house.find(meeting) if meeting else None
        if meeting is None or live is None:
            raise socketio.exceptions.ConnectionRefusedError("no meeting")
        m = live.meeting
        lang = lang if lang in LANGS else m.lang
        device = self._house.person(meeting, session["id"])
        marked = screen != "phone" and session.get("leader") == self._house.leader_mark
        seat = Seat(sid, line_of(self._sio, sid), screen, lang, device, (screen, lang), marked)
        if not seat.may_stay(m):
            raise socketio.exceptions.ConnectionRefusedError("not here")
        return seat, meeting

    async def _disconnect(self, sid: str, *_: Any) -> None:
        if at := self._at.pop(sid, None):
            del self._askers[sid]
            self.lately.goes(sid)
            self._rooms.leave(sid)
            self._audiences[at[0]].unseat(sid)

    async def _do(self, sid: str, message: Any = None, *_: Any) -> Json:
        """A verb: answered when it is stored, or held, or refused in the sender's language."""
        if sid not in self._at:
            return {"refused": "", "back": True}
        meeting, seat = self._at[sid]
        try:
            if not self._verbs.takes(self._askers[sid].browser):
                raise Refused("too_fast")
            verb, op, args = _read(message)
            if verb in rooms.VERBS:
                self._rooms.arrange(meeting, seat, verb, args)
                return {"stored": self._house.live(meeting).stored}
            by = self._hand(meeting, seat, verb)
            with self._guessing(self._askers[sid], verb):
                done = await self._house.live(meeting).do(by, f"{seat.device}/{op}", verb, args)
        except Refused as refused:
            return {"refused": tell(refused.why, seat.lang), "back": True}
        return {"held" if done.held else "stored": done.n}

    def _hand(self, meeting: str, seat: Seat, verb: str) -> str:
        """Whose act it is. A room screen that may steer acts for the leader, by its keys."""
        m = self._house.live(meeting).decided if meeting else None
        if m is None or (seat.screen == "room" and not (seat.steers and m.keys and verb in KEYED)):
            raise Refused("screen_only")
        return seat.person(m)

    @contextmanager
    def _guessing(self, who: Asker, verb: str) -> Iterator[None]:
        """The code by which somebody goes on with a new phone is not to be guessed either."""
        if verb in CODED and self._house.guesses.held(who):
            raise Refused("wait")
        try:
            yield
        except Refused as refused:
            if refused.why.text == WRONG:
                self._house.guesses.wrong(who)
            raise

    async def _resync(self, sid: str, *_: Any) -> None:
        if (at := self._at.get(sid)) and self._pictures.takes(self._askers[sid].browser):
            self._audiences[at[0]].resend(sid)

    async def _lang(self, sid: str, message: Any = None, *_: Any) -> None:
        lang = message.get("lang") if isinstance(message, dict) else None
        if lang not in LANGS or not (at := self._at.get(sid)):
            return
        if self._pictures.takes(self._askers[sid].browser):
            self._audiences[at[0]].speak(sid, lang)


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
