"""When everybody has gone: what was forgotten is closed, what is closed is folded, what nobody
looks at is let go, and nothing of it stays."""

from __future__ import annotations

import asyncio
import gc
import re
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from facilitator import disk
from facilitator.archive import Journal, MeetingLog, Newer, NotStored
from facilitator.audience import Audience, Seat
from facilitator.caretaker import AGAIN, AWAY, FORGOTTEN, Caretaker
from facilitator.core.meeting import Entry, Event, Meeting, PhaseState, Refused
from facilitator.core.people import SOMEBODY
from facilitator.house import House
from facilitator.live import Live
from facilitator.seals import Seals
from facilitator.working import working
from tests.gathering import Gathering, Screen
from tests.short import EVALUATE, RESULT, ROLES, ROUND, Sitting, short_meeting
from tests.test_disk import open_files

START = 1_800_000_000.0
ID = r'"id": "[^"]*"'


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gathering(tmp_path: Path, clock: Clock) -> Gathering:
    return Gathering(tmp_path / "data", clock)


@pytest.fixture
def house(gathering: Gathering) -> House:
    return gathering.house


@pytest.fixture
def caretaker(gathering: Gathering) -> Caretaker:
    return Caretaker(gathering.house, lambda: gathering.channel.watched)


async def begun(house: House) -> str:
    meeting = await house.plan(short_meeting())
    await Sitting(house.live(meeting)).go(ROLES)
    await until(lambda: state(house, meeting) == "running")
    return meeting


async def held(house: House) -> str:
    """A short meeting from its beginning to its end."""
    meeting = await house.plan(short_meeting())
    table = Sitting(house.live(meeting))
    await table.join("ola", "siri", "nils")
    await table.go(ROUND)
    await table.card("ola", "Eit kort")
    await table.go(EVALUATE)
    for who in ("ola", "siri", "nils", table.leader):
        await table.answer(who)
    await table.go(RESULT)
    await table.do(table.leader, "close")
    return meeting


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.005)


def state(house: House, meeting: str) -> str:
    listing = house.listing(meeting)
    assert listing
    return "folded" if listing.folded else listing.state


def journal(house: House, meeting: str) -> Path:
    return house.folder / "meetings" / f"{meeting}.journal"


# What is closed is folded


async def test_a_closed_meeting_is_folded_at_once(house: House) -> None:
    meeting = await held(house)
    await until(lambda: state(house, meeting) == "folded")
    assert journal(house, meeting).read_bytes().count(b"\n") == 2
    again = House(house.folder)
    assert state(again, meeting) == "folded"
    assert again.live(meeting).meeting.folded
    assert [c.text for c in again.live(meeting).meeting.cards.values()] == ["Eit kort"]


async def test_it_takes_nothing_more(house: House) -> None:
    meeting = await held(house)
    await until(lambda: state(house, meeting) == "folded")
    for each in (house, House(house.folder)):
        table = Sitting(each.live(meeting))
        with pytest.raises(Refused, match="closed"):
            await table.join("per")
        assert not each.live(meeting).held


async def test_what_was_stored_is_answered_so_again_as_long_as_it_is_open(house: House) -> None:
    """A phone that did not hear the answer asks again, and it is not told that nothing came."""
    meeting = await house.plan(short_meeting())
    table = Sitting(house.live(meeting))
    await table.join("ola")
    await table.go(ROUND)
    card = await table.card("ola", "Eit kort")
    op = f"ola/{table._device}.{table._sent['ola']}"
    await table.go(RESULT)
    await table.do(table.leader, "close")
    await until(lambda: state(house, meeting) == "folded")
    again = await table.live.do("ola", op, "add_card", {"phase": "round", "text": "Eit kort"})
    assert again == card


