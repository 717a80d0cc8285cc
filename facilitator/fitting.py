"""A recipe fitted to the time there is and to how many come.

Between the sizes a recipe gives, its fits, everything lies on straight lines. Fewer people: turns
grow longer, then phases shorter. More: turns go down to their least, then their phase grows and
others give, in the recipe's order, down to their floors. Nobody's turn is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Any

from pydantic import BaseModel, Field

from facilitator.core.meeting import Phase

HANDING_OVER = 5  # seconds from one speaker to the next
LONGEST = 120  # seconds a turn grows to when few come
SHORTEST = 20  # seconds a turn is never below, where its phase says nothing else
LEAST_SILENCE = 60  # seconds: time to think is never below
LEAST_MINUTES = 1  # of a phase without a floor

Halves = Annotated[float, Field(ge=0, multiple_of=0.5)]
Fives = Annotated[int, Field(ge=0, multiple_of=5)]


class Fit(BaseModel, frozen=True, extra="forbid"):
    """One size of a meeting. `people` with the leader; minutes by phase, seconds by phase."""

    minutes: int = Field(gt=0)
    people: int = Field(gt=0)
    reserve: Halves
    phases: Mapping[str, Halves]
    turns: Mapping[str, Fives] = {}
    silence: Mapping[str, Fives] = {}


@dataclass(frozen=True)
class Fitted:
    """`reserve` in minutes. `needs` is how many minutes all of it takes at the very least."""

    phases: tuple[Phase[Any], ...]
    reserve: float
    needs: int


def fitted(
    phases: Iterable[Phase[Any]],
    fits: Sequence[Fit],
    shorten: Sequence[str],
    minutes: int,
    people: int,
) -> Fitted:
    """Phases and reserve make up the minutes exactly, unless more are needed."""
    parts = {phase.id: _part(phase, fits, minutes, people) for phase in phases}
    for name in shorten:
        over = _taken(parts.values()) - minutes
        if over > 0 and name in parts:
            parts[name] = parts[name].giving(over)
    taken = _taken(parts.values())
    return Fitted(
        phases=tuple(part.phase_of_it(people) for part in parts.values()),
        reserve=max(0.0, float(minutes - taken)),
        needs=max(minutes, ceil(taken)),
    )


@dataclass(frozen=True)
class _Part:
    """A phase and its share: minutes in halves, seconds in fives; turns only where it has them."""

    phase: Phase[Any]
    minutes: Fraction
    least: Fraction  # minutes
    turn: int = 0
    least_turn: int = 0
    silence: int = 0

    def giving(self, over: Fraction) -> _Part:
        return replace(self, minutes=self.minutes - min(over, self.minutes - self.least))

    def phase_of_it(self, people: int) -> Phase[Any]:
        """Turns are shortened before the silence is."""
        seconds = 60 * self.minutes
        turn = _fives((seconds - self.silence) / people - HANDING_OVER)
        turn = min(self.turn, max(self.least_turn, turn))
        silence = min(self.silence, _fives(seconds - people * (turn + HANDING_OVER)))
        all_fields = {"turn_seconds": turn, "silence_seconds": silence}
        own = {name: value for name, value in all_fields.items() if has(self.phase, name)}
        return self.phase.model_copy(update={"minutes": float(self.minutes), **own})


def _taken(parts: Iterable[_Part]) -> Fraction:
    return sum((part.minutes for part in parts), Fraction())


def _part(phase: Phase[Any], fits: Sequence[Fit], minutes: int, people: int) -> _Part:
    near = _near(fits, people)

    def read(value: Callable[[Fit], float]) -> Fraction:
        sizes = {fit.minutes for fit in fits}
        rows = {s: {f.people: value(f) for f in fits if f.minutes == s} for s in sizes}
        return _line({size: _line(row, near) for size, row in rows.items()}, minutes)

    time = read(lambda fit: fit.phases.get(phase.id, phase.minutes))
    if not has(phase, "turn_seconds"):
        least = _halves_up(Fraction(phase.floor or LEAST_MINUTES))
        share = max(Fraction(floor(time * 2), 2), least if phase.floor else Fraction(0))
        return _Part(phase, share, min(share, least))
    least_turn = least_seconds(phase)
    silence = _fives(read(lambda fit: fit.silence.get(phase.id, silence_seconds(phase))))
    given = read(lambda fit: fit.turns.get(phase.id, turn_seconds(phase)))
    if people < near:
        turn, time = _fewer(given, time, near, people)
    else:
        turn = _fives(min(given, (60 * time - silence) / people - HANDING_OVER))
    turn = max(turn, least_turn)
    time = max(time, _speaking(people, turn, silence), Fraction(phase.floor))
    least = max(_speaking(people, least_turn, min(silence, LEAST_SILENCE)), Fraction(phase.floor))
    return _Part(phase, _halves_up(time), _halves_up(least), turn, least_turn, silence)


def _fewer(given: Fraction, time: Fraction, near: int, people: int) -> tuple[int, Fraction]:
    """The time of those who are fewer is shared out; what is left of it shortens the phase."""
    speaking = near * (given + HANDING_OVER)
    turn = _fives(min(max(Fraction(LONGEST), given), speaking / people - HANDING_OVER))
    if turn < LONGEST:
        return turn, time
    return turn, time - (speaking - people * (turn + HANDING_OVER)) / 60


def _near(fits: Sequence[Fit], people: int) -> int:
    """As many people, or the nearest number the fits speak of."""
    known = [fit.people for fit in fits]
    return min(max(people, min(known)), max(known))


def _line(points: Mapping[int, float | Fraction], at: int) -> Fraction:
    """Straight from point to point; level beyond the last ones."""
    below = max((x for x in points if x <= at), default=min(points))
    above = min((x for x in points if x >= at), default=max(points))
    low, high = Fraction(points[below]), Fraction(points[above])
    return low if below == above else low + (high - low) * Fraction(at - below, above - below)


def _speaking(people: int, turn: int, silence: int) -> Fraction:
    """Minutes a round takes."""
    return Fraction(people * (turn + HANDING_OVER) + silence, 60)


def _fives(seconds: Fraction) -> int:
    return floor(seconds / 5) * 5


def _halves_up(minutes: Fraction) -> Fraction:
    return Fraction(ceil(minutes * 2), 2)


# What a phase is asked about turns, whatever its kind.


def has(phase: Phase[Any], name: str) -> bool:
    return name in type(phase).model_fields


def turn_seconds(phase: Phase[Any]) -> int:
    return int(getattr(phase, "turn_seconds", 0))


def silence_seconds(phase: Phase[Any]) -> int:
    return int(getattr(phase, "silence_seconds", 0))


def least_seconds(phase: Phase[Any]) -> int:
    """In whole fives."""
    return ceil(getattr(phase, "least_seconds", SHORTEST) / 5) * 5
