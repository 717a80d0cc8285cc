"""What any version stored, this one opens: the meeting stands there as it ended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from facilitator.archive import Damaged
from facilitator.core.text import LANGS
from facilitator.screens import SCREENS, shared
from facilitator.wire import picture
from tests.core.story import AROUND

from .keeping import HERE, KEPT, SORTS, VERSION, opened, result, shapes

JOURNALS = sorted(HERE.glob("*/*.journal"))


@pytest.mark.parametrize("kept", JOURNALS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_its_result_is_told_in_the_same_words(kept: Path, tmp_path: Path):
    m, rows = opened(Path(shutil.copy(kept, tmp_path)))
    assert m.closed
    assert m.folded == (len(rows) == 2 < m.n)
    assert (
        result(m, rows, m.lang) == kept.with_suffix(".result.txt").read_text("utf-8").splitlines()
    )


@pytest.mark.parametrize("kept", JOURNALS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_is_shown_on_every_screen_in_every_language(kept: Path, tmp_path: Path):
    m, _ = opened(Path(shutil.copy(kept, tmp_path)))
    for screen in SCREENS:
        for lang in LANGS:
            assert picture(shared(m, screen, AROUND), lang)


def test_a_line_of_it_that_was_changed_is_named(tmp_path: Path):
    """So they are read by the archive as it is, checksums and all."""
    kept = Path(shutil.copy(HERE / VERSION / "bti-system.nn.journal", tmp_path))
    kept.write_bytes(kept.read_bytes().replace(b'"joined"', b'"jo1ned"', 1))
    with pytest.raises(Damaged, match="line 2"):
        opened(kept)


def test_what_is_stored_today_is_kept():
    """Or nobody would see that a later version cannot open it."""
    kept = HERE / VERSION / "shapes.txt"
    advice = "stored things have new shapes: run `python -m tests.journals`"
    assert kept.exists(), advice
    was, now = kept.read_text("utf-8").splitlines(), shapes()
    assert {line.partition(" ")[0] for line in {*was} ^ {*now}} == set(), advice


def test_each_of_the_meetings_is_kept():
    names = {f"{recipe}.{lang}{sort}" for recipe, lang in KEPT for sort in SORTS}
    assert {path.stem for path in (HERE / VERSION).glob("*.journal")} == names
