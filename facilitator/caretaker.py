"""What is done when everybody has gone: what was forgotten is closed, what is closed is folded,
what nobody looks at is let go."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Collection
from itertools import islice

from .house import House, Listing
from .live import Live

EVERY = 30.0  # seconds between two rounds
FORGOTTEN = 24 * 3600.0  # seconds after which a meeting that nobody closed or put off is closed
AWAY = 300.0  # seconds a meeting stays open while no screen shows it
AGAIN = 3600.0  # seconds until a meeting is tried again that could not be read
MOST = 20  # meetings folded in one round, so that nobody waits for all of an old house's

log = logging.getLogger(__name__)


class Caretaker:
    """`watched` tells the ids of the meetings that some screen shows."""

    def __init__(self, house: House, watched: Callable[[], Collection[str]]) -> None:
        self._house, self._watched = house, watched
        self._empty: dict[str, float] = {}  # meetings nobody looks at, and since when
        self._unreadable: dict[str, float] = {}  # meetings, and when to try them again

    async def stay(self) -> None:
        """One round after the other, for as long as the house stands."""
        while True:
            await self.go_round()
            await asyncio.sleep(EVERY)

    async def go_round(self) -> None:
        for listing in self._house.running():
            await self._safely(self._close_forgotten, listing)
        left = (listing for listing in self._house.unfolded() if self._is_readable(listing))
        for listing in list(islice(left, MOST)):
            await self._safely(self._fold, listing)
        self._let_go()

    async def _safely(self, do: Callable[[Listing], Awaitable[None]], listing: Listing) -> None:
        """Whatever is wrong with one meeting, the others have their turn."""
        try:
            await do(listing)
        except Exception as error:  # what it says may be somebody's words: not for a log
            log.error("meeting %s: %s", listing.id, type(error).__name__)
            self._try_later(listing)

    async def _close_forgotten(self, listing: Listing) -> None:
        """One that began more than a day ago has to be read, for it may have gone on since."""
        began_long_ago = self._house.now() - listing.since >= FORGOTTEN
        if listing.put_off or not (began_long_ago or listing.id in self._house.open):
            return
        if live := self._read(listing):
            m = live.meeting
            idle = self._house.now() - live.last >= FORGOTTEN
            if idle and not (m.closed or m.put_off or live.held):
                await live.close_forgotten()
            elif m.closed:  # and the list could not be told
                await self._house.finish(listing.id)

    async def _fold(self, listing: Listing) -> None:
        was_open = listing.id in self._house.open
        if self._read(listing) and await self._house.finish(listing.id) and not was_open:
            self._house.let_go(listing.id)

    def _read(self, listing: Listing) -> Live | None:
        """The meeting; if it cannot be read, it is not tried anew every time."""
        if not self._is_readable(listing):
            return None
        live = self._house.find(listing.id)
        if live is None:
            self._try_later(listing)
        return live

    def _is_readable(self, listing: Listing) -> bool:
        return self._house.now() >= self._unreadable.get(listing.id, 0.0)

    def _try_later(self, listing: Listing) -> None:
        self._unreadable[listing.id] = self._house.now() + AGAIN

    def _let_go(self) -> None:
        now, watched = self._house.now(), self._watched()
        empty = (id for id in self._house.open if id not in watched)
        self._empty = {id: self._empty.get(id, now) for id in empty}
        old = [id for id, since in self._empty.items() if now - since >= AWAY]
        gone = [id for id in old if self._house.let_go(id)]
        for id in gone:
            del self._empty[id]
        if gone or not watched:
            gc.collect()  # by itself it hardly comes (`web.calm_memory`), and much has gone now
