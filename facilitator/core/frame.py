"""What every screen of a meeting has around its phase: bar, code, roles, signal, steering."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .blocks import (
    Act,
    Agenda,
    Bar,
    BarPart,
    Block,
    Buttons,
    Code,
    Cover,
    Field,
    Form,
    Heading,
    Links,
    Member,
    Note,
    Option,
    People,
    Roles,
    Screen,
    Signal,
    Step,
    Top,
)
from .joining import NAME_LIMIT, ORIGIN_LIMIT
from .meeting import LOBBY, Meeting, Phase
from .people import ROLES, Person, Role
from .signal import BAND, QUIET, REASONS
from .signal import Signal as Signalled
from .text import Say, say
from .writing import TOPIC_LIMIT


@dataclass(frozen=True)
class Door:
    """How one joins: the code as letters, its picture's path, the address without its scheme."""

    code: str
    picture: str
    address: str


@dataclass(frozen=True)
class Around:
    """What is not in the log: the door, and which people's phones are away just now."""

    door: Door
    away: frozenset[str] = frozenset()
    room: str = ""  # path of the room screen


# The room screen


def room(m: Meeting, around: Around, inside: Screen) -> dict[str, Block]:
    blocks: dict[str, Block] = {"bar": bar(m), **inside}
    if not m.closed:
        blocks["code"] = code(around.door, big=m.at == LOBBY)
    blocks["roles"] = _foot(m)
    if band := signal_band(m):
        blocks["signal"] = band
    if cover := _cover(m, around.door):
        blocks["cover"] = cover
    return blocks


def lobby_heading(m: Meeting) -> Heading:
    asked = next((p.question for p in m.phases if p.ask_question and p.question), None)
    return Heading(m.title, say(asked) if asked else "", size="big")


def lead_lobby(m: Meeting) -> dict[str, Block]:
    hint = Note(say("lead.lobby"), say("lead.lobby_label"), tone="tip")
    return {"heading": lobby_heading(m), "hint": hint}


def room_lobby(m: Meeting) -> dict[str, Block]:
    return {
        "heading": lobby_heading(m),
        "people": People(
            say("frame.here", n=len(m.here)),
            tuple(Member(p.id, p.name, p.origin, phone=p.phone) for p in m.here),
            empty=say("frame.nobody_yet"),
        ),
    }


def room_keys(m: Meeting) -> dict[str, Block]:
    """What the keyboard and the clicker do, on a room screen that its leader opened."""
    blank = "meeting" if m.shows == "nothing" else "nothing"
    acts = (
        _forward(m),
        Act(say("lead.back"), "back", key="PageUp|ArrowLeft"),
        Act(say("lead.signal"), "signal", key="v"),
        Act(say("lead.blank"), "show", (("what", blank),), key="b|."),
    )
    return {} if m.closed else {"keys": Buttons(tuple(filter(None, acts)))}


def bar(m: Meeting) -> Bar:
    def state(index: int) -> Any:
        return "done" if index < m.at else "now" if index == m.at else "next"

    due = None
    if m.began is not None and not m.over:
        due = m.began + 60 * sum(p.minutes for p in m.phases)
    return Bar(
        title=" · ".join(filter(None, (m.title, m.house))),
        parts=tuple(BarPart(p.minutes, state(i)) for i, p in enumerate(m.phases)),
        clock=m.epoch(m.clocks[m.phase.id]) if m.phase else None,
        rest=60 * sum(p.minutes for p in m.phases[m.at + 1 :]) if m.phase else 0,
        due=due,
        ends=say("frame.ends", time="{time}"),
        on_plan=say("frame.on_plan"),
        ahead=say("frame.ahead", n="{n}"),
        behind=say("frame.behind", n="{n}"),
    )


def code(door: Door, big: bool = False) -> Code:
    return Code(
        door.picture, door.code, door.address, say("frame.join"), size="big" if big else "small"
    )


def signal_band(m: Meeting) -> Signal | None:
    """The newest signal, if it is a band. When to let it fade is the screen's to see."""
    last = _standing_signal(m)
    if last is None or last.band is None or m.phase is None:
        return None
    return Signal(say("frame.back_on_topic"), _question(m.phase), last.band, BAND)


def _standing_signal(m: Meeting) -> Signalled | None:
    """The newest signal as long as it has not been cleared and its phase is on."""
    last = m.signals[-1] if m.signals else None
    if last is None or last.cleared or m.phase is None or last.phase != m.phase.id:
        return None
    return last


