"""The parts of a meeting that promises are about."""

from __future__ import annotations

from typing import TypeVar

from facilitator.core.meeting import Meeting, PhaseState
from phases.agree.rules import AgreeState
from phases.choose.rules import ChooseState
from phases.evaluate.rules import EvaluateState
from phases.round.rules import RoundState

S = TypeVar("S", bound=PhaseState)


def rounds(m: Meeting) -> dict[str, RoundState]:
    return _of(m, RoundState)


def agreements(m: Meeting) -> dict[str, AgreeState]:
    return _of(m, AgreeState)


def choices(m: Meeting) -> dict[str, ChooseState]:
    return _of(m, ChooseState)


def evaluation(m: Meeting) -> EvaluateState:
    [state] = _of(m, EvaluateState).values()
    return state


def _of(m: Meeting, kind: type[S]) -> dict[str, S]:
    return {phase: state for phase, state in m.states.items() if isinstance(state, kind)}
