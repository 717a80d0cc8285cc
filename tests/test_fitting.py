"""A meeting fits the time there is and those who come, and nobody's turn is dropped."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.core.meeting import Phase, PhaseState
from facilitator.core.text import Text
from facilitator.fitting import HANDING_OVER, LEAST_SILENCE, LONGEST, Fit, Fitted, fitted

ROUNDS = ("clarifying", "factors", "measures")
SIZES = ((60, 8), (60, 12), (90, 8), (90, 12))

# The table of default minutes for a BTI meeting on system level.
MINUTES = {
    "roles": (4, 4, 5, 5),
    "challenge": (4, 4, 7, 6),
    "clarifying": (8, 9, 14, 14),
    "status": (4, 4, 6, 5),
    "factors": (11, 12, 18, 20),
    "choose": (3, 3, 5, 5),
    "measures": (10, 10, 15, 17),
    "summary": (8, 7, 10, 9),
    "evaluate": (5, 5, 6, 6),
}
RESERVE = (3, 2, 4, 3)
TURNS = {
    "clarifying": (50, 40, 85, 60),
    "factors": (60, 50, 100, 80),
    "measures": (60, 40, 85, 70),
}
SILENCE = {"factors": (140, 60, 240, 180), "measures": (80, 60, 180, 120)}
SHORTEN = ("roles", "challenge", "clarifying", "measures", "factors", "choose")
FLOORS = {"roles": 2, "challenge": 3, "status": 3, "choose": 2, "summary": 6, "evaluate": 3}
LEAST = {"clarifying": 25, "factors": 40, "measures": 35}


class Plain(Phase[PhaseState]):
    kind: Literal["plain"] = "plain"

    def fresh(self) -> PhaseState:
        return PhaseState()


class Heard(Plain):
    """A phase with turns, and silence before them."""

    turn_seconds: int = 60
    silence_seconds: int = 0
    least_seconds: int = 20


class Turns(Plain):
    """A phase with turns alone."""

    turn_seconds: int = 60


def phase(name: str, minutes: float = 1, **fields: Any) -> Phase[Any]:
    kind = Heard if name in ROUNDS else Plain
    return kind(id=name, title=Text.same(name), minutes=minutes, **fields)


PHASES = tuple(
    phase(
        name, floor=FLOORS.get(name, 0), **({"least_seconds": LEAST[name]} if name in LEAST else {})
    )
    for name in MINUTES
)
FITS = tuple(
    Fit(
        minutes=minutes,
        people=people,
        reserve=RESERVE[i],
        phases={name: row[i] for name, row in MINUTES.items()},
        turns={name: row[i] for name, row in TURNS.items()},
        silence={name: row[i] for name, row in SILENCE.items()},
    )
    for i, (minutes, people) in enumerate(SIZES)
)


def fit(minutes: int, people: int, *more: Phase[Any]) -> Fitted:
    return fitted((*PHASES, *more), FITS, SHORTEN, minutes, people)


def of(fitted: Fitted, name: str) -> Any:
    return next(p for p in fitted.phases if p.id == name)


def taken(fitted: Fitted) -> float:
    return sum(p.minutes for p in fitted.phases) + fitted.reserve


@pytest.mark.parametrize(("i", "size"), list(enumerate(SIZES)))
def test_a_size_the_recipe_gives_is_taken_as_it_stands(i: int, size: tuple[int, int]) -> None:
    meeting = fit(*size)
    assert {p.id: p.minutes for p in meeting.phases} == {n: row[i] for n, row in MINUTES.items()}
    assert {n: of(meeting, n).turn_seconds for n in ROUNDS} == {n: r[i] for n, r in TURNS.items()}
    assert {n: of(meeting, n).silence_seconds for n in SILENCE} == {
        n: row[i] for n, row in SILENCE.items()
    }
    assert meeting.reserve == RESERVE[i]
    assert meeting.needs == size[0]


def test_between_two_sizes_everything_lies_between() -> None:
    meeting = fit(60, 10)
    assert of(meeting, "clarifying").minutes == 8.5
    assert of(meeting, "clarifying").turn_seconds == 45
    assert of(meeting, "factors").silence_seconds == 100
    assert of(fit(75, 8), "roles").minutes == 4.5


def test_few_people_get_longer_turns_and_then_a_shorter_phase() -> None:
    few, fewer = fit(60, 6), fit(60, 2)
    assert of(few, "factors").turn_seconds == 80
    assert of(few, "factors").minutes == 11
    assert of(fewer, "factors").turn_seconds == LONGEST
    assert of(fewer, "factors").minutes == 6.5  # two turns, and 2:20 of silence
    assert fewer.reserve > few.reserve


def test_many_people_get_shorter_turns_and_then_others_give() -> None:
    assert of(fit(60, 13), "factors").turn_seconds == 45
    meeting = fit(60, 16)
    assert of(meeting, "factors").turn_seconds == 40
    assert of(meeting, "factors").minutes == 13
    assert meeting.reserve == 0
    assert [of(meeting, n).minutes for n in ("roles", "challenge", "summary")] == [3, 4, 7]
    assert meeting.needs == 60


def test_what_cannot_be_fitted_says_how_long_it_takes() -> None:
    meeting = fit(60, 25)
    assert meeting.needs > 60
    assert meeting.reserve == 0
    assert {n: of(meeting, n).turn_seconds for n in ROUNDS} == LEAST
    assert meeting.needs - 1 < taken(meeting) <= meeting.needs


def test_a_phase_the_leader_adds_is_paid_for_by_the_reserve_and_then_by_others() -> None:
    meeting = fit(90, 12, phase("pause", 5))
    assert of(meeting, "pause").minutes == 5
    assert meeting.reserve == 0
    assert of(meeting, "roles").minutes == 3
    assert taken(meeting) == 90


def test_a_field_is_set_only_where_the_phase_has_it() -> None:
    turns = Turns(id="factors", title=Text.same("x"), minutes=9)
    [own] = fitted((turns,), FITS, (), 60, 12).phases
    assert own.turn_seconds == 50  # type: ignore[attr-defined]
    assert "silence_seconds" not in own.model_dump()


def test_a_turn_is_never_below_twenty_seconds_where_nothing_else_is_said() -> None:
    turns = Turns(id="factors", title=Text.same("x"), minutes=9)
    [own] = fitted((turns,), FITS, (), 60, 200).phases
    assert own.turn_seconds == 20  # type: ignore[attr-defined]


@given(st.integers(40, 120), st.integers(1, 60))
def test_the_plan_always_adds_up(minutes: int, people: int) -> None:
    meeting = fit(minutes, people)
    assert meeting.needs >= minutes
    if meeting.needs == minutes:
        assert taken(meeting) == minutes
    assert all(p.minutes * 2 == int(p.minutes * 2) for p in meeting.phases)
    assert all(p.minutes >= p.floor for p in meeting.phases)
    for name in ROUNDS:
        p = of(meeting, name)
        assert p.turn_seconds % 5 == 0
        assert LEAST[name] <= p.turn_seconds <= LONGEST
        assert people * (p.turn_seconds + HANDING_OVER) + p.silence_seconds <= 60 * p.minutes
        assert p.silence_seconds >= LEAST_SILENCE or name not in SILENCE


@given(st.sampled_from([45, 60, 75, 90]), st.integers(1, 40))
def test_one_more_gives_nobody_a_longer_turn(minutes: int, people: int) -> None:
    fewer, more = fit(minutes, people), fit(minutes, people + 1)
    for name in ROUNDS:
        assert of(more, name).turn_seconds <= of(fewer, name).turn_seconds, name
    assert more.needs >= fewer.needs


@st.composite
def rows(draw: st.DrawFn) -> tuple[Fit, ...]:
    """Two sizes of one round and one other phase; with more people, no longer turns."""
    few, many = draw(st.integers(4, 8)), draw(st.integers(9, 20))
    longer = draw(st.integers(4, 24)) * 5
    shorter = draw(st.integers(4, longer // 5)) * 5
    found = []
    for people, turn in ((few, longer), (many, shorter)):
        round_ = -(-people * (turn + HANDING_OVER) // 30) / 2 + draw(st.integers(0, 4)) / 2
        phases = {"factors": round_, "summary": 90 - round_}
        found.append(
            Fit(minutes=90, people=people, reserve=0, phases=phases, turns={"factors": turn})
        )
    return tuple(found)


@given(rows(), st.integers(1, 40))
def test_any_recipe_holds_its_least_and_its_order(fits: tuple[Fit, ...], people: int) -> None:
    phases = (phase("factors"), phase("summary", floor=6))
    fewer, more = (fitted(phases, fits, ("summary",), 90, n) for n in (people, people + 1))
    assert of(more, "factors").turn_seconds <= of(fewer, "factors").turn_seconds
    for meeting, n in ((fewer, people), (more, people + 1)):
        assert of(meeting, "summary").minutes >= 6
        assert of(meeting, "factors").turn_seconds >= 20
        turn = of(meeting, "factors").turn_seconds + HANDING_OVER
        assert n * turn <= 60 * of(meeting, "factors").minutes
        assert taken(meeting) == (90 if meeting.needs == 90 else taken(meeting))