def heading(phase: Phase[Any]) -> Heading:
    return Heading(say(phase.title), _question(phase))


def parked(m: Meeting, acts: bool = False) -> dict[str, Block]:
    """Topics for another time; the leader can take one away again."""
    if not m.parked:
        return {}
    remove = say("lead.remove_topic")
    topics = tuple(
        Member(
            f"topic-{p.id}",
            p.text,
            acts=(Act(remove, "remove_topic", (("topic", p.id),)),) if acts else (),
        )
        for p in m.parked
    )
    return {"parked": People(say("frame.parked"), topics)}


def _foot(m: Meeting) -> Roles:
    roles = tuple((say(f"role.{role}"), m.name(m.roles[role])) for role in ROLES if role in m.roles)
    without = sum(not p.phone for p in m.here)
    key = "frame.count" if not without else "frame.count_without"
    return Roles(roles, say(key, n=len(m.here), without=without))


def _cover(m: Meeting, door: Door) -> Cover | None:
    if m.shows == "nothing":
        return Cover("blank")
    if m.paused is not None:
        return Cover("pause", say("frame.paused"), say("frame.paused_text"))
    if m.shows == "code" and not m.closed:
        return Cover("code", say("frame.join"), code=code(door, big=True))
    return None


def _question(phase: Phase[Any]) -> Say | str:
    return say(phase.question) if phase.question else ""


# The phone


def door_form(m: Meeting) -> dict[str, Block]:
    """From the code to inside: one field, one tap."""
    origins = tuple(Option(o, o) for o in m.origins)
    choice = Field(
        "origin",
        say("door.origin"),
        "choice" if origins else "line",
        options=origins,
        other=say("door.other") if origins else "",
        limit=ORIGIN_LIMIT,
        needed=False,
    )
    if m.closed:
        return {"heading": Heading(m.title), "over": Note(say("refused.closed"))}
    return {
        "top": Top(" · ".join(filter(None, (m.title, m.house)))),
        "heading": Heading(say("door.title")),
        "join": Form(
            "join",
            (Field("name", say("door.name"), limit=NAME_LIMIT), choice),
            say("door.join"),
            draft="join",
            hint=say("door.privacy"),
            place="foot",
        ),
    }


def phone(m: Meeting, inside: Screen) -> Screen:
    blocks: dict[str, Block] = {"top": Top(" · ".join(filter(None, (m.title, m.house))))}
    if band := signal_band(m):
        blocks["signal"] = band
    if m.paused is not None:
        blocks["paused"] = Note(say("frame.paused_text"), say("frame.paused"))
    return {**blocks, **inside}


def phone_lobby(m: Meeting) -> dict[str, Block]:
    return {
        "heading": Heading(say("phone.inside"), say("phone.soon")),
        "people": People(
            say("frame.here", n=len(m.here)),
            tuple(Member(p.id, p.name, p.origin) for p in m.here),
        ),
    }


def own(m: Meeting, me: Person) -> dict[str, Block]:
    """What is one person's own on every phone: a question to them, the roles they have."""
    blocks: dict[str, Block] = {}
    for role in asked_of(m, me.id):
        blocks[f"asked-{role}"] = _asked(role)
    if m.holds(me.id, "viddevakt") and m.phase:
        blocks |= _guard(m)
    elif m.holds(me.id, "scribe") and m.phase:
        blocks["park"] = _park_form()
    blocks["me"] = _me(m, me)
    return blocks


def asked_of(m: Meeting, who: str) -> tuple[Role, ...]:
    return tuple(role for role in ROLES if m.asked.get(role) == who)


def _asked(role: Role) -> Buttons:
    return Buttons(
        (
            Act(say("phone.accept"), "take_role", (("role", role),), look="main"),
            Act(say("phone.decline"), "decline_role", (("role", role),)),
        ),
        label=say(f"phone.asked_{role}"),
        place="foot",
    )


def _guard(m: Meeting) -> dict[str, Block]:
    """The viddevakt's pad: one big button, another reason in one more tap."""
    blocks: dict[str, Block] = {"guard-hint": Note(say("phone.guard_hint"), say("phone.guard"))}
    last = _standing_signal(m)
    if last and last.band is None:
        blocks["sign"] = Note(say("phone.quiet_sign"))
    blocks["park"] = _park_form()
    reasons = tuple(
        Act(say(f"reason.{reason}"), "signal", (("reason", reason),)) for reason in REASONS
    )
    signal = Act(say("frame.back_on_topic"), "signal", look="alert")
    blocks["guard"] = Buttons((signal,), more=reasons, more_label=say("phone.reason"), place="foot")
    return blocks


