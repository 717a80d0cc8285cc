"""A round: everybody is heard once."""

import pytest

from facilitator.core.turns import Turns

ROUND = Turns(waiting=("Anna", "Bo", "Liv"))


def test_each_is_heard_once_in_the_order_of_the_line():
    turns, heard = ROUND.done(), []
    while not turns.over:
        heard.append(turns.now)
        turns = turns.done()
    assert heard == ["Anna", "Bo", "Liv"]
    assert turns.heard == ("Anna", "Bo", "Liv")


def test_who_passes_is_not_counted_as_heard_and_not_asked_again():
    turns = ROUND.done().pass_by()
    assert turns.now == "Bo"
    assert turns.passed == ("Anna",)
    assert "Anna" not in (*turns.heard, *turns.waiting)


def test_come_back_to_me_is_last_in_the_line():
    turns = ROUND.done().later()
    assert (turns.now, turns.waiting) == ("Bo", ("Liv", "Anna"))


def test_the_last_one_cannot_be_put_off():
    turns = Turns(now="Anna")
    assert turns.later() == turns


def test_who_is_called_speaks_next_also_after_having_been_heard():
    turns = ROUND.done().done().call("Anna")
    assert (turns.now, turns.next) == ("Bo", "Anna")
    assert turns.heard == ()


def test_calling_on_who_speaks_changes_nothing():
    assert ROUND.done().call("Anna") == ROUND.done()


def test_a_late_comer_speaks_before_the_leader():
    assert ROUND.join("Eva", last="Liv").waiting == ("Anna", "Bo", "Eva", "Liv")


def test_a_late_comer_waits_last_when_the_leader_has_been_heard():
    assert Turns(waiting=("Bo",), heard=("Liv",)).join("Eva", last="Liv").waiting == ("Bo", "Eva")


def test_nobody_comes_late_twice():
    assert ROUND.join("Anna", last="Liv") == ROUND


def test_who_leaves_gives_the_turn_to_the_next():
    turns = ROUND.done().leave("Anna")
    assert turns.now == "Bo"
    assert "Anna" not in turns.everyone


def test_who_leaves_the_line_takes_no_turn_from_the_speaker():
    assert ROUND.done().leave("Bo") == Turns(waiting=("Liv",), now="Anna")


def test_a_late_comer_opens_a_round_that_was_over():
    turns = Turns(heard=("Anna",))
    assert turns.over
    assert not turns.join("Eva").over


def test_one_more_round_asks_everybody_again_and_the_leader_last():
    turns = ROUND.done().pass_by().done().done()
    assert turns.over
    assert turns.again(last="Liv") == Turns(waiting=("Bo", "Anna", "Liv"))


@pytest.mark.parametrize("move", ["done", "pass_by", "later"])
def test_an_empty_round_stays_over(move: str):
    assert getattr(Turns(), move)().over


def test_the_leader_is_not_first_as_long_as_nobody_was_heard_and_others_wait():
    assert Turns(("L", "A", "B")).not_first("L").waiting == ("A", "B", "L")
    assert Turns(("A", "L")).not_first("L").waiting == ("A", "L")
    assert Turns(("L",)).not_first("L").waiting == ("L",)
    assert Turns(("L", "A"), heard=("B",)).not_first("L").waiting == ("L", "A")
