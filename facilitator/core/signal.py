"""The viddevakt's signal: first a quiet sign to the leader, at the second press the band.

It names neither who sent it nor whom it is about.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

Reason = Literal["topic", "speaking", "time", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)

BAND = 20.0  # seconds the band stays on the room screen
QUIET = 300.0  # seconds a quiet sign stays with the leader, if nobody clears it
ONE = 60.0  # seconds within which two presses are one signal


@dataclass(frozen=True)
class Signal:
    """One signal, in epoch seconds: pressed `at`, a band on the room screen since `band`."""

    at: float
    reason: Reason
    phase: str
    band: float | None = None
    cleared: bool = False

    def shows_band(self, now: float) -> bool:
        return not self.cleared and self.band is not None and now < self.band + BAND

    def shows_sign(self, now: float) -> bool:
        """Whether the leader still has the quiet sign."""
        return not self.cleared and self.band is None and now < self.at + QUIET

    def later(self, seconds: float) -> Signal:
        """As if the meeting had been held so much later."""
        band = None if self.band is None else self.band + seconds
        return replace(self, at=self.at + seconds, band=band)


def press(
    signals: tuple[Signal, ...], at: float, reason: Reason, phase: str, at_once: bool
) -> tuple[Signal, ...]:
    """The signals after one more press. A quiet sign that is still seen becomes a band.

    Within a minute it is one signal: a band that stands stays, one that has gone comes back. A
    reason that was given is kept when the big button, which asks for none, is pressed again.
    """
    last = signals[-1] if signals else None
    if last is None or last.phase != phase:
        return (*signals, Signal(at, reason, phase, band=at if at_once else None))
    more = replace(last, reason=last.reason if reason == "topic" else reason)
    if last.shows_sign(at):
        return (*signals[:-1], replace(more, band=at))
    if last.band is not None and at - last.band < ONE:
        shown = last.band if last.shows_band(at) else at
        return (*signals[:-1], replace(more, band=shown, cleared=False))
    return (*signals, Signal(at, reason, phase, band=at if at_once else None))
