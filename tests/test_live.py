"""A meeting that runs: durable before visible, in this order, and never twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator import live as live_module
from facilitator.core.meeting import Refused
from facilitator.live import Listener, Live
from facilitator.seals import Seals
from tests.short import ANSWERS, EVALUATE, ROUND, Sitting, short_meeting
from tests.storage import MoodyLog


class Ear(Listener):
    """Hears what is told, and what the meeting was just then."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.n = 0

    def tell_rooms(self, live: Live) -> None:
        self.heard.append("rooms")

    def tell_others(self, live: Live) -> None:
        self.heard.append("others")
        self.n = live.meeting.n


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def log() -> MoodyLog:
    return MoodyLog()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_live(log: MoodyLog, clock: Clock, tmp_path: Path) -> Callable[[], Live]:
    """Each call is a program that starts: what it knows is what was stored."""
    return lambda: Live(log, Seals(tmp_path / "meeting"), clock)


@pytest.fixture
async def table(open_live: Callable[[], Live]) -> Sitting:
    live = open_live()
    plan = short_meeting()
    await live.record(plan.leader, plan)
    await until(lambda: live._flushing is None)  # everybody has heard of it
    return Sitting(live)


@pytest.fixture
def ear(table: Sitting) -> Ear:
    ear = Ear()
    table.live.listeners.append(ear)
    return ear


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.005)


# Durable before visible


async def test_a_verb_is_not_shown_before_it_is_stored(table: Sitting, log: MoodyLog) -> None:
    log.hold()
    joining = asyncio.create_task(table.join("ola"))
    await log.asked()
    assert "ola" in table.live.decided.people
    assert "ola" not in table.live.meeting.people
    assert not joining.done()
    log.let_go()
    await joining
    assert "ola" in table.live.meeting.people


async def test_many_at_once_share_one_flush(table: Sitting, log: MoodyLog, ear: Ear) -> None:
    await asyncio.gather(*(table.do(f"p{n}", "join", name=f"P{n}") for n in range(50)))
    assert log.flushes[-1] == 50
    await until(lambda: ear.heard == ["rooms", "others"])


async def test_who_comes_while_the_disk_works_shares_the_next_flush(
    table: Sitting, log: MoodyLog
) -> None:
    log.hold()
    first = asyncio.create_task(table.join("ola"))
    await log.asked()
    more = [asyncio.create_task(table.join(f"p{n}")) for n in range(20)]
    await asyncio.sleep(0)
    log.let_go()
    await asyncio.gather(first, *more)
    assert log.flushes[-2:] == [1, 20]


async def test_the_room_hears_first_then_the_sender_then_everyone_else(
    table: Sitting, ear: Ear
) -> None:
    await table.join("ola")
    ear.heard.append("answer")
    await until(lambda: "others" in ear.heard)
    assert ear.heard == ["rooms", "answer", "others"]


async def test_a_screen_that_cannot_be_told_does_not_stop_the_meeting(
    table: Sitting, ear: Ear, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Ear):
        def tell_rooms(self, live: Live) -> None:
            raise RuntimeError("gone")

        tell_others = tell_rooms

    table.live.listeners.insert(0, Broken())
    with caplog.at_level(logging.CRITICAL):
        await table.join("ola")
    await until(lambda: ear.heard == ["rooms", "others"])
    assert "ola" in table.live.meeting.people


# What cannot be stored


async def test_a_refused_verb_is_neither_stored_nor_told(
    table: Sitting, log: MoodyLog, ear: Ear
) -> None:
    before, rows = table.live.meeting, log.read()
    for verb, args in (("forward", {"seen": "x"}), ("nonsense", {}), ("join", {"name": 7})):
        with pytest.raises(Refused):
            await table.do("ola", verb, **args)
    assert table.live.meeting is before
    assert table.live.decided is before
    assert (log.read(), ear.heard) == (rows, [])


async def test_what_cannot_be_written_falls_back_and_only_its_sender_hears(
    table: Sitting, log: MoodyLog, ear: Ear
) -> None:
    before = table.live.meeting
    log.fails = RuntimeError("cannot be written at all")
    with pytest.raises(Refused) as told:
        await table.join("ola")
    assert told.value.why.text == "refused.not_stored"
    assert table.live.meeting is table.live.decided is before
    assert ear.heard == []
    log.fails = None
    await table.join("siri")
    assert list(table.live.meeting.people) == [table.leader, "siri"]
    assert [row["n"] for row in log.rows] == [1, 2]


