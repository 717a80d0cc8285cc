"""A browser becomes a room screen by a code; it holds no power that the leader has not given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from socketio.exceptions import ConnectionRefusedError as Refusal

from facilitator.archive import NotStored
from facilitator.core.code import ALPHABET, spaced, tidy
from facilitator.core.frame.room import KEYED
from facilitator.hall import CODE_LASTS
from facilitator.house import House
from facilitator.paired import Room
from facilitator.rooms import SLOW, TRIES
from facilitator.texts import TEXTS
from phases import VERBS
from tests.gathering import Gathering, Screen
from tests.short import RESULT, ROUND
from tests.walls import Clock, code_on, pair, refused, screen, settled


@pytest.fixture
async def gathering(tmp_path: Path) -> Gathering:
    gathering = Gathering(tmp_path / "data")
    await gathering.begin()
    return gathering


# Becoming a room screen


async def test_any_browser_shows_a_code_and_nothing_of_any_meeting(gathering: Gathering) -> None:
    wall = await screen(gathering)
    assert wall.keys == ["hall"]
    assert len(tidy(code_on(wall))) == 6
    assert set(tidy(code_on(wall))) <= set(ALPHABET)
    assert "types the code" in wall.said()
    assert wall.lang == "en"
    assert gathering.live.meeting.title not in wall.said()
    assert (wall.me, wall.own) == (None, [])


async def test_the_typed_code_shows_the_meeting_at_once(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    before = gathering.live.meeting
    code = code_on(wall)
    typed = f" {code[:3].lower()}-{code[3:].strip()} "
    assert "stored" in await pair(lead, typed)
    assert wall.blocks["heading"]["title"] == gathering.live.meeting.title
    assert "hall" not in wall.blocks
    assert wall.lang == gathering.live.meeting.lang
    assert (wall.me, wall.own) == (None, [])
    assert gathering.live.meeting is before  # the log knows nothing of it


async def test_the_paired_screen_is_told_like_every_room_screen(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    await pair(lead, code_on(wall))
    room = await gathering.led("room")
    await gathering.joined("ola")
    await lead.do("begin", seen=gathering.seen, index=ROUND)
    await gathering.calm()
    assert {k: wall.blocks[k] for k in wall.keys} == {k: room.blocks[k] for k in room.keys}


async def test_it_stays_paired_after_a_restart(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    await pair(lead, code_on(wall))
    again = Gathering(gathering.house.folder)
    again.meeting, again.code = gathering.meeting, gathering.code
    wall = await screen(again)
    assert wall.blocks["heading"]["title"] == again.live.meeting.title
    catalogue = (gathering.house.folder / "catalogue.journal").read_text()
    assert '"wall"' not in catalogue  # the session is kept as a hash alone


async def test_each_screen_has_a_code_of_its_own_and_one_code_pairs_one_screen(
    gathering: Gathering,
) -> None:
    lead = await gathering.led("lead")
    wall, other = await screen(gathering), await screen(gathering, "other")
    assert code_on(wall) != code_on(other)
    code = code_on(wall)
    await pair(lead, code)
    assert "hall" not in wall.blocks
    assert "hall" in other.blocks
    await lead.do("unpair")
    await settled()
    assert code_on(wall) != code


async def test_a_code_lasts_ten_minutes_and_then_the_screen_shows_another(
    gathering: Gathering,
) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    clock, old = Clock(gathering.house), code_on(wall)
    clock.more = CODE_LASTS
    assert await pair(lead, old) == refused("pair_code")
    gathering.channel._rooms.follow()  # as it does every few seconds
    assert code_on(wall) != old
    assert "stored" in await pair(lead, code_on(wall))


async def test_a_code_is_gone_with_its_page(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    code = code_on(wall)
    gathering.screens.remove(wall)
    await wall.disconnect()
    assert await pair(lead, code) == refused("pair_code")


async def test_wrong_codes_are_refused_in_words_and_slowed_down(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    clock = Clock(gathering.house)
    for _ in range(TRIES):
        assert await pair(lead, "AAAAAA") == refused("pair_code")
    assert await pair(lead, code_on(wall)) == refused("wait")
    assert "hall" in wall.blocks
    clock.more = SLOW + 1
    assert "stored" in await pair(lead, code_on(wall))


async def test_the_same_asked_again_after_a_lost_answer_is_no_wrong_code(
    gathering: Gathering,
) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    code = code_on(wall)
    await pair(lead, code)
    assert "stored" in await pair(lead, code)
    assert "hall" not in wall.blocks


async def test_a_pairing_that_cannot_be_stored_is_refused(
    gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)

    def full(*_: Any) -> None:
        raise NotStored("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("facilitator.archive.Journal.append", full)
        assert await pair(lead, code_on(wall)) == refused("not_stored")
    assert "hall" in wall.blocks


async def test_the_screen_speaks_its_browsers_language(gathering: Gathering) -> None:
    wall = await screen(gathering, lang="da")
    assert TEXTS["hall.pair_title"].root["da"] in wall.said()
    other = await screen(gathering, "other", lang="fr")
    assert other.lang == "nn"
    await other.send("lang", {"lang": "sv"})
    await settled()
    assert TEXTS["hall.pair_title"].root["sv"] in other.said()


async def test_who_missed_the_code_asks_and_gets_it(gathering: Gathering) -> None:
    wall = await screen(gathering)
    code = code_on(wall)
    wall.blocks = {}
    await wall.send("resync", {})
    assert code_on(wall) == code


# The leader's side


async def test_the_leader_sees_which_screens_show_the_meeting(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    assert "unpair" not in verbs_on(lead)
    await pair(lead, code_on(wall))
    await gathering.calm()
    assert {"unpair", "let_keys"} <= verbs_on(lead)
    await lead.do("unpair")
    await settled()
    await gathering.calm()
    assert "unpair" not in verbs_on(lead)
    assert "hall" in wall.blocks
    assert gathering.live.meeting.title not in wall.said()


def verbs_on(lead: Screen) -> set[str]:
    return {act["verb"] for act in lead.blocks["screens"]["acts"]}


async def test_an_unpaired_screen_is_unknown_after_a_restart_too(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    await pair(lead, code_on(wall))
    await lead.do("unpair")
    await settled()
    house = House(gathering.house.folder)
    assert list(house.paired) == []
    for name in ("wall", "door"):
        house.paired.keep(Room(name, "m", keys=False, since=1.0))
    assert [room.id for room in House(gathering.house.folder).paired] == ["wall", "door"]


@pytest.mark.parametrize(
    "args",
    [
        {},
        {"code": 7, "keys": "no"},
        {"code": ["A"], "keys": "no"},
        {"code": "AAAAAA", "keys": True},
        {"code": "AAAAAA", "keys": "maybe"},
        {"code": "AAAAAA", "keys": "no", "who": "me"},
        {"code": {"$ne": ""}, "keys": "yes"},
    ],
    ids=repr,
)
async def test_a_malformed_pairing_is_refused(gathering: Gathering, args: Any) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    assert await lead.do("pair", **args) == refused("malformed")
    assert await lead.do("show_here", **{"more": 1, **args}) == refused("malformed")
    assert "hall" in wall.blocks


@pytest.mark.parametrize("typed", ["", " ", "�" * 100, "../../etc", "A" * 50_000, "\x00"])
async def test_whatever_is_typed_as_a_code_is_a_wrong_one(gathering: Gathering, typed: str) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    assert await pair(lead, typed) == refused("pair_code")
    assert "hall" in wall.blocks


@pytest.mark.parametrize("verb", ["pair", "show_here", "unpair"])
async def test_only_a_leader_view_arranges_screens(gathering: Gathering, verb: str) -> None:
    wall, [ola] = await screen(gathering), await gathering.joined("ola")
    marked = await gathering.led("room")
    args = {"code": code_on(wall), "keys": "yes"} if verb == "pair" else {}
    assert await ola.do(verb, **args) == refused("leader_only")
    assert await marked.do(verb, **args) == refused("leader_only")
    assert await wall.do(verb, **args) == refused("leader_only", "en")
    assert "hall" in wall.blocks
    assert list(gathering.house.paired) == []


async def test_after_the_meeting_no_screen_is_paired_with_it(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    await lead.do("begin", seen=gathering.seen, index=RESULT)
    await lead.do("close")
    await gathering.calm()
    assert await pair(lead, code_on(wall)) == refused("closed")
    assert not {"pair", "screens"} & set(lead.blocks)


# No power


async def test_a_screen_in_the_hall_may_do_nothing(gathering: Gathering) -> None:
    wall = await screen(gathering)
    before = gathering.live.meeting
    for verb in (*VERBS, "nonsense"):
        answer = await wall.do(verb, seen=gathering.seen, name="Eva", index=1)
        assert "refused" in answer, verb
    assert gathering.live.meeting is before


async def test_a_paired_screen_without_keys_may_do_nothing(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    await pair(lead, code_on(wall))
    before, clock = gathering.live.meeting, Clock(gathering.house)
    for verb in VERBS:
        clock.more += 10  # nobody sends as fast as this
        for args in ({}, {"index": 1}, {"what": "nothing"}, {"name": "Eva"}):
            assert await wall.do(verb, seen=gathering.seen, **args) == refused("screen_only")
    assert gathering.live.meeting is before


async def test_with_leave_to_steer_it_does_what_its_keys_do_and_no_more(
    gathering: Gathering,
) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    await pair(lead, code_on(wall), keys="yes")
    assert [act["verb"] for act in wall.blocks["keys"]["acts"]] == [
        "forward",
        "back",
        "signal",
        "show",
    ]
    assert "stored" in await wall.do("forward", seen=gathering.seen)
    await gathering.calm()
    before = gathering.live.meeting
    for verb in set(VERBS) - KEYED:
        answer = await wall.do(verb, seen=gathering.seen, name="Eva", index=2, on=False)
        assert answer == refused("screen_only"), verb
    assert gathering.live.meeting is before


async def test_the_leader_turns_the_keys_of_all_room_screens_off_and_on(
    gathering: Gathering,
) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    opened = await gathering.led("room")
    await pair(lead, code_on(wall), keys="yes")
    assert "stored" in await lead.do("let_keys", on=False)
    await gathering.calm()
    for each in (wall, opened):
        assert "keys" not in each.blocks
        assert await each.do("forward", seen=gathering.seen) == refused("screen_only")
        assert await each.do("let_keys", on=True) == refused("screen_only")
    await lead.do("let_keys", on=True)
    await gathering.calm()
    for each in (wall, opened):
        assert "keys" in each.blocks
    assert "stored" in await opened.do("forward", seen=gathering.seen)


async def test_every_key_of_a_room_screen_is_one_it_may_send(gathering: Gathering) -> None:
    lead, opened = await gathering.led("lead"), await gathering.led("room")
    for verb, args in (("begin", {"index": ROUND}), ("pause", {}), ("resume", {})):
        await lead.do(verb, seen=gathering.seen if verb == "begin" else None, **args)
        await gathering.calm()
        sent = {act["verb"] for act in opened.blocks["keys"]["acts"] if act["key"]}
        assert sent <= KEYED


@pytest.mark.parametrize("place", ["ID", "CODE", "../..", "\x00", " "])
async def test_a_paired_screen_has_no_other_way_in(gathering: Gathering, place: str) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    await pair(lead, code_on(wall), keys="yes")
    filled = {"ID": gathering.meeting, "CODE": gathering.code}.get(place, place)
    for kind in ("room", "lead"):
        forged = Screen(gathering.sockets, {"id": "wall"}, {"screen": kind, "meeting": filled})
        with pytest.raises(Refusal):
            await forged.connect()
    with pytest.raises(Refusal):
        await Screen(gathering.sockets, {"id": "wall"}, {"screen": "lead", "meeting": ""}).connect()
    with pytest.raises(Refusal):  # and without a signed session there is no screen at all
        await Screen(gathering.sockets, {}, {"screen": "room", "meeting": ""}).connect()


async def test_a_screen_is_nobody_else_by_sending_another_session(gathering: Gathering) -> None:
    lead, wall = await gathering.led("lead"), await screen(gathering)
    await pair(lead, code_on(wall))
    stranger = await screen(gathering, "stranger")
    forged = {"asgi.scope": {"session": {"id": "wall", "leader": gathering.house.leader_mark}}}
    await stranger.send("connect", forged, {"screen": "lead", "meeting": gathering.meeting})
    await settled()
    assert "hall" in stranger.blocks
    assert spaced(tidy(code_on(stranger))) == code_on(stranger)
    assert "refused" in await stranger.do("forward", seen=gathering.seen)
