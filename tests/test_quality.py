"""The page of our bars is true to what shows them."""

from __future__ import annotations

import re

import pytest

from tests.quality import PAGE, ROOT, Bar, bars

ALL = [bar for listed in bars().values() for bar in listed]
MAKE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("bar", ALL, ids=lambda bar: bar.what)
def test_what_shows_a_bar_is_there(bar: Bar) -> None:
    assert bar.rows or bar.tests
    for test in bar.tests:
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8") or not name
    for row in bar.rows:
        assert re.search(rf"^{row.partition('/')[0]}:", MAKE, re.M)


@pytest.mark.parametrize("bar", ALL, ids=lambda bar: bar.what)
def test_every_bar_stands_on_the_page(bar: Bar) -> None:
    assert f"| {bar.what} |" in PAGE.read_text(encoding="utf-8")
