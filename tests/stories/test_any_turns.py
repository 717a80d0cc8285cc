"""Turns, moved on at random."""

from hypothesis import given
from hypothesis import strategies as st

from facilitator.core.turns import Turns

_who = st.sampled_from("ABCDE")
_moves = st.one_of(
    st.sampled_from([("done",), ("pass_by",), ("later",), ("again",)]),
    st.tuples(st.sampled_from(["call", "join", "leave"]), _who),
)


@given(st.lists(_moves, max_size=30))
def test_nobody_stands_in_two_places(moves: list[tuple[str, ...]]):
    turns = Turns(waiting=tuple("ABC"))
    for move, *who in moves:
        turns = getattr(turns, move)(*who)
        assert len(set(turns.everyone)) == len(turns.everyone)


@given(st.lists(st.sampled_from(["done", "pass_by", "later", "again"]), max_size=20))
def test_the_round_loses_nobody(moves: list[str]):
    turns = Turns(waiting=tuple("ABC"))
    for move in moves:
        turns = getattr(turns, move)()
        assert set(turns.everyone) == set("ABC")
