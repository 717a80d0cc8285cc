"""What grows must not slow down: a long log, a full archive."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from pathlib import Path
from time import monotonic, time
from typing import Any

from facilitator.archive import Journal
from facilitator.house import House
from facilitator.live import Live
from facilitator.planning import Plan, planned
from facilitator.recipes import read_recipes

from . import server
from .phones import browser
from .row import Figures, Measure, Row, at, both, ms, times
from .server import LEADER_KEY

STORED = 200  # cards
OPENED = 5  # times that home is opened
ARCHIVE = 10_000  # meetings


async def storing() -> Figures:
    """A card stored in the log of a small meeting, and in the longest one of a full archive."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        few = await _storing(Path(folder) / "few", meetings=0, people=3, cards=3, entries=10)
        many = await _storing(Path(folder) / "many", ARCHIVE, people=300, cards=600, entries=5000)
    return {
        "p50": at(0.5, many),
        "p95": at(0.95, many),
        "few_p50": at(0.5, few),
        "few_p95": at(0.95, few),
    }


async def _storing(
    folder: Path, meetings: int, people: int, cards: int, entries: int
) -> list[float]:
    _fill_archive(folder, meetings)
    house, recipes = House(folder), read_recipes()
    plan = Plan.suggested(recipes, "short", "nn").model_copy(update={"leader": "Leiar"})
    live = house.live(await house.plan(planned(plan, recipes)))
    leader = live.meeting.roles["leader"]
    await _all(live, [(f"p{i}", "join", {"name": f"Namn {i}"}) for i in range(people)])
    while "round" not in (live.meeting.phase.id if live.meeting.phase else ""):
        await live.do(leader, "", "forward", {"seen": live.meeting.place})
    write = {"phase": "round", "text": "Meir tid til kvarandre"}
    await _all(live, [(f"p{i % people}", "add_card", write) for i in range(cards)])
    rest = entries - live.meeting.n
    await _all(live, [(leader, "more_time", {"phase": "round"})] * rest)
    delays = []
    for number in range(STORED):
        sent = monotonic()
        await live.do(f"p{number % people}", f"{secrets.token_hex(4)}.1", "add_card", write)
        delays.append(monotonic() - sent)
    return delays


async def _all(live: Live, verbs: list[tuple[str, str, dict[str, Any]]]) -> None:
    await asyncio.gather(*(live.do(by, "", verb, args) for by, verb, args in verbs))


def judge_storing(f: Figures) -> Row:
    ratio = f["p50"] / f["few_p50"]
    return Row(
        "storing a card, 5,000 entries, 10,000 meetings, p50 / p95",
        both(f),
        f"10 entries, 1 meeting {both(f, 'few_')}",
        f"p50 {times(ratio, 1.5)}",
        ratio <= 1.5,
        f"{STORED} cards; 300 people and 600 cards in the long log",
    )


async def home() -> Figures:
    """The list of meetings, as the leader opens it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        few = await _opening(Path(folder) / "few", 10)
        many = await _opening(Path(folder) / "many", ARCHIVE)
    return {"many": at(0.5, many), "few": at(0.5, few)}


async def _opening(folder: Path, meetings: int) -> list[float]:
    _fill_archive(folder, meetings)
    delays = []
    with server.ours(folder) as app:
        async with browser(app.origin) as leader:
            await leader.get(f"/leader/{LEADER_KEY}")
            for _ in range(OPENED):
                asked = monotonic()
                await leader.get("/")
                delays.append(monotonic() - asked)
    return delays


def judge_home(f: Figures) -> Row:
    ratio = f["many"] / f["few"]
    return Row(
        "opening home with 10,000 meetings",
        ms(f["many"]),
        f"with 10 {ms(f['few'])}",
        times(ratio, 2),
        ratio <= 2,
        f"p50 of {OPENED}",
    )


MEASURES = (Measure("storing", storing, judge_storing), Measure("home", home, judge_home, runs=1))


def _fill_archive(folder: Path, meetings: int) -> None:
    """Meetings that are over, as the catalogue lists them."""
    folder.mkdir()
    journal = Journal(folder / "catalogue.journal")
    over = {"title": "Bygdemøte", "planned": time(), "state": "done"}
    listed = [
        (n, {"id": secrets.token_hex(16), "code": f"{n:06}", **over}) for n in range(meetings)
    ]
    journal.append("meetings", listed)
    journal.close()