async def test_what_was_built_on_a_lost_verb_is_lost_with_it(table: Sitting, log: MoodyLog) -> None:
    log.hold()
    log.fails = RuntimeError("cannot be written at all")
    joining = asyncio.create_task(table.join("ola"))
    await log.asked()
    taking = asyncio.create_task(table.do("ola", "take_role", role="scribe"))
    await asyncio.sleep(0)
    log.let_go()
    for result in await asyncio.gather(joining, taking, return_exceptions=True):
        assert isinstance(result, Refused)
    assert "ola" not in table.live.decided.people


async def test_a_lost_verb_can_be_sent_again(table: Sitting, log: MoodyLog) -> None:
    log.fails = RuntimeError("cannot be written at all")
    with pytest.raises(Refused):
        await table.live.do("ola", "ola/d.1", "join", {"name": "Ola"})
    log.fails = None
    await table.live.do("ola", "ola/d.1", "join", {"name": "Ola"})
    assert "ola" in table.live.meeting.people


async def test_the_repeat_of_a_verb_that_is_lost_meanwhile_is_not_called_stored(
    table: Sitting, log: MoodyLog
) -> None:
    log.hold()
    log.fails = RuntimeError("cannot be written at all")
    once = asyncio.create_task(table.live.do("ola", "ola/d.1", "join", {"name": "Ola"}))
    await log.asked()
    again = asyncio.create_task(table.live.do("ola", "ola/d.1", "join", {"name": "Ola"}))
    await asyncio.sleep(0)
    log.let_go()
    for result in await asyncio.gather(once, again, return_exceptions=True):
        assert isinstance(result, Refused)


@pytest.mark.parametrize("op", ["\ud800.1", "d\x00.1", "d.1\ud800", "x" * 65, "ø.1"])
async def test_a_forged_op_harms_nobody_who_shares_its_flush(
    table: Sitting, tmp_path: Path, op: str
) -> None:
    forged = table.live.do("eva", op, "join", {"name": "Eva"})
    honest, forged = asyncio.create_task(table.join("ola")), asyncio.create_task(forged)
    results = await asyncio.gather(honest, forged, return_exceptions=True)
    assert results[0] is None
    assert "ola" in table.live.meeting.people


# The disk is gone


async def test_with_the_disk_gone_the_meeting_goes_on_as_held(
    table: Sitting, log: MoodyLog, ear: Ear
) -> None:
    log.disk_gone()
    done = await table.do("ola", "join", name="Ola")
    assert done.held
    assert table.live.held
    assert "ola" in table.live.meeting.people
    assert len(log.rows) == 1
    await until(lambda: ear.heard == ["rooms", "others"])


async def test_what_was_held_is_stored_in_order_with_what_comes_next(
    table: Sitting, log: MoodyLog
) -> None:
    log.disk_gone()
    await table.join("ola", "siri")
    log.disk_back()
    done = await table.do("nils", "join", name="Nils")
    assert not done.held
    assert not table.live.held
    assert [row["event"].get("who") for row in log.rows[1:]] == ["ola", "siri", "nils"]


async def test_when_the_disk_is_back_everyone_is_told_by_itself(
    table: Sitting, log: MoodyLog, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "RETRY", 0.02)
    log.disk_gone()
    await table.join("ola")
    await asyncio.sleep(0.05)
    assert table.live.held
    ear.heard.clear()
    log.disk_back()
    await until(lambda: not table.live.held)
    await until(lambda: ear.heard == ["rooms", "others"])
    assert len(log.rows) == 2


async def test_a_repeat_of_what_is_held_is_told_that_it_is_held(
    table: Sitting, log: MoodyLog
) -> None:
    log.disk_gone()
    once = await table.live.do("ola", "ola/d.1", "join", {"name": "Ola"})
    again = await table.live.do("ola", "ola/d.1", "join", {"name": "Ola"})
    assert once == again
    assert once.held


# Once is once


