"""A rehearsal: imagined people who do what their phones offer, and if need be a leader too."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from facilitator.core.text import LANGS, Lang
from facilitator.house import House
from facilitator.live import Live
from facilitator.recipes import read_recipes
from facilitator.rehearsal.cast import read_cast
from facilitator.rehearsal.practice import practised
from facilitator.rehearsal.run import Rehearsal
from tests.server import ROOT, Server
from tests.visitor import Visitor

CAST = read_cast()


async def at_once(seconds: float) -> None:
    await asyncio.sleep(0)


async def planned(folder: Path, recipe: str = "bti-system", lang: Lang = "nn") -> Live:
    house = House(folder / "data")
    return house.live(await house.plan(practised(read_recipes(), recipe, lang, CAST)))


async def test_it_leads_itself_through_every_phase_to_the_end(tmp_path: Path) -> None:
    live = await planned(tmp_path)
    states = [state async for state in Rehearsal(live, at_once).states()]
    assert live.meeting.closed
    passed = {state.rpartition("-")[0] for state in states}
    assert {p.id for p in live.meeting.phases} | {"lobby", "result"} <= passed
    assert len(states) == len(set(states))


async def test_everything_happens_that_happens_in_a_meeting(tmp_path: Path) -> None:
    live = await planned(tmp_path)
    rehearsal = Rehearsal(live, at_once)
    _ = [state async for state in rehearsal.states()]
    m = live.meeting
    happened = Counter(entry.event.type for entry in live._entries)
    for event in ("objected", "sentence_worded", "question_answered", "signalled", "topic_parked"):
        assert happened[event], event
    for event in ("undone", "paused", "resumed", "card_placed", "part_accepted", "guests_thanked"):
        assert happened[event], event
    words = CAST.words
    assert m.sentence("status-quo") == words["wording"].say("nn")
    assert [c.text for c in m.cards.values() if not c.ours] == [CAST.cards["factors"][-1].say("nn")]
    assert [d.who for d in m.decided] == [words["who"].say("nn")]
    assert {p.name for p in m.people.values()} == {CAST.leader, *(r.name for r in CAST.people)}
    assert [p.name for p in m.people.values() if not p.phone] == ["Marit"]


@pytest.mark.parametrize("recipe", read_recipes().whole)
async def test_every_recipe_can_be_rehearsed(tmp_path: Path, recipe: str) -> None:
    live = await planned(tmp_path, recipe, "da")
    async with asyncio.timeout(60):
        _ = [state async for state in Rehearsal(live, at_once).states()]
    assert live.meeting.closed


async def test_who_practises_leads_and_the_others_take_part(tmp_path: Path) -> None:
    live = await planned(tmp_path)
    people = asyncio.create_task(Rehearsal(live, at_once).accompany())
    async with asyncio.timeout(10):
        while len(live.meeting.here) < 6:
            await asyncio.sleep(0.01)
    assert live.meeting.at == -1, "nobody but the leader goes on"
    await live.do(live.meeting.leader, "me.1", "forward", {"seen": live.meeting.place})
    async with asyncio.timeout(10):
        while "viddevakt" not in live.meeting.roles:
            await asyncio.sleep(0.01)
    people.cancel()


@pytest.mark.parametrize("lang", LANGS)
def test_the_command_prints_the_result_in_every_language(lang: Lang) -> None:
    done = rehearse("--auto", "--speed", "5000", "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert "factors-1\n" in done.stdout
    for name in ("wording", "who", "evaluate_how", "parked"):
        assert CAST.words[name].say(lang) in done.stdout


def test_an_unknown_recipe_is_said_so_with_those_there_are() -> None:
    done = rehearse("--recipe", "tea", "--lang", "en")
    assert done.returncode == 1
    assert "There is no recipe called tea. Choose from bti-system, short." in done.stderr


def rehearse(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "facilitator", "rehearse", *options]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_leader_practises_from_home(app_server: Server) -> None:
    leader = Visitor(app_server).lead()
    assert "Practise with imagined participants" in leader.get("/new?recipe=bti-system").text
    answer = leader.post("/practise", {"recipe": "bti-system"})
    assert answer.to.startswith("/lead/")
    assert "Practice: " in leader.get("/").text
    assert leader.post("/practise", {"recipe": "tea"}).to == "/new"
    assert Visitor(app_server).post("/practise", {"recipe": "bti-system"}).to == "/"