def _park_form() -> Form:
    return Form(
        "park",
        (Field("text", say("phone.park_label"), limit=TOPIC_LIMIT),),
        say("phone.park"),
        draft="park",
        folded=say("phone.park_open"),
        place="side",
        look="quiet",
    )


def _me(m: Meeting, me: Person) -> Form:
    return Form(
        "rename",
        (
            Field("name", say("door.name"), limit=NAME_LIMIT, value=me.name),
            Field("origin", say("door.origin"), limit=ORIGIN_LIMIT, value=me.origin, needed=False),
        ),
        say("phone.save_name"),
        draft="me",
        args=(("who", me.id),),
        folded=say("phone.you_are", name=me.name),
        look="small",
    )


# The leader view


@dataclass(frozen=True)
class LeadPart:
    """What a kind adds to the leader view. `step` says what forward does inside the phase."""

    blocks: Mapping[str, Block] = field(default_factory=dict)
    step: Say | None = None
    person_acts: Callable[[Person], tuple[Act, ...]] = lambda _: ()
    person_note: Callable[[Person], Say | str] = lambda _: ""


def lead(m: Meeting, around: Around, part: LeadPart) -> dict[str, Block]:
    blocks: dict[str, Block] = {"agenda": _agenda(m), "bar": bar(m)}
    if sign := _sign(m):
        blocks["sign"] = sign
    blocks |= part.blocks
    blocks["steer"] = _steer(m, part)
    if m.phase:
        for number, tip in enumerate(m.phase.tips):
            label = say("lead.tip") if number == 0 else ""
            blocks[f"tip-{number}"] = Note(say(tip), label, tone="tip")
    blocks["people"] = _people(m, around, part)
    if not m.over:
        blocks |= _people_forms(m)
    blocks |= parked(m, acts=True)
    if m.phase:
        blocks["park"] = _park_form()
    blocks["code"] = code(around.door)
    blocks["links"] = Links(((say("lead.open_room"), around.room), (say("lead.home"), "/")))
    return blocks


def _steer(m: Meeting, part: LeadPart) -> Buttons:
    undo = Act(say("lead.undo"), "undo", (("act", m.acts[-1]),), key="u") if m.acts else None
    return Buttons(
        tuple(filter(None, (_forward(m, part.step), undo))),
        more=tuple(_more(m)),
        more_label=say("lead.more"),
        place="foot",
    )


def _forward(m: Meeting, step: Say | None = None) -> Act | None:
    key = "PageDown|ArrowRight| "
    if m.closed:
        return None
    if m.over:
        return Act(say("lead.close"), "close", look="main", sure=say("lead.close_sure"))
    if m.paused is not None:
        return Act(say("lead.resume"), "resume", look="main", key=key)
    if m.at == LOBBY:
        return Act(say("lead.start"), "forward", look="main", key=key)
    assert m.phase is not None
    if m.phase.step(m, m.states[m.phase.id]) is not None:
        return Act(step or say("lead.forward"), "forward", look="main", key=key)
    unready = m.phase.unready(m, m.states[m.phase.id])
    return Act(_next_phase(m), "forward", look="main", key=key, sure=_sure(unready))


def _next_phase(m: Meeting) -> Say:
    if m.at + 1 < len(m.phases):
        return say("lead.next_phase", title=say(m.phases[m.at + 1].title))
    return say("lead.to_result")


def _sure(question: Say | None) -> Say | str:
    return question or ""


def _more(m: Meeting) -> Iterable[Act]:
    if m.closed:
        return
    if m.phase and m.phase.step(m, m.states[m.phase.id]) is not None:
        unready = m.phase.unready(m, m.states[m.phase.id])
        yield Act(_next_phase(m), "begin", (("index", m.at + 1),), sure=_sure(unready))
    if m.at > 0:
        yield Act(say("lead.back"), "back", key="PageUp|ArrowLeft")
    if m.phase and m.paused is None:
        yield Act(say("lead.pause"), "pause", key="p")
        yield Act(say("lead.signal"), "signal", key="v")
    yield from _show_acts(m)


