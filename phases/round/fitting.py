"""A round that takes longer than its phase: what to give each, so that the plan holds."""

from __future__ import annotations

from dataclasses import dataclass

from facilitator.core.meeting import Meeting

from .turning import RoundState

HANDING_OVER = 5  # seconds from one speaker to the next
LEAST_SILENCE = 60  # seconds: a silence is not fitted to less
STEP = 5  # seconds


@dataclass(frozen=True)
class Fit:
    """Seconds of the turns to come, and of the silence where it is not over."""

    turn: int
    silence: int | None = None


def fitting(m: Meeting, phase: str, state: RoundState, least: int) -> Fit | None:
    """How a round that takes too long fits its phase, if that can be; in seconds, whole fives.

    As it stood when this turn or the silence began. The silence gives first, then the turns, and
    nobody is offered less than `least`.
    """
    given, waiting = state.seconds, len(state.turns.waiting)
    silence = state.silence.budget if state.silence else 0.0
    left = _left(m, phase, state) - silence
    if not waiting or waiting * (given + HANDING_OVER) <= left:
        return None
    spare = max(0.0, silence - LEAST_SILENCE) // STEP * STEP
    fits = min(given, int((left + spare) / waiting - HANDING_OVER) // STEP * STEP)
    if fits < least:
        return None
    needed = waiting * (fits + HANDING_OVER) - left
    shorter = silence - min(spare, max(0.0, -(-needed // STEP) * STEP))
    return Fit(int(fits), int(shorter) if state.silence else None)


def _left(m: Meeting, phase: str, state: RoundState) -> float:
    """Seconds of the phase for the silence and for those who wait."""
    clock = state.silence or state.clock
    whole = m.clocks[phase]
    left = whole.budget if clock.started is None else whole.left(clock.started)
    if state.turns.now is None:
        return left
    return left - state.clock.budget - HANDING_OVER
