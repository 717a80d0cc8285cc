"""A rehearsal: simulated people around one meeting, and if need be its leader too.

Everything goes through the same verbs as phones use, and is stored like any meeting.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from itertools import count

from facilitator import screens
from facilitator.core.blocks import Bar, Turn
from facilitator.core.frame.parts import Around, Door
from facilitator.core.meeting import Entry, Meeting, Refused, evolve
from facilitator.core.text import Lang, Say
from facilitator.house import House
from facilitator.live import Live
from facilitator.recipes import Recipes
from facilitator.working import start
from phases import VERBS

from .cast import Cast, read_cast
from .leading import AutoLeader
from .player import Player, Send
from .practice import practised

SPEAKS = 20.0  # seconds of the meeting that somebody speaks
ACTS = 2.0  # and that anything else takes
LATE = 2  # the index of the phase in which the late-comer comes

Pause = Callable[[float], Awaitable[None]]
Look = tuple[str, frozenset[str]]  # a phase, and what the room screen is made of


class Rehearsal:
    """`pause` waits for so many seconds of the meeting."""

    def __init__(self, live: Live, pause: Pause, cast: Cast | None = None) -> None:
        self._live, self._pause, self._cast = live, pause, cast or read_cast()
        self._lang = live.meeting.lang
        self._around = Around(Door("", "", ""))
        self._sent = count(1)
        self._players = list(self._seated())
        self._leader = AutoLeader(self._cast, self._lang)
        self._passed: set[str] = set()
        self._looks: dict[str, list[Look]] = {}
        heard: set[str] = set()
        for player in self._players:
            player.heard = heard

    async def accompany(self) -> None:
        """Take part until the meeting is closed; somebody else leads."""
        while not self._live.meeting.closed:
            await self._pause(ACTS)
            if act := self._somebodys():
                await self._do(*act)

    async def states(self) -> AsyncIterator[str]:
        """Lead it to its end. Each state that looks like none before is named when it is over:
        when it shows the most."""
        while not self._live.meeting.closed:
            who, send = self._somebodys() or self._leaders()
            if (look := self._look(self._live.meeting)) != self._look(self._after(who, send)):
                name = self._name(look)
                if name not in self._passed:
                    self._passed.add(name)
                    yield name
            await self._pause(SPEAKS if send[0] == "end_turn" else ACTS)
            await self._do(who, send)
        yield "closed"

    def _seated(self) -> Iterator[Player]:
        with_phone = (role for role in self._cast.people if role.part != "no phone")
        for number, role in enumerate(with_phone):
            yield Player(self._cast, role, number, self._lang, f"player-{number}")

    # Who does what next

    def _somebodys(self) -> tuple[str, Send] | None:
        m = self._live.meeting
        if m.paused is not None or m.over:
            return None
        phone = screens.shared(m, "phone", self._around)
        for player in self._players:
            if send := self._sends(m, player, dict(phone)):
                return player.who, send
        return None

    def _sends(self, m: Meeting, player: Player, phone: dict[str, object]) -> Send | None:
        if player.who not in m.people:
            comes = player.role.part != "late" or m.at >= LATE
            origin = self._cast.origin(player.role, self._lang)
            return ("join", {"name": player.role.name, "origin": origin}) if comes else None
        if not m.people[player.who].here:
            return None
        own = screens.own(m, "phone", player.who)
        return player.next({**phone, **own}, m.phase.id if m.phase else "")  # type: ignore[dict-item]

    def _leaders(self) -> tuple[str, Send]:
        m = self._live.meeting
        return m.leader, self._leader.next(m, screens.shared(m, "lead", self._around))

    # Doing it

    async def _do(self, who: str, send: Send) -> None:
        verb, op = send[0], f"rehearsal-{id(self)}.{next(self._sent)}"
        with suppress(Refused):  # what somebody else did meanwhile made it stale
            await self._live.do(who, op, verb, self._full(send))
            self._players[0].heard.add(verb)

    def _full(self, send: Send) -> dict[str, object]:
        verb, args = send
        seen = {"seen": self._live.decided.place} if VERBS[verb].takes("seen") else {}
        return {**seen, **args}

    # States

    def _after(self, who: str, send: Send) -> Meeting:
        """The meeting as it would be: a verb decides without changing anything."""
        m = self._live.meeting
        args = self._full(send)
        if VERBS[send[0]].takes("chance"):
            args["chance"] = ""
        try:
            event = VERBS[send[0]](m, who, args)
        except Refused:
            return m
        return evolve(m, Entry(m.n + 1, self._live.now(), who, "", event))

    def _look(self, m: Meeting) -> Look:
        """What the room screen is made of: its blocks, and which parts of them are there."""
        room = screens.shared(m, "room", self._around)
        parts = {f"{key}.{part}" for key, block in room.items() for part in _parts(block)}
        if self._visitor_speaks(m):
            parts.add("a visitor speaks")
        phase = m.phase.id if m.phase else "result" if m.over else "lobby"
        return phase, frozenset(parts)

    def _visitor_speaks(self, m: Meeting) -> bool:
        """Somebody with a real phone has joined, and it is their turn."""
        players = {m.leader, *(player.who for player in self._players)}
        speaking = {
            b.who for b in screens.shared(m, "room", self._around).values() if isinstance(b, Turn)
        }
        return any(p.id in speaking - players and p.phone for p in m.here)

    def _name(self, look: Look) -> str:
        """“factors-2”: the second look of that phase."""
        phase, _ = look
        looks = self._looks.setdefault(phase, [])
        if look not in looks:
            looks.append(look)
        return f"{phase}-{looks.index(look) + 1}"


def _parts(shown: object) -> Iterator[str]:
    """The names of fields that are filled, of a block and of the items it lists."""
    if isinstance(shown, tuple):
        for item in shown:
            yield from _parts(item)
    elif is_dataclass(shown) and not isinstance(shown, type | Say | Bar):
        for one in fields(shown):
            if value := getattr(shown, one.name):
                yield one.name
                yield from _parts(value)


def at_speed(speed: float) -> Pause:
    async def pause(seconds: float) -> None:
        await asyncio.sleep(seconds / speed)

    return pause


async def practise(house: House, recipes: Recipes, recipe: str, lang: Lang) -> str:
    """A meeting to practise leading, with people who take part; its id. Raises Refused."""
    meeting = await house.plan(practised(recipes, recipe, lang, read_cast()))
    start(_accompanied(house, meeting))
    return meeting


async def _accompanied(house: House, meeting: str) -> None:
    with house.using(meeting) as live:
        await Rehearsal(live, at_speed(1)).accompany()