async def test_the_same_verb_twice_changes_nothing_the_second_time(
    table: Sitting, log: MoodyLog, open_live: Callable[[], Live]
) -> None:
    await table.join("ola")
    await table.go(ROUND)
    log.hold()
    card = ("ola", "ola/d.9", "add_card", {"phase": "round", "text": "Ein gong"})
    both = [asyncio.create_task(table.live.do(*card)) for _ in range(2)]
    await log.asked()
    log.let_go()
    in_flight = await asyncio.gather(*both)
    after_flush = await table.live.do(*card)
    restarted = open_live()
    after_restart = await restarted.do(*card)
    assert len({*in_flight, after_flush, after_restart}) == 1
    assert [c.text for c in restarted.meeting.cards.values()] == ["Ein gong"]
    assert sum(row["op"] == "ola/d.9" for row in log.rows) == 1


async def test_an_earlier_verb_that_comes_late_changes_nothing(table: Sitting) -> None:
    await table.live.do("ola", "ola/d.1", "join", {"name": "Ola"})
    await table.live.do("ola", "ola/d.2", "rename", {"who": "ola", "name": "Ola Nordmann"})
    await table.live.do("ola", "ola/d.1", "join", {"name": "Ola"})
    assert table.live.meeting.name("ola") == "Ola Nordmann"


async def test_two_devices_count_each_for_itself(table: Sitting) -> None:
    await table.live.do("ola", "ola/phone.5", "join", {"name": "Ola"})
    await table.live.do("ola", "ola/laptop.1", "rename", {"who": "ola", "name": "Ole"})
    assert table.live.meeting.name("ola") == "Ole"


async def test_a_refused_verb_may_be_sent_again_when_it_fits(table: Sitting) -> None:
    card = ("ola", "ola/d.2", "add_card", {"phase": "round", "text": "Vent"})
    await table.live.do("ola", "ola/d.1", "join", {"name": "Ola"})
    with pytest.raises(Refused):
        await table.live.do(*card)
    await table.go(ROUND)
    await table.live.do(*card)
    assert len(table.live.meeting.cards) == 1


# Begun anew


async def test_a_restart_gives_the_same_meeting(
    table: Sitting, open_live: Callable[[], Live]
) -> None:
    await table.join("ola", "siri")
    await table.go(ROUND)
    await table.forward()
    await table.card("ola", "Kven ringjer heim?")
    assert open_live().meeting == table.live.meeting


async def test_a_clock_runs_on_while_the_program_is_down(
    table: Sitting, clock: Clock, open_live: Callable[[], Live]
) -> None:
    await table.join("ola")
    await table.go(ROUND)
    await table.forward()
    clock.now += 10
    m = open_live().meeting
    assert m.states["round"].clock.left(m.time(clock.now)) == 45 - 10


async def test_a_pause_lasts_while_the_program_is_down(
    table: Sitting, clock: Clock, open_live: Callable[[], Live]
) -> None:
    await table.join("ola")
    await table.go(ROUND)
    await table.forward()
    clock.now += 10
    await table.do(table.leader, "pause")
    clock.now += 600
    m = open_live().meeting
    assert m.states["round"].clock.left(m.time(clock.now)) == 45 - 10


async def test_the_log_never_goes_back_in_time(table: Sitting, clock: Clock, log: MoodyLog) -> None:
    """The computer's clock is set back in the middle of a meeting."""
    clock.now -= 3600
    await table.join("ola")
    times = [row["at"] for row in log.rows]
    assert times == sorted(times)


async def test_undone_is_undone_also_after_a_restart(
    table: Sitting, open_live: Callable[[], Live]
) -> None:
    await table.go(ROUND)
    await table.do(table.leader, "undo", act=table.live.meeting.acts[-1])
    assert table.live.meeting.at == open_live().meeting.at == -1


# Sealed answers


@pytest.fixture
async def asked(table: Sitting) -> Sitting:
    await table.join("ola", "siri")
    await table.go(EVALUATE)
    return table


def key_of(folder: Path) -> Path:
    return folder / f"meeting-{EVALUATE}.key"


async def test_an_answer_hides_who_gave_it_with_what_and_when(
    asked: Sitting, log: MoodyLog, clock: Clock
) -> None:
    since = clock.now
    clock.now += 25
    await asked.answer("ola")
    row = log.rows[-1]
    assert row["event"]["answers"] == ANSWERS
    assert row["at"] == since
    assert "ola" not in row["by"] + row["op"]
    assert "." not in row["op"]


