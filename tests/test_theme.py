"""Contrasts of the look, worked out from assets/theme.css: every colour on what it is shown on.

The bars are those of screens.md: 7:1 for text on the room screen, 4.5:1 elsewhere; 3:1 for what is
no text but has to be seen (WCAG 1.4.11).
"""

from __future__ import annotations

import re

import pytest

from tests.server import ROOT

THEME = (ROOT / "assets" / "theme.css").read_text(encoding="utf-8")
TONES = ("light", "dark")
ON_THE_WALL, IN_THE_HAND, SEEN = 7.0, 4.5, 3.0
# What is written in which colour on what. All of it is on the room screen too, but for what is
# written about a state (moss on what is agreed), which only phones and the leader view have.
TEXTS = (
    ("ink", "paper", ON_THE_WALL),
    ("ink", "card", ON_THE_WALL),
    ("ink", "fjord-2", ON_THE_WALL),
    ("ink", "amber-2", ON_THE_WALL),
    ("ink-2", "paper", ON_THE_WALL),
    ("ink-2", "card", ON_THE_WALL),
    ("ink-2", "fjord-2", ON_THE_WALL),
    ("fjord-ink", "paper", ON_THE_WALL),
    ("fjord-ink", "card", ON_THE_WALL),
    ("fjord-ink", "fjord-2", ON_THE_WALL),
    ("on-fjord", "fjord", ON_THE_WALL),
    ("paper", "ink", ON_THE_WALL),  # time is up
    ("on-amber", "amber", ON_THE_WALL),
    ("amber-ink", "amber-2", ON_THE_WALL),
    ("amber-ink", "card", ON_THE_WALL),
    ("moss", "card", ON_THE_WALL),
    ("moss", "paper", ON_THE_WALL),
    ("moss", "fjord-2", IN_THE_HAND),
)
# Borders of fields and chips, the focus, the parts of the bar, dots and tallies.
SHAPES = (
    ("edge", "paper", SEEN),
    ("edge", "card", SEEN),
    ("fjord-ink", "paper", SEEN),
    ("fjord-ink", "card", SEEN),
    ("fjord-ink", "fjord-2", SEEN),
    ("fjord-ink", "fjord-3", SEEN),  # how much of a phase has gone
    ("amber-ink", "card", SEEN),  # the field that lacks something
)
# Lines that only part what stands apart anyway.
ORNAMENTS = {"line"}


def colours(tone: str) -> dict[str, tuple[int, int, int]]:
    """Each colour's red, green and blue, 0–255. By night what is not said anew stays."""
    light, dark = (
        re.search(css, THEME, re.S) for css in (r":root \{(.*?)\n\}", r"\.dark \{(.*?)\n\}")
    )
    assert light is not None
    assert dark is not None
    found = dict(_hex(light[1]))
    return found if tone == "light" else found | dict(_hex(dark[1]))


def _hex(css: str) -> list[tuple[str, tuple[int, int, int]]]:
    named = re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6});", css)
    return [(name, tuple(bytes.fromhex(digits))) for name, digits in named]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """As WCAG 2.2 has it: 1 to 21."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 for c in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize(("colour", "on", "bar"), [*TEXTS, *SHAPES])
def test_every_colour_can_be_told_from_what_it_is_on(
    tone: str, colour: str, on: str, bar: float
) -> None:
    known = colours(tone)
    assert contrast(known[colour], known[on]) >= bar


def test_no_colour_is_left_out() -> None:
    paired = {name for colour, on, _ in (*TEXTS, *SHAPES) for name in (colour, on)}
    assert {*colours("light"), *colours("dark")} == paired | ORNAMENTS


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert round(contrast((119, 119, 119), (255, 255, 255)), 2) == 4.48


def test_no_colour_is_written_beside_the_tokens() -> None:
    """But for shadows, the black of a blank screen, and the white a code stands on."""
    rules = THEME[THEME.index("/* ---------- Base") :]
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= {
        "#000", "#fff", "#0003", "#0005", "#0b1216", "#0e171dcc",
    }  # fmt: skip
