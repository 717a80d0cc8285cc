"""An old log always opens: a stored example of every event, as it was written once.

When an event changes shape its upgrade stands beside it, and its old example stays here: add a
file, do not change one.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from facilitator.core.meeting import Entry, Meeting, replay
from facilitator.screens import SCREENS, shared
from facilitator.wire import picture
from phases import EVENT, EVENTS

from .story import AROUND

OLD = Path(__file__).parent / "old"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (OLD / name).read_text(encoding="utf-8").splitlines()]


def opened(name: str) -> Meeting:
    entries = (Entry(**{**row, "event": EVENT.validate_python(row["event"])}) for row in rows(name))
    return replay(Meeting(), entries)


def test_every_event_has_a_stored_example():
    examples = {row["event"]["type"] for path in OLD.glob("*.jsonl") for row in rows(path.name)}
    assert {event.model_fields["type"].default for event in EVENTS} - examples == set()


@pytest.mark.parametrize("name", sorted(path.name for path in OLD.glob("*.jsonl")))
def test_an_old_log_opens_and_is_shown(name: str):
    m = opened(name)
    assert m.n == rows(name)[-1]["n"]
    for screen in SCREENS:
        assert picture(shared(m, screen, AROUND), "en")


def test_the_first_log_tells_what_it_told():
    m = opened("1.jsonl")
    assert (m.title, m.house, m.origins, m.lang) == ("Tuesday", "Solsida skule", ("PPT",), "en")
    assert m.closed
    assert m.over
    assert {p.id: (p.name, p.origin, p.here) for p in m.people.values()} == {
        "Liv": ("Liv", "", True),
        "Anna": ("Anna", "PPT", False),
        "Bo": ("Bodil", "", True),
    }
    assert m.roles == {"leader": "Liv"}
    assert m.asked == {}
    cards = {c.id: (c.by, c.phase, c.text, c.aside, c.into) for c in m.cards.values()}
    assert cards == {
        11: ("Anna", "round", "Hallway", False, None),
        12: ("Bo", "round", "Corridors", False, 11),
    }
    assert m.parked == ()
    assert [(s.reason, s.phase, s.cleared) for s in m.signals] == [("time", "round", True)]
    assert m.shows == "code"
    assert m.began == 1_000_060
    assert m.lost == 30
    assert {p: (c.budget, c.spent) for p, c in m.clocks.items()} == {
        "roles": (180, 0),
        "round": (480, 50),
        "evaluate": (240, 0),
    }
    turns, evaluation = m.states["round"].turns, m.states["evaluate"]  # type: ignore[attr-defined]
    assert (turns.waiting, turns.now, turns.heard) == (("Bo", "Liv"), None, ())
    assert list(evaluation.answers.values()) == [{"useful": "yes"}]  # type: ignore[attr-defined]
    assert evaluation.spoken == (("better", "More breaks"),)  # type: ignore[attr-defined]
    assert evaluation.closed  # type: ignore[attr-defined]


def test_a_log_with_an_event_we_do_not_know_is_not_opened_as_something_else():
    with pytest.raises(ValueError, match="type"):
        EVENT.validate_python({"type": "somebody_sneezed"})
