"""The log in memory: nothing is lost when it is packed, and it takes little room."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from facilitator.archive import MeetingLog
from facilitator.core.joining import Joined
from facilitator.core.meeting import Entry
from facilitator.core.writing import CardEdited
from facilitator.entries import PACK, Entries, Unknown, entry_of, row_of
from facilitator.live import Live
from facilitator.seals import Seals

from .short import ROUND, Sitting, short_meeting

LONG = 3 * PACK + 7
BYTES = 200  # that one more entry may take, text and all


def entries(count: int) -> Iterator[Entry]:
    for n in range(1, count + 1):
        event = CardEdited(card=1, text=f"Meir tid, ein stad å vera ({n})")
        yield Entry(n, 1_000_000.0 + n, "kari", f"kari/1f.{n}", event)


@pytest.mark.parametrize("count", [0, 1, PACK, 2 * PACK - 1, 2 * PACK, LONG])
def test_all_that_happened_is_there_in_its_order(count: int) -> None:
    given = [*entries(count)]
    kept = Entries(given)
    assert [*kept] == given
    assert kept.last == (given[-1].at if given else 0.0)
    for after in {0, 1, PACK - 1, PACK, count - 1, count} & {*range(count + 1)}:
        assert kept.rows(after) == [row_of(entry) for entry in given[after:]]


@pytest.mark.parametrize("count", [0, PACK // 2, PACK, LONG - 1, LONG])
def test_the_first_of_them_are_as_if_no_more_had_come(count: int) -> None:
    kept = Entries(entries(LONG)).first(count)
    assert [*kept] == [*islice(entries(LONG), count)]
    assert kept.last == Entries(entries(count)).last


def test_what_a_newer_program_wrote_is_named() -> None:
    row = row_of(Entry(1, 0.0, "kari", "", Joined(who="kari", name="Kari")))
    with pytest.raises(Unknown, match="entry 7"):
        entry_of(7, {**row, "event": {"type": "from_the_future"}})


async def test_a_meeting_that_goes_on_and_on_stays_small(tmp_path: Path) -> None:
    """Where a card is reworded again and again, only the log grows."""
    live = Live(MeetingLog(tmp_path / "one.journal"), Seals(tmp_path / "one"))
    await live.record("kari", short_meeting())
    table = Sitting(live)
    await table.join("ola")
    await table.go(ROUND)
    card = (await table.card("ola", "Tid")).n

    async def reword(times: int) -> None:
        for number in range(times):
            await table.do("ola", "edit_card", card=card, text=f"Meir tid ({number})")

    await reword(3 * PACK)
    with grown() as more:
        await reword(3 * PACK)
    assert more[0] / (3 * PACK) <= BYTES


@contextmanager
def grown() -> Iterator[list[int]]:
    more: list[int] = []
    gc.collect()
    tracemalloc.start()
    try:
        yield more
        gc.collect()
        more.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
