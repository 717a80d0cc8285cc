"""Who a browser is: names ticked at the door, a new phone, a double, the lead in other hands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from socketio.exceptions import ConnectionRefusedError as Refusal

from facilitator.core.people import Expected
from facilitator.texts import TEXTS
from tests.gathering import Gathering, Screen
from tests.short import ROUND

EXPECTED = (Expected("Ola", "PPT"), Expected("Siri"))


@pytest.fixture
async def gathering(tmp_path: Path) -> Gathering:
    gathering = Gathering(tmp_path / "data")
    await gathering.begin(expected=EXPECTED)
    return gathering


def refused(key: str) -> dict[str, Any]:
    return {"refused": TEXTS[f"refused.{key}"].root["nn"], "back": True}


def names(screen: Screen) -> list[str]:
    return [option["value"] for option in screen.blocks["join"]["fields"][0]["options"]]


async def acts(gathering: Gathering, screen: Screen, verb: str, **args: Any) -> None:
    seen = gathering.seen if verb in ("begin", "forward", "end_turn") else None
    assert "stored" in await screen.do(verb, seen=seen, **args), verb
    await gathering.calm()


async def code_for(gathering: Gathering, lead: Screen, who: str | None) -> str:
    await acts(gathering, lead, "offer_move", who=who)
    assert gathering.live.meeting.moving is not None
    return gathering.live.meeting.moving.code


async def restarted(gathering: Gathering) -> Gathering:
    again = Gathering(gathering.house.folder)
    again.meeting, again.code = gathering.meeting, gathering.code
    again.live.listeners.append(again)
    again._told = again.live.meeting.n - 1
    return again


# The door


async def test_a_name_that_is_taken_goes_from_every_door(gathering: Gathering) -> None:
    ola, siri = await gathering.phone("ola"), await gathering.phone("siri")
    assert names(ola) == names(siri) == ["Ola (PPT)", "Siri"]
    async with gathering.listening() as told:
        await ola.do("join", name="Ola (PPT)", origin="", instead_of="")
    assert names(siri) == ["Siri"]
    assert [len(told[screen]) for screen in (ola, siri)] == [1, 1]
    assert ola.me == gathering.who("ola")


# A new phone


async def test_cards_turn_and_role_follow_to_the_new_phone(gathering: Gathering) -> None:
    lead, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    await acts(gathering, ola, "take_role", role="viddevakt")
    await acts(gathering, lead, "begin", index=ROUND)
    await acts(gathering, lead, "forward")
    await acts(gathering, ola, "add_card", phase="round", text="Kven ringjer heim?")
    code = await code_for(gathering, lead, ola.me)
    new = await gathering.phone("ola's new one")
    assert await new.do("move_here", code="AAAAAA") == refused("wrong_code")
    async with gathering.listening() as told:
        await new.do("move_here", code=code)
    assert [len(told[screen]) for screen in (new, siri)] == [1, 0]
    assert new.me == ola.me
    assert new.shown == ola.shown
    assert {"guard", "mine"} <= set(new.blocks)
    assert new.blocks["turn"]["who"] == new.me
    await acts(gathering, new, "end_turn", phase="round")
    assert gathering.live.meeting.states["round"].turns.heard == (ola.me,)
    assert code not in lead.said()
    assert await (await gathering.phone("third")).do("move_here", code=code) == refused(
        "wrong_code"
    )


async def test_after_a_restart_the_new_phone_is_still_the_same_person(
    gathering: Gathering,
) -> None:
    lead, [ola] = await gathering.led("lead"), await gathering.joined("ola")
    code = await code_for(gathering, lead, ola.me)
    await acts(gathering, await gathering.phone("new"), "move_here", code=code)
    again = await restarted(gathering)
    for name in ("new", "ola"):
        phone = await again.phone(name)
        assert phone.me == ola.me
    await acts(again, phone, "rename", who=ola.me, name="Olav")
    assert again.live.meeting.name(ola.me or "") == "Olav"


async def test_a_code_is_the_servers_own_and_never_the_senders(gathering: Gathering) -> None:
    lead, [ola] = await gathering.led("lead"), await gathering.joined("ola")
    codes = set()
    for _ in range(3):
        await acts(gathering, lead, "offer_move", who=ola.me, chance="I know this")
        assert gathering.live.meeting.moving is not None
        codes.add(gathering.live.meeting.moving.code)
    assert len(codes) == 3


async def test_the_code_is_told_to_the_leader_view_alone(gathering: Gathering) -> None:
    lead, room = await gathering.led("lead"), await gathering.led("room")
    stranger, [ola] = await gathering.phone("stranger"), await gathering.joined("ola")
    async with gathering.listening() as told:
        await lead.do("offer_move", who=ola.me)
    assert [len(told[screen]) for screen in (lead, room, stranger, ola)] == [1, 0, 0, 0]


# A double


async def test_a_double_that_is_merged_becomes_the_other_on_its_phone(
    gathering: Gathering,
) -> None:
    lead = await gathering.led("lead")
    await acts(gathering, lead, "add_person", name="Ola (PPT)")
    ticked = gathering.live.meeting.here[-1].id
    [ola, siri] = await gathering.joined("ola", "siri")
    async with gathering.listening() as told:
        await lead.do("merge_people", who=ola.me, into=ticked)
    assert [len(told[screen]) for screen in (ola, siri)] == [1, 0]
    assert ola.me == ticked
    await acts(gathering, ola, "take_role", role="scribe")
    assert gathering.live.meeting.holds(ticked, "scribe")
    await acts(gathering, lead, "undo", act=gathering.live.meeting.acts[-1])
    assert ola.me == gathering.who("ola")


# The lead


async def handed(gathering: Gathering, before: Screen, after: Screen) -> None:
    await acts(gathering, before, "hand_over", who=after.me)
    await acts(gathering, after, "take_role", role="leader")


async def leads(gathering: Gathering, name: str, screen: str = "lead") -> Screen:
    auth = {"screen": screen, "meeting": gathering.meeting, "lang": "nn"}
    return await gathering._enter({"id": name}, auth)


async def test_who_was_given_the_lead_opens_the_leader_view_on_the_phone(
    gathering: Gathering,
) -> None:
    desk, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    with pytest.raises(Refusal):
        await leads(gathering, "ola")
    await handed(gathering, desk, ola)
    assert f"/lead/{gathering.meeting}" in ola.said()
    assert "/lead/" not in siri.said()
    mine, room = await leads(gathering, "ola"), await leads(gathering, "ola", "room")
    await acts(gathering, mine, "begin", index=ROUND)
    await acts(gathering, room, "forward")
    with pytest.raises(Refusal):
        await leads(gathering, "siri")


async def test_the_leader_view_in_the_room_goes_on_for_whoever_leads(
    gathering: Gathering,
) -> None:
    desk, [ola] = await gathering.led("lead"), await gathering.joined("ola")
    await handed(gathering, desk, ola)
    await acts(gathering, desk, "begin", index=ROUND)
    await acts(gathering, desk, "undo", act=gathering.live.meeting.acts[-1])
    assert gathering.live.meeting.leader == ola.me


async def test_who_hands_the_lead_on_is_out_of_the_leader_view(gathering: Gathering) -> None:
    desk, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    await handed(gathering, desk, ola)
    mine = await leads(gathering, "ola")
    await handed(gathering, mine, siri)
    assert mine.heard[-1] == ("gone", {"text": TEXTS["lead.handed_over"].root["nn"]})
    assert await mine.do("pause") == refused("leader_only")
    async with gathering.listening() as told:
        await code_for(gathering, desk, siri.me)
    assert told[mine] == []
    assert "/lead/" not in ola.said()
    assert "/lead/" in siri.said()