def _show_acts(m: Meeting) -> Iterable[Act]:
    if m.shows != "meeting":
        yield Act(say("lead.show_meeting"), "show", (("what", "meeting"),), key="b|.")
    else:
        yield Act(say("lead.blank"), "show", (("what", "nothing"),), key="b|.")
        yield Act(say("lead.show_code"), "show", (("what", "code"),), key="q")


def _agenda(m: Meeting) -> Agenda:
    def step(index: int, phase: Phase[Any]) -> Step:
        state: Any = "done" if index < m.at else "now" if index == m.at else "next"
        go = (("index", index),)
        sure = m.phase.unready(m, m.states[m.phase.id]) if m.phase and index > m.at else None
        acts = (Act(say("lead.go_to"), "begin", go, sure=_sure(sure)),)
        may = m.at not in (index, LOBBY) and not m.closed
        return Step(
            phase.id,
            say(phase.title),
            phase.minutes,
            m.epoch(m.clocks[phase.id]),
            state,
            acts if may else (),
        )

    return Agenda(m.title, tuple(step(i, p) for i, p in enumerate(m.phases)))


def _sign(m: Meeting) -> Signal | None:
    """The viddevakt's quiet sign, to the leader alone; or the band, to be cleared."""
    last = _standing_signal(m)
    if last is None:
        return None
    key = "lead.sign" if last.band is None else "lead.band"
    return Signal(
        say(key),
        say(f"reason.{last.reason}"),
        last.at if last.band is None else last.band,
        QUIET if last.band is None else BAND,
        (Act(say("lead.clear"), "clear_signal"),),
    )


def _people(m: Meeting, around: Around, part: LeadPart) -> People:
    def member(p: Person) -> Member:
        away = p.id in around.away
        note = part.person_note(p)
        if not p.phone:
            note = note or say("lead.no_phone")
        return Member(
            p.id,
            p.name,
            p.origin,
            tags=tuple(_tags(m, p.id)),
            note=note or (say("lead.away") if away else ""),
            phone=p.phone and not away,
            acts=() if m.closed else (*part.person_acts(p), *_person_acts(m, p)),
        )

    return People(
        say("frame.here", n=len(m.here)),
        tuple(member(p) for p in m.here),
        empty=say("frame.nobody_yet"),
    )


def _tags(m: Meeting, who: str) -> Iterable[Say]:
    for role in ROLES:
        if m.roles.get(role) == who:
            yield say(f"role.{role}")
        elif m.asked.get(role) == who:
            yield say("lead.asked", role=say(f"role.{role}"))


def _person_acts(m: Meeting, p: Person) -> Iterable[Act]:
    for role in ROLES[1:]:
        if m.roles.get(role) == p.id:
            yield Act(say(f"lead.release_{role}"), "leave_role", (("role", role),))
        elif m.asked.get(role) == p.id:
            yield Act(say("lead.stop_asking"), "decline_role", (("role", role),))
        else:
            yield Act(say(f"lead.ask_{role}"), "ask_role", (("role", role), ("who", p.id)))
    if not m.holds(p.id, "leader"):
        yield Act(
            say("lead.let_out"),
            "leave",
            (("who", p.id),),
            sure=say("lead.let_out_sure", name=p.name),
        )


def _people_forms(m: Meeting) -> Mapping[str, Block]:
    origins = tuple(Option(o, o) for o in m.origins)
    origin = Field(
        "origin",
        say("door.origin"),
        "choice" if origins else "line",
        origins,
        ORIGIN_LIMIT,
        other=say("door.other") if origins else "",
        needed=False,
    )
    add = Form(
        "add_person",
        (Field("name", say("door.name"), limit=NAME_LIMIT), origin),
        say("lead.add_person"),
        draft="add-person",
        folded=say("lead.add_person_open"),
        place="side",
        look="quiet",
    )
    people = tuple(Option(p.id, _called(p)) for p in m.here)
    mend = Form(
        "rename",
        (
            Field("who", say("lead.rename_who"), "choice", people),
            Field("name", say("lead.rename_to"), limit=NAME_LIMIT),
        ),
        say("phone.save_name"),
        draft="rename",
        folded=say("lead.rename_open"),
        place="side",
        look="small",
    )
    return {"add-person": add, "rename": mend}


def _called(p: Person) -> str:
    return f"{p.name} ({p.origin})" if p.origin else p.name
