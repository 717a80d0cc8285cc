"""A screen that behaves as `screen.js` does: it comes back by itself, and what it sent is answered.

It sends one thing at a time, in order. What is not answered is sent again with the same number;
what is only held is kept until it is stored, and sent again to a server that may not know it. A
page loaded anew is a new device, and takes over what was waiting.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal

import aiohttp

from tests.bench.phones import Browser, Lost
from tests.twin import Twin

from .link import Down, Json, Link, Unknown

PATIENCE = 8.0  # seconds until an answer is given up
STALE = 10.0  # seconds until a pressed button is no longer meant
AGAIN, AT_MOST = 0.3, 2.0  # seconds between two tries to connect, first and last
LOADING = 10.0

Kind = Literal["room", "lead", "phone"]


@dataclass(eq=False)
class Sent:
    """Something on its way. `fate` is "stored", "refused" or "dropped" when that is known.

    "perhaps" it is of what was stored after the copy began that has been put back.
    """

    by: str
    op: str
    verb: str
    args: Json
    seen: str
    form: bool  # written, so it waits as long as it takes; a button does not
    at: float
    tries: int = 0
    held: int = 0  # its place in the log of a server that has it in memory alone
    n: int = 0  # its place in the log
    fate: str = ""


class Phone:
    """`log` is told of everything it sends. Its `twin` is what it shows."""

    def __init__(
        self, own: Browser, kind: Kind, meeting: str, name: str, log: Callable[[Sent], None]
    ) -> None:
        self.own, self.kind, self.meeting, self.name = own, kind, meeting, name
        self.twin, self.place, self.stored = Twin(), "", 0
        self.live, self.back, self.patience = False, 0.0, PATIENCE
        self.queue: list[Sent] = []
        self._log, self._link = log, Link(self._hear)
        self._device, self._sent, self._fresh = "", 0, False
        self._why = ""  # it went down the last time
        self._more = asyncio.Event()
        self._sending: asyncio.Task[None] | None = None
        self._resyncing: set[asyncio.Task[None]] = set()
        self._running = asyncio.create_task(self._run())

    def send(self, verb: str, form: bool = True, **args: Any) -> Sent:
        self._sent += 1
        op = f"{self._device}.{self._sent}"
        one = Sent(self.name, op, verb, args, self.place, form, monotonic())
        self.queue.append(one)
        self._log(one)
        self._more.set()
        return one

    @property
    def how(self) -> str:
        """Why it is not back, for whoever has to find out."""
        ended = repr(self._running.exception()) if self._running.done() else self._why
        return f"{'live' if self.live else 'down'}, {ended}"

    @property
    def there(self) -> bool:
        """Whether its page has ever shown anything, so that somebody can use it."""
        return self.twin.v > 0

    async def close(self) -> None:
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running

    # The wire

    async def _run(self) -> None:
        url, wait = "", AGAIN
        while True:
            self._link = Link(self._hear)
            try:
                if not url:
                    url = await self._load()
                auth = {"screen": self.kind, "meeting": self.meeting, "lang": "nn"}
                await self._link.open(self.own.sockets, url, auth)
                wait, self._fresh = AGAIN, True
                await self._link.read()
            except Unknown:
                self._why, url = "the page is not known any more", ""
                continue
            except Down as down:
                self._why = str(down)
            finally:
                await self._lose()
            self._drop_stale()
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))
            wait = min(AT_MOST, wait * 2)

    async def _load(self) -> str:
        """The page, loaded anew: another device, with what was kept of the one before."""
        path = {"phone": "j", "lead": "lead", "room": "room"}[self.kind]
        try:
            async with asyncio.timeout(LOADING):
                url = await self.own.load(f"/{path}/{self.meeting}")
        except (aiohttp.ClientError, OSError, TimeoutError, Lost) as error:
            raise Down(str(error)) from error
        if "?here=1" in self.own.answers[-1].text:
            raise Down("the leader is asked whether this is the projector")
        self.own.answers.clear()
        self._device, self._sent = secrets.token_hex(4), 0
        self._drop_stale()
        return url

    async def _lose(self) -> None:
        self.live = False
        if self._sending:
            self._sending.cancel()
            self._sending = None
        await self._link.close()

    def _hear(self, event: str, message: Json) -> None:
        if event == "snap":
            self.twin.snap(message)
            self.live = True
            if self._fresh:
                self._resume()
        elif event == "patch":
            if message["was"] != self.twin.v:
                task = asyncio.create_task(self._resync(self._link))
                self._resyncing.add(task)
                task.add_done_callback(self._resyncing.discard)
                return
            self.twin.patch(message)
        else:
            return
        self.place = message.get("place", self.place)
        self._stored_up_to(message.get("stored", 0))

    async def _resync(self, link: Link) -> None:
        with suppress(Down):
            await link.tell("resync")

    # What is on its way

    def _resume(self) -> None:
        self._fresh, self.back = False, monotonic()
        for one in self.queue:
            one.held = 0
        self._sending = asyncio.create_task(self._drain(self._link))

    async def _drain(self, link: Link) -> None:
        while True:
            one = next((each for each in self.queue if not each.held), None)
            if one is None:
                self._more.clear()
                await self._more.wait()
                continue
            one.tries += 1
            message = {"op": one.op, "verb": one.verb, "args": one.args, "seen": one.seen}
            try:
                answer = await link.ask("do", message, self.patience)
            except TimeoutError:
                await asyncio.sleep(min(1.0, self.patience))
            except Down:
                return
            else:
                self._settle(one, answer)

    def _settle(self, one: Sent, answer: Json) -> None:
        if "held" in answer:
            one.held = answer["held"]
        else:
            one.n = answer.get("stored", 0)
            self._finish(one, "stored" if one.n else "refused")

    def _finish(self, one: Sent, fate: str) -> None:
        one.fate = fate
        if one in self.queue:
            self.queue.remove(one)

    def _stored_up_to(self, n: int) -> None:
        self.stored = max(self.stored, n)
        for one in [each for each in self.queue if 0 < each.held <= n]:
            one.n = one.held
            self._finish(one, "stored")

    def _drop_stale(self) -> None:
        for one in [each for each in self.queue if not each.form]:
            if monotonic() - one.at > STALE:
                self._finish(one, "dropped")
