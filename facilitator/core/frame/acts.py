"""How a meeting is steered: the one button forward, and the rarer ones."""

from __future__ import annotations

from collections.abc import Iterable

from facilitator.core.blocks import Act
from facilitator.core.meeting import LOBBY, Meeting
from facilitator.core.pace import protected_ahead
from facilitator.core.text import Say, say


def forward(m: Meeting, step: Say | None = None) -> Act | None:
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
        asked = m.phase.asks(m, m.states[m.phase.id])
        return Act(
            step or say("lead.forward"), "forward", look="main", key=key, sure=sure_of(asked)
        )
    unready = m.phase.unready(m, m.states[m.phase.id])
    return Act(_next_phase(m), "forward", look="main", key=key, sure=sure_of(unready))


def _next_phase(m: Meeting) -> Say:
    if m.at + 1 < len(m.phases):
        return say("lead.next_phase", title=say(m.phases[m.at + 1].title))
    return say("lead.to_result")


def to_protected(m: Meeting) -> Act | None:
    """To what is protected in one tap, whatever lies between; None where forward goes there."""
    ahead = protected_ahead(m)
    if ahead is None or m.phase is None:
        return None
    inside = m.phase.step(m, m.states[m.phase.id]) is not None
    return _to(m, ahead) if inside or ahead > m.at + 1 else None


def _to(m: Meeting, ahead: int) -> Act:
    unready = m.phase.unready(m, m.states[m.phase.id]) if m.phase else None
    title = say(m.phases[ahead].title)
    sure = sure_of(unready)
    return Act(say("lead.to_protected", title=title), "begin", (("index", ahead),), sure=sure)


def rarer(m: Meeting) -> Iterable[Act]:
    if m.closed:
        return
    if m.phase and m.phase.step(m, m.states[m.phase.id]) is not None:
        unready = m.phase.unready(m, m.states[m.phase.id])
        yield Act(_next_phase(m), "begin", (("index", m.at + 1),), sure=sure_of(unready))
    if (ahead := protected_ahead(m)) is not None and ahead > m.at + 1:
        yield _to(m, ahead)
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


def sure_of(question: Say | None) -> Say | str:
    return question or ""
