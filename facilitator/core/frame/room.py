"""The room screen around its phase: lobby, code, roles, covers, keys."""

from __future__ import annotations

from facilitator.core.blocks import Act, Block, Buttons, Cover, Note, People, Roles, Screen
from facilitator.core.meeting import LOBBY, Meeting
from facilitator.core.people import ROLES
from facilitator.core.text import say

from .acts import forward
from .parts import Around, Door, bar, code, lobby_heading, member, paused, signal_band

KEYED = frozenset({"forward", "back", "resume", "signal", "show"})  # verbs that keys may send


def screen(m: Meeting, around: Around, inside: Screen) -> dict[str, Block]:
    blocks: dict[str, Block] = {"bar": bar(m), **inside}
    if not m.closed:
        blocks["code"] = code(around.door, big=m.at == LOBBY)
    blocks["roles"] = _foot(m)
    if band := signal_band(m):
        blocks["signal"] = band
    if cover := _cover(m, around.door):
        blocks["cover"] = cover
    return blocks


def lobby(m: Meeting) -> dict[str, Block]:
    hint = {"nobody": Note(say("frame.nobody_yet"))} if len(m.here) == 1 else {}
    return {
        "heading": lobby_heading(m),
        **hint,
        "people": People(
            say("frame.here", n=len(m.here)),
            tuple(map(member, m.here)),
        ),
    }


def keys(m: Meeting) -> dict[str, Block]:
    """What the keyboard and the clicker do, on a room screen that may steer."""
    if m.closed or not m.keys:
        return {}
    signal = Act(say("lead.signal"), "signal", key="v")
    if m.shows == "nothing":  # nobody steers what nobody sees: the first press only shows it again
        key = "b|.|PageDown|ArrowRight| |PageUp|ArrowLeft"
        again = Act(say("lead.show_meeting"), "show", (("what", "meeting"),), key=key)
        return {"keys": Buttons((again, signal))}
    acts = (
        forward(m),
        Act(say("lead.back"), "back", key="PageUp|ArrowLeft"),
        signal,
        Act(say("lead.blank"), "show", (("what", "nothing"),), key="b|."),
    )
    return {"keys": Buttons(tuple(filter(None, acts)))}


def _foot(m: Meeting) -> Roles:
    roles = tuple((say(f"role.{role}"), m.name(m.roles[role])) for role in ROLES if role in m.roles)
    without = sum(not p.phone for p in m.here)
    key = "frame.count" if not without else "frame.count_without"
    return Roles(roles, say(key, n=len(m.here), without=without))


def _cover(m: Meeting, door: Door) -> Cover | None:
    if m.shows == "nothing":
        return Cover("blank")
    if m.paused is not None:
        return Cover("pause", *paused(m))
    if m.shows == "code" and not m.closed:
        return Cover("code", say("frame.join"), code=code(door, big=True))
    return None
