"""A clock never ticks: it stores when it started, and is asked."""

from facilitator.core.clock import SOON, Clock


def test_a_clock_counts_only_while_it_runs():
    clock = Clock(45).start(100).stop(110)
    assert clock.left(500) == 35
    assert clock.start(500).left(505) == 30


def test_starting_a_running_clock_gives_no_time_back():
    clock = Clock(45).start(100)
    assert clock.start(120) == clock


def test_stopping_a_standing_clock_costs_nothing():
    clock = Clock(45).start(100).stop(110)
    assert clock.stop(900) == clock


def test_it_says_soon_before_it_says_up():
    clock = Clock(45).start(0)
    assert clock.state(45 - SOON - 1) == "running"
    assert clock.state(45 - SOON) == "soon"
    assert clock.state(44.9) == "soon"
    assert clock.state(45) == "up"


def test_overtime_is_counted_and_not_cut_off():
    assert Clock(45).start(0).left(60) == -15


def test_more_time_leaves_what_was_spent():
    clock = Clock(45).start(0).add(30)
    assert clock.left(10) == 65
    assert clock.used(10) == 10


def test_a_budget_never_falls_below_nothing():
    assert Clock(45).add(-100).budget == 0


def test_a_clock_from_the_future_has_used_nothing():
    """An undone act sets meeting time back."""
    assert Clock(45).start(100).used(90) == 0
