"""A meeting under load: a leader who steers, and people who write, answer, give dots and signal."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from tests.bench.phones import browser
from tests.server import KEY

from .phone import Phone, Sent

PEOPLE = 12
PATIENCE = 60.0  # seconds until something that should have happened has not
PACE = (0.01, 0.12)  # seconds between two things somebody does

STAGES = ("lobby", "roles", "clarifying", "factors", "choose", "measures", "evaluate")


class Stuck(Exception):
    """Something did not come to be in time."""


@dataclass
class Crowd:
    """`sent` is all that anybody sent, in order. While it rests nobody does anything new."""

    meeting: str
    lead: Phone
    other: Phone  # a second leader view, which steers at the same time
    room: Phone
    phones: list[Phone]
    sent: list[Sent]
    chance: random.Random
    stage: str = "lobby"
    acting: asyncio.Event = field(default_factory=asyncio.Event)
    _count: int = 0
    _work: asyncio.Task[None] | None = None

    @property
    def screens(self) -> list[Phone]:
        return [self.lead, self.other, self.room, *self.phones]

    @property
    def acknowledged(self) -> int:
        return sum(one.fate == "stored" for one in self.sent)

    async def all_back(self, up: float) -> float:
        """Wait until every screen is there again; seconds after `up` until the last was."""
        await self.all_live()
        return max(0.0, *(s.back - up for s in self.screens))

    async def all_live(self) -> None:
        def missing() -> list[Phone]:
            return [s for s in self.screens if not s.live]

        try:
            await until(lambda: not missing(), "all are back")
        except Stuck as stuck:
            raise Stuck(f"{stuck}: {[f'{s.name}: {s.how}' for s in missing()]}") from None

    async def rest(self) -> None:
        """Nobody begins anything, and what is on its way has been answered."""
        self.acting.clear()
        if self._work and self._work.done():
            self._work.result()  # a mistake of ours
        await until(lambda: not any(s.queue for s in self.screens), "all is answered")

    async def begin(self, stage: str) -> None:
        """The leader begins that phase, however often it takes."""
        self.stage = stage
        end = monotonic() + PATIENCE
        while not self.at(stage):
            if self.lead.live and not self.lead.queue:
                self.lead.send("begin", index=self._index(stage))
            await asyncio.sleep(0.02)
            if monotonic() > end:
                raise Stuck(f"{stage} does not begin")

    def _index(self, stage: str) -> int:
        steps = self.lead.twin.blocks["agenda"]["steps"]
        return [step["id"] for step in steps].index(stage)

    def at(self, stage: str) -> bool:
        steps = self.lead.twin.blocks.get("agenda", {}).get("steps", ())
        now = next((step["id"] for step in steps if step["state"] == "now"), "lobby")
        return bool(now == stage)

    def begin_acting(self) -> None:
        self._work = asyncio.create_task(self._act())

    def stop_acting(self) -> None:
        if self._work:
            self._work.cancel()

    async def _act(self) -> None:
        """Everybody at once, each at a pace of their own, until cancelled."""
        async with asyncio.TaskGroup() as all_:
            for phone in self.phones:
                all_.create_task(self._go_on(phone, self.give))
            for lead in (self.lead, self.other):
                all_.create_task(self._go_on(lead, self._steer))

    async def _go_on(self, who: Phone, do: Callable[[Phone], None]) -> None:
        while True:
            await asyncio.sleep(self.chance.uniform(*PACE))
            await self.acting.wait()
            if who.there and len(who.queue) < 3:
                do(who)

    def give(self, phone: Phone) -> None:
        """What somebody does with a phone in this stage."""
        if not phone.there:
            return
        if phone.twin.me is None:
            if not phone.queue:
                phone.send("join", name=phone.name)
            return
        acts = _ACTS.get(self.stage, (Crowd._rename,))
        self.chance.choice(acts)(self, phone)

    def _steer(self, lead: Phone) -> None:
        if lead.queue:
            return
        if self.stage in ("clarifying", "factors", "measures"):
            verb = self.chance.choice(
                ("forward", "forward", "more_time", "pause", "repeat", "undo")
            )
            self._turn(lead, verb)
        elif self.chance.random() < 0.2:
            what = self.chance.choice(("meeting", "code"))
            lead.send("show", form=False, what=what)

    def _turn(self, lead: Phone, verb: str) -> None:
        undo = next(acts_named(lead.twin.blocks, "undo"), None)
        if not self.at(self.stage):
            lead.send("begin", form=False, index=self._index(self.stage))
        elif verb == "repeat" or (verb == "forward" and self.speaker is None):
            lead.send("repeat_round", form=False, phase=self.stage)
            lead.send("forward", form=False)
        elif verb == "undo" and undo:
            lead.send("undo", form=False, **undo)
        elif verb == "more_time":
            lead.send("more_time", form=False, phase=self.stage)
        elif verb == "pause":
            lead.send("pause", form=False)
            lead.send("resume", form=False)
        else:
            lead.send("forward", form=False)

    @property
    def speaker(self) -> str | None:
        who: str | None = self.room.twin.blocks.get("turn", {}).get("who")
        return who

    def _words(self, what: str, phone: Phone) -> str:
        self._count += 1
        return f"{what} {self._count} frå {phone.name}"

    def _join(self, phone: Phone) -> None:
        phone.send("join", name=phone.name)

    def _rename(self, phone: Phone) -> None:
        phone.send("rename", who=phone.twin.me, name=f"{phone.name} {self.chance.randrange(9)}")

    def _guard(self, phone: Phone) -> None:
        phone.send("take_role", form=False, role="viddevakt")

    def _card(self, phone: Phone) -> None:
        phone.send("add_card", phase=self.stage, text=self._words("Kort", phone))

    def _mend(self, phone: Phone) -> None:
        own = [one for one in self.sent if one.verb == "add_card" and one.by == phone.name]
        card = next((one.n for one in reversed(own) if one.fate == "stored"), 0)
        if card:
            phone.send("edit_card", card=card, text=self._words("Retta kort", phone))

    def _end_turn(self, phone: Phone) -> None:
        if phone.twin.me == self.speaker:
            phone.send("end_turn", form=False, phase=self.stage)

    def _signal(self, phone: Phone) -> None:
        phone.send("signal", form=False)
        phone.send("park", text=self._words("Tema", phone))

    def _dots(self, phone: Phone) -> None:
        stored = [one for one in self.sent if one.args.get("phase") == "factors" and one.n]
        cards = [one.n for one in stored if one.verb == "add_card" and one.fate == "stored"]
        if cards:
            some = self.chance.sample(cards, min(len(cards), self.chance.randrange(1, 4)))
            phone.send("give_dots", phase="choose", cards=sorted(some))

    def _answer(self, phone: Phone) -> None:
        answers = {"useful": "yes", "worked/words": self._words("Svar", phone)}
        phone.send("answer", phase="evaluate", answers=answers)


_ROUND = (Crowd._card, Crowd._card, Crowd._card, Crowd._mend, Crowd._end_turn, Crowd._signal)
_ACTS: dict[str, tuple[Callable[[Crowd, Phone], None], ...]] = {
    "lobby": (Crowd._join, Crowd._rename),
    "roles": (Crowd._guard, Crowd._rename, Crowd._rename, Crowd._rename),
    "clarifying": _ROUND,
    "factors": _ROUND,
    "measures": _ROUND,
    "choose": (Crowd._dots,),
    "evaluate": (Crowd._answer,),
}


def acts_named(part: Any, verb: str) -> Any:
    """The arguments of every button that sends this verb, wherever it is."""
    if isinstance(part, dict):
        if part.get("verb") == verb:
            yield dict(part.get("args", {}))
        for inner in part.values():
            yield from acts_named(inner, verb)
    elif isinstance(part, list):
        for inner in part:
            yield from acts_named(inner, verb)


async def until(true: Callable[[], bool], what: str) -> None:
    end = monotonic() + PATIENCE
    while not true():
        if monotonic() > end:
            raise Stuck(f"not in {PATIENCE:.0f} s: {what}")
        await asyncio.sleep(0.01)


@asynccontextmanager
async def crowd(
    origin: str, chance: random.Random, people: int = PEOPLE, patience: float = 8.0
) -> AsyncIterator[Crowd]:
    """A new BTI meeting with its screens, whose phones are at the door."""
    async with AsyncExitStack() as stack:
        sent: list[Sent] = []

        async def screen(own: Any, kind: Any, meeting: str, name: str) -> Phone:
            phone = Phone(own, kind, meeting, name, sent.append)
            phone.patience = patience
            stack.push_async_callback(phone.close)
            return phone

        chair = await stack.enter_async_context(browser(origin))
        await chair.get(f"/leader/{KEY}")
        form = {"recipe": "bti-system", "name": "Under last", "leader": "Leiar", "lang": "nn"}
        meeting = (await chair.post("/new", form)).headers["Location"].rpartition("/")[2]
        lead = await screen(chair, "lead", meeting, "Leiar")
        other = await screen(chair, "lead", meeting, "Leiar to")
        room = await screen(chair, "room", meeting, "Skjerm")
        await until(lambda: lead.live and room.live, "the leader's screens are there")
        code = lead.twin.blocks["code"]["code"].replace(" ", "")
        phones = []
        for number in range(1, people + 1):
            own = await stack.enter_async_context(browser(origin))
            phones.append(await screen(own, "phone", code, f"Namn{number:02}"))
        made = Crowd(meeting, lead, other, room, phones, sent, chance)
        made.begin_acting()
        try:
            yield made
        finally:
            made.stop_acting()
