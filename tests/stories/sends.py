"""What people send: what an argument of a verb could be, what is nearly right, what is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import strategies as st

from facilitator.core.meeting import Meeting, Refused
from phases import VERBS
from tests.core.story import LEADER

from .parts import agreements
from .plan import HANDS

SECRET = "§"  # stands in every answer given in words, and nowhere else

Send = tuple[str, str, dict[str, Any]]  # who, a verb, its arguments


def _sources(m: Meeting) -> list[int]:
    """Cards of the phase that this one takes its from, if it does."""
    source = getattr(m.phase, "source", None)
    return [card.id for card in m.cards.values() if card.phase == source]


def _now_or_passed(m: Meeting) -> list[str]:
    """The phase that is on, and more seldom one that has passed."""
    return [*[m.phase.id] * 6, *(p.id for p in m.phases[: m.at])] if m.phase else []


def _some(cards: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    return tuple(cards)[:3], tuple(cards)[:4]


_RIGHT: Mapping[str, Callable[[Meeting], Iterable[Any]]] = {
    "phase": lambda m: _now_or_passed(m) or [p.id for p in m.phases],
    "who": lambda m: [p.id for p in m.here],
    "name": lambda m: ("Kari", "kari", "Olav", "  Eva ", "{n}", "Nils (PPT)"),
    "origin": lambda m: ("", "School"),
    "role": lambda m: ("viddevakt", "scribe", *m.asked),
    "text": lambda m: ("Hallway", "{text}", "a" * 120, "<b>"),
    "card": lambda m: [*_sources(m) * 2, *m.decisions, *m.decisions, *m.cards],
    "into": lambda m: [*m.cards, *(p.id for p in m.here)],
    "instead_of": lambda m: ("", *(e.called for e in m.expected)),
    "code": lambda m: [m.moving.code] if m.moving else ["K7P 3QX"],
    "chance": lambda m: (f"chance {m.n}",),
    "aside": lambda m: (True, False),
    "answered": lambda m: (True, False),
    "ours": lambda m: (True, False),
    "factors": lambda m: ((), [f.id for f in m.chosen_factors], list(m.cards)[:2]),
    "note": lambda m: [n.id for n in m.notes],
    "topic": lambda m: [p.id for p in m.parked],
    "reason": lambda m: ("topic", "speaking", "time", "other"),
    "index": lambda m: range(len(m.phases) + 1),
    "seen": lambda m: (m.place,),
    "act": lambda m: m.acts[-1:],
    "when": lambda m: ("on Friday", "{n}", ""),
    "what": lambda m: ("meeting", "nothing", "code"),
    "on": lambda m: (True, False),
    "wording": lambda m: [s.version for s in agreements(m).values()],
    "builds_on": lambda m: ("", "The survey"),
    "how": lambda m: ("done", "pass", "later"),
    "question": lambda m: ("useful", "better"),
    "cards": lambda m: [(), *((card,) for card in m.cards), *_some(m.cards), *_some(_sources(m))],
    "more": lambda m: (1, -1),
    "chosen": lambda m: (True, False),
    "asked": lambda m: (0, 1),
    "decided": lambda m: (True, False),
    "accepted": lambda m: (True, False),
    "form": lambda m: ("informs", "trains", "tries", ""),
    "service": lambda m: ("School", "BUP"),
    "meet": lambda m: ("", "on Friday"),
    "evaluate_when": lambda m: ("", "in June"),
    "evaluate_who": lambda m: ("", "all of us"),
    "evaluate_how": lambda m: ("", "we ask"),
    "answers": lambda m: [
        {"better/words": SECRET} | more for more in ({}, {"useful": "yes"}, {"useful": "no"})
    ],
}
_WRONG: Mapping[str, tuple[Any, ...]] = {
    "phase": ("roles", "round", "evaluate", "choose", "causes", "plan", "status-quo", "nowhere"),
    "who": (*HANDS, LEADER, "nobody"),
    "role": ("leader", "king"),
    "text": (" ", "x" * 301),
    "name": (" ", "x" * 41),
    "card": (1, 999),
    "note": (1, 999),
    "into": (1, 999, LEADER, "nobody"),
    "instead_of": ("nobody",),
    "code": ("", "AAAAAA"),
    "when": (" ", "x" * 81),
    "factors": ([1, 999], ["x"], [None], list(range(1000))),
    "seen": ("0/", "1/0.0."),
    "cards": ((1,), (999,), ("1", "x")),
    "asked": (-1, 7),
    "form": ("dances", 1),
    "service": ("x" * 121,),
    "index": (-1, 99),
    "act": (1, 5),
    "wording": (0, 999),
    "more": (0, 2),
    "answers": ({}, {"useful": "maybe"}, {"nowhere": "yes"}, {"better/words": "x" * 301}),
}

garbage = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["", "\x00", "\ud800", "{0.x}", "x" * 5000, "__class__", "-1", "1e400"]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


def plausible(m: Meeting, verb: str, chance: Random, phase: str = "") -> dict[str, Any]:
    """For a phase that has passed, what would have been right in that one."""
    fields = VERBS[verb].args.model_fields
    given = [name for name, field in fields.items() if field.is_required() or chance.random() < 0.5]
    args, there = {}, m
    if "phase" in given:
        args["phase"] = phase or chance.choice([*_RIGHT["phase"](m)])
        there = replace(m, at=[p.id for p in m.phases].index(args["phase"]))
    for name in given:
        right = _RIGHT[name](m if name == "seen" else there)
        args.setdefault(name, chance.choice([*right] or [999]))
    return args


def rubbish(m: Meeting, verb: str, chance: Random, more: Any) -> dict[str, Any]:
    """One of the arguments, or one too many, is wrong."""
    name = chance.choice([*VERBS[verb].args.model_fields, "by", "m"])
    return plausible(m, verb, chance) | {name: chance.choice([*_WRONG.get(name, ()), more])}


def sensible(
    m: Meeting,
    people: tuple[str, ...],
    chance: Random,
    first: Callable[[str], int],
    verbs: tuple[str, ...] = tuple(sorted({*VERBS} - {"join"})),
    *,
    tries: int = 3,
) -> Send | None:
    """Something that is not refused, if it is found; of verbs, those with the lowest `first`."""
    tried = [*verbs] * tries
    chance.shuffle(tried)
    for verb in sorted(tried, key=first):
        who, args = chance.choice(people), plausible(m, verb, chance)
        with suppress(Refused):
            VERBS[verb](m, m.person(who), args)
            return who, verb, args
    return None