@pytest.mark.parametrize("fails", ["replace_whole", "catalogue"])
async def test_what_cannot_be_folded_is_folded_later(
    house: House, caretaker: Caretaker, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    with monkeypatch.context() as broken:
        _break(broken, fails)
        meeting = await held(house)
        await until(lambda: house.live(meeting).meeting.closed and not house.live(meeting).busy)
        await until(lambda: not working)
        await caretaker.go_round()
        assert state(house, meeting) != "folded"
        before = journal(house, meeting).read_bytes()
        assert (before.count(b"\n") == 2) == (fails == "catalogue")
    await caretaker.go_round()
    assert state(house, meeting) == "folded"
    assert journal(house, meeting).read_bytes().count(b"\n") == 2


def _break(patch: pytest.MonkeyPatch, what: str) -> None:
    append = Journal.append

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    def no_list(self: Journal, table: str, rows: Any) -> None:
        if table == "meetings" and rows[0][1]["state"] == "done":
            raise NotStored("No space left on device")
        append(self, table, rows)

    if what == "catalogue":
        patch.setattr(Journal, "append", no_list)
    else:
        patch.setattr("facilitator.archive.replace_whole", full)


async def test_what_was_closed_before_it_could_be_folded_is_folded_at_the_next_start(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what an older version closed, which did not fold."""
    with monkeypatch.context() as broken:
        _break(broken, "replace_whole")
        meetings = [await held(house) for _ in range(3)]
        await until(lambda: all(state(house, m) == "done" for m in meetings) and not working)
    again = House(house.folder, now=clock)
    await Caretaker(again, lambda: ()).go_round()
    assert [state(again, m) for m in meetings] == ["folded"] * 3
    assert again.open == ()


async def test_a_damaged_meeting_does_not_stop_the_round(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        _break(full, "replace_whole")
        broken, whole = await held(house), await held(house)
        await until(lambda: state(house, broken) == state(house, whole) == "done" and not working)
    harmed = b"?" + journal(house, broken).read_bytes()
    journal(house, broken).write_bytes(harmed)
    again = House(house.folder, now=clock)
    caretaker = Caretaker(again, lambda: ())
    for _ in range(2):
        await caretaker.go_round()
    assert [state(again, m) for m in (broken, whole)] == ["done", "folded"]
    assert journal(house, broken).read_bytes() == harmed
    journal(house, broken).write_bytes(harmed[1:])
    clock.at += AGAIN
    await caretaker.go_round()
    assert state(again, broken) == "folded", "somebody has mended it"


async def test_a_meeting_of_a_newer_version_does_not_stop_the_round(
    house: House, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """It waits for its version, and says so to whoever asks for it (test_unreadable)."""
    strange, whole = await begun(house), await begun(house)
    event = {"type": "somebody_sneezed", "who": "Ola"}
    log = MeetingLog(journal(house, strange))
    log.append(len(log.read()), [{"n": 3, "at": START, "by": "ola", "op": "", "event": event}])
    clock.at += FORGOTTEN
    again = House(house.folder, now=clock)
    caretaker = Caretaker(again, lambda: ())
    for _ in range(2):
        await caretaker.go_round()
    await until(lambda: state(again, whole) == "folded")
    assert state(again, strange) == "running"
    assert isinstance(again.why_shut(strange), Newer)
    assert not caplog.records
    assert "sneezed" not in caplog.text


async def test_a_start_sweeps_up_after_a_crash(house: House) -> None:
    for name in ("one.fresh", "one.old"):
        (house.folder / "meetings" / name).write_bytes(b"who spoke for how long")
    House(house.folder)
    assert not list((house.folder / "meetings").iterdir())
    assert (disk.FRESH, disk.OLD) == (".fresh", ".old")


async def test_screens_that_are_open_go_on_as_they_are(gathering: Gathering) -> None:
    lead, [ola, siri] = await _a_closed_meeting(gathering)
    shown = [screen.said() for screen in (lead, ola, siri)]
    for screen in (lead, ola, siri):
        await screen.send("resync")
    assert [len(screen.missed) for screen in (lead, ola, siri)] == [0, 0, 0]
    assert ola.said() == shown[1]
    assert re.sub(ID, "", lead.said()) == re.sub(ID, "", shown[0])
    assert gathering.live.meeting.name(ola.me) == "Ola"


async def test_whoever_took_part_sees_the_result_again_and_nobody_else(
    gathering: Gathering, caretaker: Caretaker, clock: Clock
) -> None:
    """Also after the meeting was let go, when nobody knows any more whose phone it is."""
    lead, [ola, siri] = await _a_closed_meeting(gathering)
    result = ola.said()
    for screen in (lead, ola, siri):
        await screen.disconnect()
    for _ in range(2):
        await caretaker.go_round()
        clock.at += AWAY
    assert gathering.house.open == ()
    again, stranger = await gathering.phone("ola"), await gathering.phone("stranger")
    assert again.said() == result
    assert again.me == SOMEBODY
    assert list(stranger.blocks) == ["heading", "over"]
    assert "Ola" in (await gathering.led("lead")).said()


async def _a_closed_meeting(gathering: Gathering) -> tuple[Screen, list[Screen]]:
    await gathering.begin()
    lead, phones = await gathering.led("lead"), await gathering.joined("ola", "siri")
    await lead.do("begin", index=ROUND, seen=gathering.seen)
    await phones[0].do("add_card", phase="round", text="Eit kort")
    await lead.do("begin", index=RESULT, seen=gathering.seen)
    await lead.do("close")
    await gathering.calm()
    await until(lambda: state(gathering.house, gathering.meeting) == "folded")
    return lead, phones


# What nobody closes


async def test_a_meeting_that_nobody_closes_closes_itself_after_a_day(
    house: House, caretaker: Caretaker, clock: Clock
) -> None:
    meeting = await begun(house)
    clock.at += FORGOTTEN - 1
    await caretaker.go_round()
    assert state(house, meeting) == "running"
    clock.at += 1
    await caretaker.go_round()
    await until(lambda: state(house, meeting) == "folded")
    spent = house.live(meeting).meeting.clocks["roles"].spent
    assert spent == 0, "it ended when somebody last did something"


async def test_that_is_so_at_a_start_too(house: House, clock: Clock) -> None:
    meeting = await begun(house)
    clock.at += FORGOTTEN
    again = House(house.folder, now=clock)
    await Caretaker(again, lambda: ()).go_round()
    await until(lambda: state(again, meeting) == "folded")


async def test_a_meeting_put_off_waits_for_its_day(
    house: House, caretaker: Caretaker, clock: Clock
) -> None:
    meeting = await begun(house)
    table = Sitting(house.live(meeting))
    await table.do(table.leader, "put_off", when="torsdag")
    await until(lambda: not table.live.busy)
    clock.at += 7 * FORGOTTEN
    for each in (caretaker, Caretaker(House(house.folder, now=clock), lambda: ())):
        await each.go_round()
    assert state(house, meeting) == "running"
    await table.do(table.leader, "resume")
    await until(lambda: not table.live.busy)
    await caretaker.go_round()
    clock.at += FORGOTTEN - 1
    await caretaker.go_round()
    assert state(house, meeting) == "running", "it went on less than a day ago"
    clock.at += 1
    await caretaker.go_round()
    await until(lambda: state(house, meeting) == "folded")


async def test_a_paused_meeting_that_was_left_closes_too(
    house: House, caretaker: Caretaker, clock: Clock
) -> None:
    meeting = await begun(house)
    table = Sitting(house.live(meeting))
    await table.do(table.leader, "pause")
    clock.at += FORGOTTEN
    await caretaker.go_round()
    await until(lambda: state(house, meeting) == "folded")
    assert house.live(meeting).meeting.paused is None


async def test_what_has_not_begun_is_left_alone(
    house: House, caretaker: Caretaker, clock: Clock
) -> None:
    meeting = await house.plan(short_meeting())
    clock.at += 30 * FORGOTTEN
    await caretaker.go_round()
    assert state(house, meeting) == "planned"


# What nobody looks at


async def test_what_nobody_looks_at_is_let_go_and_opened_again(
    gathering: Gathering, caretaker: Caretaker, clock: Clock
) -> None:
    await gathering.begin()
    [ola] = await gathering.joined("ola")
    await caretaker.go_round()
    clock.at += AWAY
    await caretaker.go_round()
    assert gathering.house.open == (gathering.meeting,), "a phone looks at it"
    await ola.disconnect()
    await caretaker.go_round()
    clock.at += AWAY - 1
    await caretaker.go_round()
    assert gathering.house.open == (gathering.meeting,), "one may come back"
    clock.at += 1
    await caretaker.go_round()
    assert gathering.house.open == ()
    again = await gathering.phone("ola")
    assert again.me == gathering.who("ola")
    assert "stored" in await again.do("rename", who=again.me, name="Ola 2")


async def test_what_is_not_stored_is_not_let_go(
    house: House, caretaker: Caretaker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = await begun(house)

    def full(self: Journal, *_: Any) -> None:
        raise NotStored("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Journal, "append", full)
        done = await Sitting(house.live(meeting)).do("ola", "join", name="Ola")
        assert done.held
        for _ in range(2):
            await caretaker.go_round()
            clock.at += AWAY
        assert house.open == (meeting,)
    assert house.live(meeting).meeting.people["ola"].name == "Ola"


async def test_what_is_practised_is_not_let_go(
    house: House, caretaker: Caretaker, clock: Clock
) -> None:
    """Its players hold it; a second one on the same file would be in their way."""
    meeting = await begun(house)
    with house.using(meeting):
        for _ in range(2):
            await caretaker.go_round()
            clock.at += AWAY
        assert house.open == (meeting,)
    await caretaker.go_round()
    assert house.open == ()


async def test_of_fifty_finished_meetings_nothing_stays_in_memory(
    gathering: Gathering, caretaker: Caretaker, clock: Clock
) -> None:
    left: list[weakref.ref[Any]] = []
    before = in_memory()
    gc.disable()  # in the app it hardly runs, so nothing may wait for it
    try:
        for _ in range(50):
            left += await _a_meeting_with_screens(gathering)
        assert all(ref() for ref in left)
        await caretaker.go_round()
        clock.at += AWAY
        with patch("gc.collect"):
            await caretaker.go_round()
        await until(lambda: not working)
        assert [ref() for ref in left if ref()] == []
    finally:
        gc.enable()
    assert in_memory() <= before
    assert not [name for name in open_files() if name.startswith(str(gathering.house.folder / "m"))]


def in_memory() -> Counter[str]:
    """How many objects there are of what a meeting is made of, other tests' among them."""
    gc.collect()
    kinds = (Live, Meeting, Entry, PhaseState, Event, Seals, Journal, Audience, Seat)
    return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, kinds))


async def _a_meeting_with_screens(gathering: Gathering) -> list[weakref.ref[Any]]:
    await gathering.begin()
    lead = await gathering.led("lead")
    room = await gathering.led("room")
    [ola, siri] = await gathering.joined("ola", "siri")
    live = gathering.live
    for index in (ROUND, EVALUATE, RESULT):
        await lead.do("begin", index=index, seen=gathering.seen)
        await gathering.calm()
        if index == ROUND:
            await ola.do("add_card", phase="round", text="Eit kort")
        if index == EVALUATE:
            await siri.do("answer", phase="evaluate", answers={"useful": "yes"})
    await lead.do("close")
    await gathering.calm()
    await until(lambda: state(gathering.house, gathering.meeting) == "folded")
    for screen in (lead, room, ola, siri):
        await screen.disconnect()
    gathering.screens.clear()
    return [weakref.ref(live), weakref.ref(live.meeting), *map(weakref.ref, live.listeners[:2])]