async def test_a_second_answer_replaces_the_first_also_after_a_restart(
    asked: Sitting, open_live: Callable[[], Live]
) -> None:
    await asked.answer("ola", useful="no")
    await asked.answer("ola", useful="partly")
    again = Sitting(open_live())
    await again.answer("siri", useful="yes")
    await again.live.do("ola", "ola/new.1", "answer", {"phase": "evaluate", "answers": ANSWERS})
    given = again.live.meeting.states["evaluate"].answers
    assert list(given.values()) == [ANSWERS, {"useful": "yes"}]


async def test_the_key_lies_beside_the_log_only_while_answers_are_taken(
    asked: Sitting, tmp_path: Path
) -> None:
    await asked.answer("ola")
    assert key_of(tmp_path).stat().st_mode & 0o777 == 0o600
    await asked.show_answers()
    await until(lambda: not key_of(tmp_path).exists())


async def test_a_key_left_by_a_crash_is_thrown_away_at_the_next_start(
    asked: Sitting, tmp_path: Path, open_live: Callable[[], Live]
) -> None:
    await asked.answer("ola")
    key = key_of(tmp_path).read_bytes()
    await asked.show_answers()
    await until(lambda: not key_of(tmp_path).exists())
    key_of(tmp_path).write_bytes(key)
    open_live()
    assert not key_of(tmp_path).exists()


async def test_going_on_without_showing_the_answers_throws_the_key_away_too(
    asked: Sitting, tmp_path: Path
) -> None:
    await asked.answer("ola")
    await asked.go(EVALUATE + 1)
    await until(lambda: not key_of(tmp_path).exists())


async def test_while_the_closing_is_only_held_the_key_stays(
    asked: Sitting, log: MoodyLog, tmp_path: Path
) -> None:
    """Or a crash would bring back an open phase whose answers cannot be replaced."""
    await asked.answer("ola")
    log.disk_gone()
    await asked.show_answers()
    await asyncio.sleep(0.05)
    assert key_of(tmp_path).exists()
    log.disk_back()
    await asked.join("nils")
    await until(lambda: not key_of(tmp_path).exists())


async def test_beginning_the_evaluation_undone_and_done_again_counts_nobody_twice(
    asked: Sitting,
) -> None:
    begun = asked.live.meeting.acts[-1]
    await asked.answer("ola", useful="no")
    await asked.do(asked.leader, "undo", act=begun)
    await asyncio.sleep(0.05)
    await asked.go(EVALUATE)
    await asked.answer("ola", useful="yes")
    given = asked.live.meeting.states["evaluate"].answers
    assert list(given.values()) == [{"useful": "yes"}]


async def test_no_key_outlives_its_meeting(asked: Sitting, tmp_path: Path) -> None:
    begun = asked.live.meeting.acts[-1]
    await asked.answer("ola")
    await asked.do(asked.leader, "undo", act=begun)
    await asked.go(EVALUATE + 1)
    await asked.do(asked.leader, "close")
    await until(lambda: not key_of(tmp_path).exists())


async def test_an_answer_sent_twice_is_one_entry(asked: Sitting) -> None:
    """Its entry hides whose it was, and still a repeat is known as one."""
    answer = ("ola", "ola/phone.7", "answer", {"phase": "evaluate", "answers": ANSWERS})
    first = await asked.live.do(*answer)
    n = asked.live.meeting.n
    assert await asked.live.do(*answer) == first
    await asked.show_answers()
    assert asked.live.meeting.n == n + 1


async def test_an_answer_sent_again_to_a_program_started_anew_is_one_entry(
    asked: Sitting, open_live: Callable[[], Live]
) -> None:
    """Its phone was not told before the program died; another one's answer came in between."""
    answer = ("ola", "ola/phone.7", "answer", {"phase": "evaluate", "answers": ANSWERS})
    first = await asked.live.do(*answer)
    again = Sitting(open_live())
    await again.answer("siri")
    n = again.live.meeting.n
    assert await again.live.do(*answer) == first
    assert again.live.meeting.n == n
    await again.live.do("ola", "ola/phone.8", "answer", {"phase": "evaluate", "answers": ANSWERS})
    assert again.live.meeting.n == n + 1
