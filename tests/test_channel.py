"""What screens are told, and what they may send."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest
from socketio.exceptions import ConnectionRefusedError as Refusal

from facilitator import audience as audience_module
from facilitator import screens
from facilitator.archive import NotStored
from facilitator.texts import TEXTS
from facilitator.wire import picture
from phases import VERBS
from tests.gathering import Gathering, Screen
from tests.short import EVALUATE, RESULT, ROLES, ROUND
from tests.walls import Clock

KB = 1024


@pytest.fixture
async def gathering(tmp_path: Path) -> Gathering:
    gathering = Gathering(tmp_path / "data")
    await gathering.begin()
    return gathering


async def lead_to(gathering: Gathering, lead: Screen, index: int) -> None:
    assert "stored" in await lead.do("begin", seen=gathering.seen, index=index)
    await gathering.calm()


def refused(key: str, lang: Any = "nn") -> dict[str, Any]:
    return {"refused": TEXTS[f"refused.{key}"].root[lang], "back": True}


# Coming in


async def test_a_phone_comes_to_the_door_and_goes_inside(gathering: Gathering) -> None:
    ola = await gathering.phone("ola")
    assert list(ola.blocks) == ["top", "heading", "join", "move"]
    assert ola.me is None
    await ola.do("join", name="Ola", origin="Skule")
    await gathering.calm()
    assert ola.me == gathering.who("ola")
    assert "join" not in ola.blocks
    assert "Ola" in ola.said()


async def test_who_is_at_the_door_hears_nothing_from_inside(gathering: Gathering) -> None:
    lead, stranger = await gathering.led("lead"), await gathering.phone("stranger")
    await gathering.joined("ola")
    await lead_to(gathering, lead, ROUND)
    async with gathering.listening() as told:
        await lead.do("forward", seen=gathering.seen)
    assert told[stranger] == []
    assert "Ola" not in stranger.said()


async def test_who_is_let_out_stands_at_the_door_again(gathering: Gathering) -> None:
    lead, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    await lead.do("leave", who=ola.me)
    await gathering.calm()
    assert list(ola.blocks) == ["top", "heading", "join", "move", "gone"]
    assert ola.me is None
    async with gathering.listening() as told:
        await lead_to(gathering, lead, ROLES)
    assert (len(told[siri]), told[ola]) == (1, [])
    assert await ola.do("take_role", role="scribe") == refused("not_joined")


async def test_the_same_browser_comes_back_as_itself(gathering: Gathering) -> None:
    [ola] = await gathering.joined("ola")
    await ola.disconnect()
    again = await gathering.phone("ola")
    assert again.me == gathering.who("ola")


async def test_the_code_may_be_typed_in_small_letters_with_spaces(gathering: Gathering) -> None:
    gathering.code = f"{gathering.code[:3]} {gathering.code[3:]}".lower()
    assert "join" in (await gathering.phone("ola")).blocks


@pytest.mark.parametrize(
    "auth",
    [
        None,
        [],
        "phone",
        {},
        {"screen": "phone"},
        {"screen": "phone", "meeting": "AAAAAA"},
        {"screen": "phone", "meeting": ""},
        {"screen": "phone", "meeting": 7},
        {"screen": "phone", "meeting": {"$gt": ""}},
        {"screen": ["phone"], "meeting": "CODE"},
        {"screen": "door", "meeting": "CODE"},
        {"screen": "phone", "meeting": "ID"},
        {"screen": "room", "meeting": "ID"},
        {"screen": "lead", "meeting": "ID"},
        {"screen": "room", "meeting": "../../etc/passwd"},
    ],
    ids=repr,
)
@pytest.mark.parametrize("session", [{"id": "eva"}, {"id": "eva", "leader": "guessed"}, {}])
async def test_without_the_code_or_the_leaders_session_nobody_comes_in(
    gathering: Gathering, auth: Any, session: Any
) -> None:
    filled = {"CODE": gathering.code, "ID": gathering.meeting}
    if isinstance(auth, dict):
        auth = {k: filled.get(v, v) if isinstance(v, str) else v for k, v in auth.items()}
    with pytest.raises(Refusal):
        await Screen(gathering.sockets, session, auth).connect()


async def test_a_session_without_its_signature_is_nobody(gathering: Gathering) -> None:
    auth = {"screen": "phone", "meeting": gathering.code}
    with pytest.raises(Refusal):
        await Screen(gathering.sockets, {}, auth).connect()


async def test_after_the_meeting_a_stranger_with_the_code_sees_only_that_it_is_over(
    gathering: Gathering,
) -> None:
    lead, [ola] = await gathering.led("lead"), await gathering.joined("ola")
    await lead_to(gathering, lead, ROUND)
    await ola.do("add_card", phase="round", text="Kven ringjer heim?")
    await lead_to(gathering, lead, RESULT)
    await lead.do("close")
    await gathering.calm()
    stranger = await gathering.phone("stranger")
    assert list(stranger.blocks) == ["heading", "over"]
    assert "ringjer" in ola.said()
    assert "ringjer" not in stranger.said()
    assert await stranger.do("join", name="Eva") == refused("closed")


# Being told


async def test_every_screen_shows_the_meeting_after_everything_that_happens(
    gathering: Gathering,
) -> None:
    """A whole meeting; after each step every twin equals a fresh picture."""
    lead, room = await gathering.led("lead"), await gathering.led("room", "en")
    ola, siri, *rest = await gathering.joined("ola", "siri", "nils", "anne")
    await siri.send("lang", {"lang": "en"})
    me = gathering.who
    steps: list[tuple[Screen, str, dict[str, Any]]] = [
        (lead, "ask_role", {"role": "viddevakt", "who": me("siri")}),
        (siri, "take_role", {"role": "viddevakt"}),
        (lead, "forward", {}),
        (ola, "take_role", {"role": "scribe"}),
        (lead, "forward", {}),
        (lead, "forward", {}),
        (ola, "add_card", {"phase": "round", "text": "Kven ringjer heim?"}),
        (siri, "add_card", {"phase": "round", "text": "Kva veit me?"}),
        (ola, "end_turn", {"phase": "round", "how": "later"}),
        (siri, "signal", {}),
        (siri, "signal", {"reason": "time"}),
        (lead, "clear_signal", {}),
        (siri, "park", {"text": "Turen i mai"}),
        (lead, "pause", {}),
        (lead, "resume", {}),
        (lead, "add_person", {"name": "Gjest"}),
        (lead, "show", {"what": "code"}),
        (lead, "show", {"what": "meeting"}),
        (lead, "more_time", {"phase": "round"}),
        (lead, "leave", {"who": me("anne")}),
        (ola, "rename", {"who": me("ola"), "name": "Ola N"}),
        (room, "back", {}),
        (lead, "begin", {"index": EVALUATE}),
        *((p, "answer", {"phase": "evaluate", "answers": {"useful": "yes"}}) for p in (ola, siri)),
        (lead, "forward", {}),
        (lead, "forward", {}),
        (lead, "close", {}),
    ]
    for screen, verb, args in steps:
        seen = gathering.seen if VERBS[verb].takes("seen") else None
        assert "stored" in await screen.do(verb, seen=seen, **args), verb
        await gathering.calm()
        for each in (lead, room, ola, siri, *rest):
            assert each.shown == fresh(gathering, each), f"{verb} on {each.keys}"


def fresh(gathering: Gathering, screen: Screen) -> dict[str, Any]:
    """What the screen would be sent if it connected now."""
    snap = [m for event, m in screen.heard if event == "snap"][-1]
    meeting = gathering.live.meeting
    kind = screen._auth["screen"]
    outside = kind == "phone" and screen.me is None
    audience = gathering.channel._audiences[gathering.meeting]
    who = audience._seats[screen.sid].person(meeting)
    shared = screens.door(meeting) if outside else screens.shared(meeting, kind, audience.around)
    own = screens.own(meeting, kind, who)
    return picture({**shared, **own}, snap["lang"])


async def test_at_most_one_message_for_each_screen_and_flush(gathering: Gathering) -> None:
    await gathering.led("lead")
    await gathering.led("room")
    phones = await gathering.joined("ola", "siri", "nils")
    await lead_to(gathering, gathering.screens[0], ROUND)
    async with gathering.listening() as told:
        await asyncio.gather(
            *(p.do("add_card", phase="round", text=f"Kort {p.sid}") for p in phones),
            gathering.screens[0].do("forward", seen=gathering.seen),
        )
    assert {len(messages) for messages in told.values()} == {1}


async def test_who_joins_is_told_once_and_of_everything(gathering: Gathering) -> None:
    siri, *_ = await gathering.joined("siri")
    room = await gathering.led("room")
    ola = await gathering.phone("ola")
    async with gathering.listening() as told:
        await ola.do("join", name="Ola")
    assert [len(told[screen]) for screen in (siri, room, ola)] == [0, 1, 1]
    assert ola.shown == fresh(gathering, ola)


async def test_own_part_and_shared_part_come_in_one_message(gathering: Gathering) -> None:
    """Siri takes a role: her own buttons change, and the list that everybody sees."""
    lead, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    await lead_to(gathering, lead, ROLES)
    async with gathering.listening() as told:
        await siri.do("take_role", role="scribe")
    [hers], [his] = told[siri], told[ola]
    assert {"wanted", "volunteer"} <= set(hers["set"])
    assert hers["v"] == his["v"]


async def test_one_persons_card_is_told_to_no_other_phone(gathering: Gathering) -> None:
    lead, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    await lead_to(gathering, lead, ROUND)
    async with gathering.listening() as told:
        await ola.do("add_card", phase="round", text="Berre mitt")
    assert "Berre mitt" in json.dumps(told[ola])
    assert told[siri] == []


async def test_the_room_is_told_before_the_sender_is_answered(gathering: Gathering) -> None:
    room, lead = await gathering.led("room"), await gathering.led("lead")
    [ola] = await gathering.joined("ola")
    await lead_to(gathering, lead, ROUND)
    async with gathering.listening():
        await ola.do("add_card", phase="round", text="Først på skjermen")
        assert [len(screen.heard) for screen in (room, ola, lead)] == [1, 0, 0]


async def test_while_a_clock_runs_and_nobody_acts_nothing_is_sent(gathering: Gathering) -> None:
    lead = await gathering.led("lead")
    await gathering.led("room")
    await gathering.joined("ola")
    await lead_to(gathering, lead, ROUND)
    await lead.do("forward", seen=gathering.seen)
    await gathering.calm()
    async with gathering.listening() as told:
        await asyncio.sleep(0.3)
    assert not any(told.values())


async def test_a_language_is_chosen_by_each_phone_alone(gathering: Gathering) -> None:
    lead, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    async with gathering.listening() as told:
        await ola.send("lang", {"lang": "en"})
    assert (ola.lang, siri.lang) == ("en", "nn")
    assert [told[siri], told[lead]] == [[], []]
    await lead_to(gathering, lead, EVALUATE)
    assert TEXTS["evaluate.send"].root["en"] in ola.said()
    assert TEXTS["evaluate.send"].root["nn"] in siri.said()


@pytest.mark.parametrize("message", [None, {}, {"lang": "xx"}, {"lang": ["nn"]}, "en", 7])
async def test_a_language_we_do_not_speak_changes_nothing(
    gathering: Gathering, message: Any
) -> None:
    [ola] = await gathering.joined("ola")
    async with gathering.listening() as told:
        await ola.send("lang", message)
    assert told[ola] == []


async def test_who_missed_something_asks_and_gets_all_of_it(gathering: Gathering) -> None:
    lead, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    await lead_to(gathering, lead, ROUND)
    ola.blocks, ola.v = {}, 0
    async with gathering.listening() as told:
        await ola.send("resync", {})
    assert [event for event, _ in ola.heard] == ["snap"]
    assert told[siri] == []
    assert ola.shown == fresh(gathering, ola)


async def test_with_the_disk_gone_every_screen_says_held(
    gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, room = await gathering.led("lead"), await gathering.led("room")
    [ola] = await gathering.joined("ola")
    await lead_to(gathering, lead, ROUND)

    def full(*_: Any) -> None:
        raise NotStored("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("facilitator.archive.Journal.append", full)
        answer = await ola.do("add_card", phase="round", text="Berre halde")
        await gathering.calm()
        assert "held" in answer
        assert [lead.held, room.held, ola.held] == [True] * 3
    await lead.do("forward", seen=gathering.seen)
    await gathering.calm()
    assert [lead.held, room.held, ola.held] == [False] * 3


# What may be sent


FORGED: list[Any] = [
    None,
    [],
    "forward",
    7,
    {},
    {"verb": "forward"},
    {"verb": "forward", "op": 1, "args": {}},
    {"verb": ["forward"], "op": "x.1", "args": {}},
    {"verb": "forward", "op": "x.1", "args": []},
    {"verb": "forward", "op": "x.1", "args": {}, "seen": {"a": 1}},
    {"verb": "begin", "op": "x.1", "args": {"index": "one"}, "seen": "-1/"},
    {"verb": "__class__", "op": "x.1", "args": {}},
    {"verb": "record", "op": "x.1", "args": {}},
    {"verb": "join", "op": "x.1", "args": {"name": {"$ne": 1}}},
    {"verb": "join", "op": "x.1", "args": {"name": "Eva", "who": "KARI"}},
    {"verb": "join", "op": "x" * 1000, "args": {"name": "Eva"}},
    {"verb": "join", "op": "\ud800.1", "args": {"name": "Eva"}},
    {"verb": "forward", "op": "x.1", "args": {"seen": "-1/"}},
    {"verb": "begin", "op": "x.1", "args": {"index": 3, "seen": "-1/"}},
    {"verb": "close", "op": "x.1", "args": {}},
    {"verb": "undo", "op": "x.1", "args": {"act": 1}},
    {"verb": "leave", "op": "x.1", "args": {"who": "SIRI"}},
    {"verb": "rename", "op": "x.1", "args": {"who": "SIRI", "name": "Eva"}},
    {"verb": "ask_role", "op": "x.1", "args": {"who": "OLA", "role": "scribe"}},
    {"verb": "take_role", "op": "x.1", "args": {"role": "leader"}},
    {"verb": "add_person", "op": "x.1", "args": {"name": "Eva"}},
    {"verb": "edit_card", "op": "x.1", "args": {"card": 4, "text": "Endra"}},
    {"verb": "withdraw_card", "op": "x.1", "args": {"card": 10**40}},
    {"verb": "show_answers", "op": "x.1", "args": {"phase": "evaluate"}},
    {"verb": "answer", "op": "x.1", "args": {"phase": "evaluate", "answers": {"useful": "yes"}}},
]


@pytest.mark.parametrize("message", FORGED, ids=lambda m: json.dumps(m)[:60])
async def test_what_a_phone_may_not_is_refused_in_words_and_changes_nothing(
    gathering: Gathering, message: Any
) -> None:
    await gathering.led("lead")
    ola, siri = await gathering.joined("ola", "siri")
    await ola.send("lang", {"lang": "en"})
    ids = {"OLA": ola.me, "SIRI": siri.me, "KARI": gathering.live.meeting.roles["leader"]}
    if isinstance(message, dict) and isinstance(message.get("args"), dict):
        args = {k: ids.get(v, v) if isinstance(v, str) else v for k, v in message["args"].items()}
        message = message | {"args": args}
    before = gathering.live.meeting
    async with gathering.listening() as told:
        answer = await ola.send("do", message)
    words = {text.root["en"] for key, text in TEXTS.items() if key.startswith("refused.")}
    assert answer["refused"] in words
    assert gathering.live.meeting is gathering.live.decided is before
    assert not any(told.values())


async def test_a_stranger_at_the_door_may_do_nothing_but_join(gathering: Gathering) -> None:
    lead, _ = await gathering.led("lead"), await gathering.joined("ola")
    await lead_to(gathering, lead, ROUND)
    stranger = await gathering.phone("stranger")
    before, clock = gathering.live.meeting, Clock(gathering.house)
    for verb in VERBS:
        clock.more += 10  # or they would be refused unread
        for args in ({}, {"phase": "round"}, {"phase": "round", "text": "Hei"}, {"role": "scribe"}):
            assert "refused" in await stranger.do(verb, seen=gathering.seen, **args), (verb, args)
    assert gathering.live.meeting is before


async def test_thousands_of_random_messages_harm_nobody(gathering: Gathering) -> None:
    lead, [ola, siri] = await gathering.led("lead"), await gathering.joined("ola", "siri")
    await lead_to(gathering, lead, ROUND)
    await siri.do("add_card", phase="round", text="Siri sitt")
    await gathering.calm()
    chance, clock = random.Random(7), Clock(gathering.house)
    names = ["who", "phase", "text", "name", "role", "card", "into", "index", "seen", "act", "how"]
    values = [0, 1, -1, 5, 10**30, "", "x", "round", "evaluate", siri.me, None, True, [], {}, 1.5]
    taken = {"join", "leave", "take_role"}  # what Ola may do to herself
    for n in range(3000):
        verb = chance.choice([v for v in VERBS if v not in taken] + ["", "nonsense"])
        args = {chance.choice(names): chance.choice(values) for _ in range(chance.randrange(4))}
        clock.more += 0.2  # or they would be refused unread
        answer = await ola.send("do", {"verb": verb, "op": f"r.{n}", "args": args})
        assert set(answer) in ({"refused", "back"}, {"stored"})
    assert gathering.live.meeting.at == ROUND
    assert [c.text for c in gathering.live.meeting.cards.values() if c.by == siri.me] == [
        "Siri sitt"
    ]
    assert gathering.live.meeting.name(siri.me) == "Siri"


async def test_a_refusal_speaks_the_language_of_who_is_refused(gathering: Gathering) -> None:
    ola, siri = await gathering.joined("ola", "siri")
    await siri.send("lang", {"lang": "en"})
    assert await ola.do("pause") == refused("leader_only", "nn")
    assert await siri.do("pause") == refused("leader_only", "en")


async def test_a_double_click_on_forward_skips_nobody(gathering: Gathering) -> None:
    lead, other = await gathering.led("lead"), await gathering.led("lead")
    await gathering.joined("ola", "siri")
    await lead_to(gathering, lead, ROUND)
    seen = gathering.seen
    first, second = await asyncio.gather(
        lead.do("forward", seen=seen), other.do("forward", seen=seen)
    )
    assert "stored" in first
    assert second == refused("stale")
    assert gathering.live.meeting.states["round"].turns.heard == ()


async def test_two_browsers_with_the_same_device_name_do_not_silence_each_other(
    gathering: Gathering,
) -> None:
    ola, siri = await gathering.joined("ola", "siri")
    for screen, name in ((ola, "Olav"), (siri, "Sigrid")):
        args = {"who": screen.me, "name": name}
        await screen.send("do", {"verb": "rename", "op": "same.9", "args": args})
    assert {p.name for p in gathering.live.meeting.here} >= {"Olav", "Sigrid"}


async def test_a_phone_cannot_hand_in_a_session_of_its_own_making(gathering: Gathering) -> None:
    """Socket.IO lets a client send an event that is called “connect”."""
    ola, siri = await gathering.joined("ola", "siri")
    forged = {"asgi.scope": {"session": {"id": "siri", "leader": gathering.house.leader_mark}}}
    auth = {"screen": "lead", "meeting": gathering.meeting}
    for what in (auth, {"screen": "phone", "meeting": gathering.code}):
        await ola.send("connect", forged, what)
        await gathering.calm()
        await ola.do("rename", who=siri.me, name="Eva")
        await ola.do("pause")
    assert gathering.live.meeting.name(siri.me) == "Siri"
    assert gathering.live.meeting.paused is None


# Who is away


@pytest.fixture
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audience_module, "GRACE", 0.05)


async def lost(screen: Screen, gathering: Gathering) -> None:
    gathering.screens.remove(screen)
    await screen.disconnect()


@pytest.mark.usefixtures("short_grace")
async def test_who_is_away_for_long_is_told_to_the_leader_alone(gathering: Gathering) -> None:
    lead, room = await gathering.led("lead"), await gathering.led("room")
    ola, siri = await gathering.joined("ola", "siri")

    def away() -> list[str]:
        return [one["name"] for one in lead.blocks["people"]["people"] if one["away"]]

    async with gathering.listening() as told:
        await lost(ola, gathering)
        assert away() == []
        await asyncio.sleep(0.1)
    assert away() == ["Ola"]
    assert [told[room], told[siri]] == [[], []]
    await gathering.phone("ola")
    assert away() == []


@pytest.mark.usefixtures("short_grace")
async def test_a_short_break_is_told_to_nobody(gathering: Gathering) -> None:
    lead, [ola] = await gathering.led("lead"), await gathering.joined("ola")
    async with gathering.listening() as told:
        await lost(ola, gathering)
        await gathering.phone("ola")
        await asyncio.sleep(0.1)
    assert told[lead] == []


@pytest.mark.usefixtures("short_grace")
async def test_who_has_a_second_screen_open_is_not_away(gathering: Gathering) -> None:
    lead, [ola] = await gathering.led("lead"), await gathering.joined("ola")
    await gathering.phone("ola")
    async with gathering.listening() as told:
        await lost(ola, gathering)
        await asyncio.sleep(0.1)
    assert told[lead] == []


def standing(lead: Screen) -> str:
    return " ".join(lead.blocks["standing"]["said"])


@pytest.mark.usefixtures("short_grace")
async def test_the_leader_is_told_in_words_whether_phones_are_reached(gathering: Gathering) -> None:
    lead = await gathering.led("lead")
    assert standing(lead) == "Alt er lagra."
    ola, siri = await gathering.joined("ola", "siri")
    assert standing(lead) == "Alle 2 telefonane har kontakt. Alt er lagra."
    await lost(ola, gathering)
    await asyncio.sleep(0.1)
    await gathering.calm()
    assert standing(lead).startswith("Telefonen til Ola er borte.")
    await lost(siri, gathering)
    await asyncio.sleep(0.1)
    await gathering.calm()
    assert standing(lead) == "Alt er lagra."  # that no phone is there is said by itself
    await gathering.phone("siri")
    await gathering.phone("ola")
    assert standing(lead).startswith("Alle 2 telefonane har kontakt.")


async def test_phones_that_come_back_after_a_restart_are_counted(gathering: Gathering) -> None:
    await gathering.joined("ola", "siri", "per")
    again = Gathering(gathering.house.folder)
    again.meeting, again.code = gathering.meeting, gathering.code
    again._told = again.live.meeting.n
    lead = await again.led("lead")
    assert standing(lead) == "Alt er lagra."
    await again.phone("ola")
    assert standing(lead).startswith("1 av 3 telefonar har kontakt.")
    await again.phone("siri")
    await again.phone("per")
    assert standing(lead).startswith("Alle 3 telefonane har kontakt.")


async def test_while_many_join_the_leader_is_told_no_more_often_for_their_phones(
    gathering: Gathering,
) -> None:
    """One message for each that is told anyway, or for several; none for the line alone."""
    lead = await gathering.led("lead")
    async with gathering.listening() as told:
        await gathering.joined(*(f"p{n}" for n in range(20)))
    alone = [message for message in told[lead] if list(message["set"]) == ["standing"]]
    assert alone == []
    assert standing(lead).startswith("Alle 20 telefonane har kontakt.")


async def test_who_is_away_is_not_in_the_log(gathering: Gathering) -> None:
    [ola] = await gathering.joined("ola")
    before = gathering.live.meeting
    await lost(ola, gathering)
    assert gathering.live.meeting is before
    assert before.people[gathering.who("ola")].here


async def test_a_phone_that_goes_while_it_comes_leaves_no_empty_seat(gathering: Gathering) -> None:
    audience = gathering.channel._audiences[gathering.meeting]
    auth = {"screen": "phone", "meeting": gathering.code, "lang": "nn"}
    brief = Screen(gathering.sockets, {"id": "brief"}, auth)
    coming = asyncio.create_task(brief.connect())
    await asyncio.sleep(0)
    await brief.disconnect()
    await coming
    await gathering.calm()
    assert audience._seats == {}
