"""Half past two on a Friday, as each language writes it on paper."""

from __future__ import annotations

from datetime import datetime

import pytest

from facilitator.core.text import LANGS, Lang
from facilitator.dates import date, day, decimal, time_of_day

AT = datetime(2026, 12, 4, 14, 30)

WRITTEN: dict[Lang, tuple[str, str, str, str]] = {
    "nn": ("14.30", "fredag 4. desember 2026", "4. desember 2026", "2,5"),
    "nb": ("14.30", "fredag 4. desember 2026", "4. desember 2026", "2,5"),
    "sv": ("14:30", "fredag 4 december 2026", "4 december 2026", "2,5"),
    "da": ("14.30", "fredag den 4. december 2026", "4. december 2026", "2,5"),
    "en": ("14:30", "Friday, 4 December 2026", "4 December 2026", "2.5"),
}


@pytest.mark.parametrize("lang", LANGS)
def test_days_times_and_numbers_are_written_as_the_language_does(lang: Lang) -> None:
    written = (time_of_day(AT, lang), day(AT, lang), date(AT, lang), decimal(2.5, lang))
    assert written == WRITTEN[lang]


def test_a_whole_number_has_no_decimals_and_the_night_has_two_digits() -> None:
    assert decimal(3.0, "nn") == "3"
    assert time_of_day(datetime(2026, 12, 4, 0, 5), "nn") == "00.05"
