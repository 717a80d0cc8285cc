"""For rooms without phones and leaders who want paper: running sheet, viddevakt's card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from facilitator.audience import KEYS
from facilitator.core.meeting import Meeting, Phase
from facilitator.core.people import ROLES
from facilitator.core.signal import REASONS
from facilitator.core.text import Lang, Say, say
from facilitator.dates import decimal
from facilitator.texts import tell

from .paper import pdf


def running_sheet(m: Meeting) -> bytes:
    """The agenda with questions, tips and minutes from the start, on a sheet or two."""

    def words(sentence: Say | str) -> str:
        return tell(sentence, m.lang)

    names = [(words(say(f"role.{role}")), m.name(m.roles.get(role))) for role in ROLES]
    data = {
        "title": m.title,
        "about": " · ".join(filter(None, (words(say("paper.running_sheet")), m.house))),
        "blanks": [*names, (words(say("paper.date")), "")],
        "head": {key: words(say(f"paper.{key}")) for key in ("from", "phase", "minutes")},
        "phases": [
            _phase(phase, begins, m.lang)
            for phase, begins in zip(m.phases, _beginnings(m), strict=True)
        ],
        "keys_title": words(say("screen.keys")),
        "keys": [(key, words(say(f"keys.{name}"))) for name, key in KEYS.items()],
    }
    return pdf("running-sheet", m.lang, data)


def viddevakt_card(m: Meeting) -> bytes:
    """What the viddevakt does, and when; on the back the sign itself, large."""

    def words(key: str) -> str:
        return tell(say(key), m.lang)

    reasons = [words(f"paper.when_{reason}") for reason in REASONS]
    how = [words(f"paper.how_{step}") for step in ("press", "again", "nobody", "park")]
    data = {
        "title": words("role.viddevakt"),
        "does": words("paper.guards"),
        "parts": [
            {"title": words("paper.when"), "lines": reasons},
            {"title": words("paper.how"), "lines": how},
        ],
        "sign": words("frame.back_on_topic"),
    }
    return pdf("viddevakt-card", m.lang, data)


def _phase(phase: Phase[Any], begins: float, lang: Lang) -> dict[str, Any]:
    return {
        "from": decimal(begins, lang),
        "title": tell(say(phase.title), lang),
        "question": tell(say(phase.question), lang) if phase.question else "",
        "notes": [tell(say(tip), lang) for tip in phase.tips],
        "minutes": tell(say("new.takes", minutes=decimal(phase.minutes, lang)), lang),
    }


def _beginnings(m: Meeting) -> Iterator[float]:
    """Minutes from the start at which each phase begins."""
    begins = 0.0
    for phase in m.phases:
        yield begins
        begins += phase.minutes
