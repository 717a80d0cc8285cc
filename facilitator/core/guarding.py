"""The viddevakt brings the meeting back on track."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from .meeting import Entry, Event, Meeting, refuse
from .signal import Reason, press


class Signalled(Event):
    type: Literal["signalled"] = "signalled"
    reason: Reason

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        phase = m.phase.id if m.phase else ""
        signals = press(m.signals, entry.at, self.reason, phase, m.signal_at_once)
        return replace(m, signals=signals)


class SignalCleared(Event):
    type: Literal["signal_cleared"] = "signal_cleared"

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        if not m.signals:
            return m
        return replace(m, signals=(*m.signals[:-1], replace(m.signals[-1], cleared=True)))


def signal(m: Meeting, by: str, *, reason: Reason = "topic") -> Event:
    """The viddevakt's one button. The leader may press it too: with no phones, `V` is the key."""
    m.running()
    if m.phase is None:
        refuse("not_running")
    if not (m.holds(by, "viddevakt") or m.holds(by, "leader")):
        refuse("viddevakt_only")
    return Signalled(reason=reason)


def clear_signal(m: Meeting, by: str) -> Event:
    m.running()
    m.lead(by)
    if not m.signals or m.signals[-1].cleared:
        refuse("stale")
    return SignalCleared()


EVENTS = (Signalled, SignalCleared)
VERBS = (signal, clear_signal)
