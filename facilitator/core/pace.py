"""How the time stands: when the plan ends, what is to come, what gives way when it is late.

That a summary is protected, and in which order phases give time, is ours (BTI on system level asks
for “noko konkret” at the end); a recipe sets it.
"""

from __future__ import annotations

from typing import Any

from .meeting import Meeting, Phase


def ends(m: Meeting) -> float | None:
    """Epoch seconds at which the plan ends, its reserve included.

    None while nothing runs; put off until another day, nobody is behind.
    """
    if m.began is None or m.over or m.put_off:
        return None
    return m.began + 60 * (sum(p.minutes for p in m.phases) + m.reserve)


def to_come(m: Meeting) -> tuple[Phase[Any], ...]:
    """The phases after this one."""
    return m.phases[m.at + 1 :] if m.phase else ()


def kept_for_later(m: Meeting, phase: str) -> float:
    """Seconds to leave for the phases after `phase` when it is late.

    What gives way before `phase` (the recipe's order) is counted at its least, the rest as planned.
    """
    ids = [p.id for p in m.phases]
    after = m.phases[ids.index(phase) + 1 :]
    first = m.shorten[: m.shorten.index(phase)] if phase in m.shorten else ()
    return 60 * sum(p.least(m) if p.id in first else p.minutes for p in after)


def time_for(m: Meeting, phase: str, at: float) -> float | None:
    """Seconds that `phase` may take from `at` (meeting time) on for the plan to hold.

    The reserve goes first; what is saved or spent before counts, and so do pauses, for they do not
    move the end. None while nothing runs.
    """
    end = ends(m)
    return None if end is None else end - (at + m.lost) - kept_for_later(m, phase)


def planned_so_far(m: Meeting) -> float:
    """Planned seconds from the beginning through this phase."""
    return 60 * sum(p.minutes for p in m.phases[: m.at + 1])


def protected_ahead(m: Meeting) -> int | None:
    """The index of the next phase whose time is protected, if it is not on yet."""
    if m.phase is None or m.phase.protected:
        return None
    return next((i for i, p in enumerate(m.phases) if i > m.at and p.protected), None)


def protected_from(m: Meeting) -> float | None:
    """Epoch seconds at which what is protected has to begin, or it would be cut."""
    end, ahead = ends(m), protected_ahead(m)
    if end is None or ahead is None:
        return None
    return end - 60 * sum(p.minutes for p in m.phases[ahead:])
