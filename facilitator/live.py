"""A meeting that runs: the only thing that changes. Durable before visible.

Verbs are judged by what is *decided*; screens see what is *stored*. Many verbs at once share one
flush. With the disk gone the meeting goes on as *held, not stored*, and says so.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from facilitator.core.folding import acting
from facilitator.core.meeting import Entry, Meeting, Refused, Undone, evolve, refuse, replay
from facilitator.core.steering import Closed
from facilitator.core.verbs import Verb
from phases import VERBS, folded

from .archive import Log, NotStored, Row
from .entries import Entries, entry_of, row_of
from .seals import Seals, is_pseudonym

RETRY = 2.0  # seconds between tries to store what is held
OP_LIMIT = 64  # characters
ANSWERING = 4  # turns of the loop until an answer is on its way

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What became of a verb: its place in the log, and whether it is stored or only held."""

    n: int
    held: bool = False


class Listener:
    """Told of every flush: the room screens before the senders are, everyone else after."""

    def tell_rooms(self, live: Live) -> None:
        pass

    def tell_others(self, live: Live) -> None:
        pass


class Live:
    """One meeting. `meeting` is what screens show, `decided` what verbs are judged by."""

    def __init__(
        self,
        entries: Log,
        seals: Seals,
        now: Callable[[], float] = time.time,
        verbs: Mapping[str, Verb] = VERBS,
        chance: Callable[[], str] = secrets.token_hex,
    ) -> None:
        """Raises Unknown."""
        self._log, self._seals, self.now, self._verbs = entries, seals, now, verbs
        self._chance = chance
        known = [entry_of(n, row) for n, row in enumerate(entries.read(), 1)]
        self.meeting = self.decided = replay(Meeting(), known)
        self._entries = Entries(known)
        self.stored = self.meeting.n
        self.listeners: list[Listener] = []
        self._ops = _highest(known)
        self._sealed_ops: Ops = {}
        self._waiting: list[tuple[Entry, asyncio.Future[Done]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self._retrying: asyncio.Task[None] | None = None
        self._finishing = asyncio.Lock()
        self._throw_keys_away()

    @property
    def held(self) -> bool:
        """Something is shown that is not stored."""
        return self.stored < self.meeting.n

    @property
    def busy(self) -> bool:
        """Something waits to be stored, or is about to be."""
        working = self._flushing or self._retrying or self._finishing.locked()
        return self.held or bool(self._waiting or working)

    @property
    def last(self) -> float:
        """When the last thing happened, in epoch seconds."""
        return self._entries.last

    async def do(self, by: str, op: str, verb: str, args: Mapping[str, Any]) -> Done:
        """Decide, store, tell. A repeated `op` changes nothing. Raises Refused: nothing changed."""
        if verb not in self._verbs or len(op) > OP_LIMIT or not op.isascii():
            refuse("malformed")
        if self._repeats(op):
            return await self._as_before(op)
        if self._verbs[verb].takes("chance"):  # never the sender's to choose
            args = {**args, "chance": self._chance()}
        event = self._verbs[verb](self.decided, by, args)
        entry = self._signed(by, op, event)
        if event.sealed:  # the log must not know whose it was; until the key goes, we do
            if entry.op in self._ops:  # kept before the program was started anew
                n = self._ops[entry.op][1]
                return Done(n, held=n > self.stored)
            _remember(self._sealed_ops, replace(entry, op=op))
        return await self._keep(entry)

    async def record(self, by: str, event: Any) -> Done:
        """Keep an event that no verb decides: what a meeting is planned to be."""
        return await self._keep(self._signed(by, "", event))

    async def close_forgotten(self) -> None:
        """As if it had been closed after the last thing that anybody did."""
        if not self.decided.closed:
            await self._keep(Entry(self.decided.n + 1, self.last, "", "", Closed()))

    async def finish(self) -> bool:
        """Fold a closed meeting: whatever is not to last is gone from the disk and from here.

        False when that is to be tried again. Screens that are open go on as they are.
        """
        async with self._finishing:
            while self._flushing is not None:
                await asyncio.shield(self._flushing)
            if not self.meeting.closed or self.held:
                return False
            await asyncio.to_thread(self._throw_keys_away)
            return not self._seals.phases and (self.meeting.folded or await self._fold())

    async def _fold(self) -> bool:
        entries, browsers = folded(self.meeting, [*self._entries]), acting(self.meeting)
        try:
            await asyncio.to_thread(self._log.fold, [row_of(entry) for entry in entries])
        except NotStored:
            return False
        self._entries = Entries(entries)
        self._ops = {op: kept for op, kept in self._ops.items() if not is_pseudonym(op)}
        m = replay(Meeting(), entries)
        self.meeting = self.decided = replace(m, devices={**m.devices, **browsers})
        return True

    def close(self) -> None:
        """Let go of its file and of its listeners."""
        self._log.close()
        self.listeners.clear()

    def _signed(self, by: str, op: str, event: Any) -> Entry:
        entry = Entry(self.decided.n + 1, max(self.now(), self.last), by, op, event)
        if not event.sealed:
            return entry
        index = next(i for i, p in enumerate(self.decided.phases) if p.id == event.phase)
        name = self._seals.pseudonym(index, by)
        return replace(entry, at=self.decided.since, by=name, op=self._seals.pseudonym(index, op))

    async def _keep(self, entry: Entry) -> Done:
        self._entries.append(entry)
        _remember(self._ops, entry)
        if isinstance(entry.event, Undone):
            self.decided = replay(Meeting(), self._entries)
        else:
            self.decided = evolve(self.decided, entry)
        told: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, told))
        self._flush_soon()
        return await told

    def _repeats(self, op: str) -> bool:
        device, number = _split(op)
        return bool(device) and number <= self._highest_of(device)[0]

    def _highest_of(self, device: str) -> tuple[int, int]:
        return max(self._ops.get(device, (0, 0)), self._sealed_ops.get(device, (0, 0)))

    async def _as_before(self, op: str) -> Done:
        """The answer to a repeat: what became of it the first time."""
        if self._flushing is not None:
            await asyncio.shield(self._flushing)
        if not self._repeats(op):  # the first was lost meanwhile
            refuse("not_stored")
        _, n = self._highest_of(_split(op)[0])
        return Done(n, held=n > self.stored)

    def _flush_soon(self) -> None:
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._waiting or self.held:
                batch, self._waiting = self._waiting, []
                await self._flush_once(batch)
                if self.held and not self._waiting:
                    self._retry_later()
                    return
        finally:
            self._flushing = None
            if self._waiting:
                self._flush_soon()

    async def _flush_once(self, batch: list[tuple[Entry, asyncio.Future[Done]]]) -> None:
        visible, rows = self.decided, self._entries.rows(self.stored)
        try:
            await asyncio.to_thread(self._store, rows)
        except NotStored as error:  # shown as held; tried again with the next flush
            if not self.held:
                log.warning("not stored, and tried again until it is: %s", error)
        except Exception as error:  # this batch cannot be written at all: as if it never was
            self._fall_back(batch, error)
            return
        else:
            self.stored += len(rows)
        self.meeting = visible
        self._each(lambda listener: listener.tell_rooms(self))
        for entry, told in batch:
            if not told.done():
                told.set_result(Done(entry.n, held=entry.n > self.stored))
        for _ in range(ANSWERING):  # the senders hear before everybody else
            await asyncio.sleep(0)
        self._each(lambda listener: listener.tell_others(self))
        if self._seals.phases and not self.held:
            await asyncio.to_thread(self._throw_keys_away)

    def _store(self, rows: list[Row]) -> None:
        try:
            self._seals.save()
        except OSError as error:
            raise NotStored(str(error)) from error
        self._log.append(self.stored, rows)

    def _fall_back(self, batch: list[tuple[Entry, asyncio.Future[Done]]], error: Exception) -> None:
        lost, self._waiting = [*batch, *self._waiting], []
        self.decided = self.meeting
        self._entries = self._entries.first(self.meeting.n)
        self._ops, self._sealed_ops = _highest(self._entries), {}
        for _, told in lost:
            if not told.done():
                refused = Refused("not_stored")
                refused.__cause__ = error
                told.set_exception(refused)

    def _each(self, tell: Callable[[Listener], None]) -> None:
        for listener in self.listeners:
            try:
                tell(listener)
            except Exception:  # a screen that cannot be told must not stop the meeting
                log.exception("a screen could not be told")

    def _retry_later(self) -> None:
        async def retry() -> None:
            await asyncio.sleep(RETRY)
            self._retrying = None
            self._flush_soon()

        if self._retrying is None:
            self._retrying = asyncio.get_running_loop().create_task(retry())

    def _throw_keys_away(self) -> None:
        """The keys of phases that take no more sealed answers. Tried again if the disk is gone."""
        m = self.meeting
        for index in self._seals.phases:
            phase = m.phases[index] if index < len(m.phases) else None
            if m.closed or phase is None or not phase.takes_sealed(m.states[phase.id]):
                self._sealed_ops = {}
                try:
                    self._seals.forget(index)
                except OSError:
                    return


# Device -> its highest number, and that one's place in the log; a sealed op stands for itself.
Ops = dict[str, tuple[int, int]]


def _highest(entries: Iterable[Entry]) -> Ops:
    ops: Ops = {}
    for entry in entries:
        _remember(ops, entry)
    return ops


def _remember(ops: Ops, entry: Entry) -> None:
    device, number = _split(entry.op)
    if device or entry.event.sealed:
        ops[device or entry.op] = (number, entry.n)


def _split(op: str) -> tuple[str, int]:
    device, _, number = op.rpartition(".")
    return (device, int(number)) if number.isdecimal() else ("", 0)
