"""A meeting as it is on the night: a leader, a room screen, phones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

from .phones import Browser, Screen, browser, in_turn
from .server import LEADER_KEY

AT_ONCE = 20  # phones that load the page together while a meeting is being filled


class Phone(Screen):
    def __init__(self, own: Browser, code: str) -> None:
        super().__init__()
        self.own, self.code = own, code

    async def open(self, cold: bool = False) -> float:
        """Load the page and open its socket; when it could be used."""
        url = await self.own.load(f"/j/{self.code}", cold)
        auth = {"screen": "phone", "meeting": self.code, "lang": "nn"}
        await self.connect(self.own.sockets, url, auth)
        return await self.hear(1)

    async def enter(self, name: str) -> float:
        """Give one's name; when its owner was in."""
        await self.do("join", name=name)
        while not self.inside:
            await self.hear(len(self.heard) + 1)
        return self.heard[-1][0]

    @property
    def inside(self) -> bool:
        self.draw()
        return self.me is not None


@dataclass
class Gathering:
    origin: str
    meeting: str
    code: str
    lead: Screen
    room: Screen
    stack: AsyncExitStack
    phones: list[Phone] = field(default_factory=list)

    @property
    def screens(self) -> list[Screen]:
        return [self.lead, self.room, *self.phones]

    async def phone(self) -> Phone:
        """One more, which has not yet opened its page."""
        own = await self.stack.enter_async_context(browser(self.origin))
        self.phones.append(await self.stack.enter_async_context(Phone(own, self.code)))
        return self.phones[-1]

    async def fill(self, count: int) -> None:
        """So many phones come, and all of their owners get in."""

        async def come(_: int) -> None:
            await (await self.phone()).open()

        here = len(self.phones)
        await in_turn(count, AT_ONCE, come)
        new = enumerate(self.phones[here:], here + 1)
        await asyncio.gather(*(phone.enter(f"Namn {number}") for number, phone in new))
        await self.quiet(0.3)

    async def begin(self, phase: str) -> None:
        """Any phase of the agenda, by its id."""
        ids = [step["id"] for step in self.lead.draw()["agenda"]["steps"]]
        mark = len(self.lead.heard)
        await self.lead.do("begin", index=ids.index(phase))
        await self.lead.hear(mark + 1)
        await self.quiet()

    async def begin_round(self) -> None:
        """Forward until somebody speaks."""
        while not self.speaker:
            await self.forward()
            await self.quiet()

    @property
    def speaker(self) -> str | None:
        who: str | None = self.lead.draw().get("turn", {}).get("who")
        return who

    async def forward(self) -> float:
        """The leader's key: the next speaker, or whatever comes next; when it was stored."""
        mark = len(self.lead.heard)
        stored = await self.lead.do("forward")
        await self.lead.hear(mark + 1)
        return stored

    async def repeat_round(self) -> None:
        """One more round, when everybody has been heard."""
        if not self.speaker:
            await self.lead.do("repeat_round", phase="round")
            await self.quiet()

    async def quiet(self, still: float = 0.05) -> None:
        """Until no screen has heard anything for a while."""
        count, since = -1, monotonic()
        while monotonic() - since < still:
            await asyncio.sleep(still / 5)
            if (now := sum(len(s.heard) for s in self.screens)) != count:
                count, since = now, monotonic()


@asynccontextmanager
async def gathering(
    origin: str, recipe: str = "short", key: str = LEADER_KEY
) -> AsyncIterator[Gathering]:
    """A planned meeting whose leader view and room screen are open."""
    async with AsyncExitStack() as stack:
        chair = await stack.enter_async_context(browser(origin))
        await chair.get(f"/leader/{key}")
        form = {"recipe": recipe, "name": "Bygdemøte", "leader": "Leiar", "lang": "nn"}
        meeting = (await chair.post("/new", form)).headers["Location"].rpartition("/")[2]
        lead = await stack.enter_async_context(Screen())
        room = await stack.enter_async_context(Screen())
        for name, screen in (("lead", lead), ("room", room)):
            auth = {"screen": name, "meeting": meeting, "lang": "nn"}
            await screen.connect(chair.sockets, await chair.load(f"/{name}/{meeting}"), auth)
            await screen.hear(1)
        code = lead.draw()["code"]["code"].replace(" ", "")
        yield Gathering(origin, meeting, code, lead, room, stack)
