"""The rules of the log, tried with random people who do random things.

Whatever anybody sends, in whatever order: only `Refused` comes out, the log tells the meeting, and
undo, rounds, cards and answers keep their promises on every screen. `make stories` tells many more.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from phases import VERBS

from .at_once import AT_ONCE
from .people import AnyMeeting
from .plan import STARTS


@pytest.mark.parametrize("starts", STARTS)
def test_no_sequence_of_verbs_breaks_the_meeting(starts: int, stories: int):
    AnyMeeting.starts = starts
    run_state_machine_as_test(
        AnyMeeting,
        settings=settings(
            max_examples=8 * stories,
            stateful_step_count=40,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_long_walk_breaks_the_meeting(stories: int):
    AnyMeeting.done.clear()
    AnyMeeting.met.clear()
    for seed in range(80 * stories):
        AnyMeeting.starts = STARTS[seed % len(STARTS)]
        AnyMeeting().walk(Random(seed))
    assert set(VERBS) - AnyMeeting.done == set(), "never accepted, so hardly tried"
    assert "answers are seen" in AnyMeeting.done
    assert {*AT_ONCE} - {*AnyMeeting.met} == set(), "never pressed at once with something else"
