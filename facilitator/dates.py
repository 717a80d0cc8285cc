"""Days, times of day and numbers as each language writes them; never as the machine is set."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from .core.text import Lang, say
from .texts import tell

_BRITISH = {"en": "en_GB"}  # days before months, as the rest of our English


def time_of_day(at: datetime, lang: Lang) -> str:
    """14.30 or 14:30. Babel writes Norwegian times with a colon, Språkrådet with a full stop."""
    return tell(say("screen.time", hour=f"{at:%H}", minute=f"{at:%M}"), lang)


def day(at: datetime, lang: Lang) -> str:
    """With its weekday."""
    return format_date(at, "full", locale=_BRITISH.get(lang, lang))


def date(at: datetime, lang: Lang) -> str:
    return format_date(at, "long", locale=_BRITISH.get(lang, lang))


def decimal(value: float, lang: Lang) -> str:
    """2,5 or 2.5."""
    return format_decimal(value, locale=_BRITISH.get(lang, lang))
