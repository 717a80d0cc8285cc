"""Random people who do random things to a meeting; after each of them, everything holds."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from facilitator import screens
from facilitator.core.meeting import Entry, Meeting, Refused, Undone, evolve, replay
from facilitator.core.steering import PhaseBegun
from facilitator.core.text import LANGS
from facilitator.texts import tell
from facilitator.wire import difference
from phases import EVENT, VERBS
from phases.evaluate.rules import FEWEST
from tests.core.story import AROUND, LEADER

from .at_once import two_at_once_come_to_the_same
from .holds import everything_holds
from .keeps import Step, everything_is_kept
from .parts import choices, evaluation, rounds
from .plan import EVALUATION, HANDS, begun
from .sends import SECRET, garbage, plausible, rubbish, sensible

AWAY = replace(AROUND, away=frozenset(("Anna", "Eve")))

_seed = st.integers(0, 2**32 - 1)


def _one(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


class AnyMeeting(RuleBasedStateMachine):
    done: ClassVar[set[str]] = set()  # what ever happened: verbs that were accepted, and more
    met: ClassVar[Counter[str]] = Counter()  # verbs that were pressed at once with others
    counted: ClassVar[Counter[str]] = Counter()  # stories, and what was sent and accepted in them
    starts: ClassVar[int] = 1  # the index of the phase it comes into

    def __init__(self) -> None:
        super().__init__()
        self.story = begun(self.starts)
        self.counted["stories"] += 1
        self.known: set[str] = {*VERBS}  # verbs that some meeting has accepted
        self.did: set[str] = set()
        self.told = {self.m.n: self.m}  # what the meeting was, by the length of its log
        self.places: list[str] = []
        self.answered: set[str] = set()
        self.gave: dict[str, set[str]] = {}
        self.drawn: dict[str, Any] = {}
        self.rested: dict[str, tuple[Any, Any]] = {}

    @property
    def m(self) -> Meeting:
        return self.story.meeting

    def walk(self, chance: Random, steps: int = 60) -> None:
        """The same without hypothesis, whose sequences resemble each other.

        What no walk before has done comes first, or a new verb would push an old one out.
        """
        self.known = self.done
        for _ in range(steps):
            self._step(chance)
            self.all_is_well()
        self.teardown()

    def _step(self, chance: Random) -> None:
        match chance.randrange(20):
            case 0:
                self.somebody_comes(chance.choice(HANDS))
            case 1:
                self.somebody_presses_late(chance.getrandbits(32))
            case 2:
                self.everybody_gives(again=chance.random() < 0.5, show=chance.random() < 0.5)
            case 3:
                self.the_round_comes_to_its_end(once_more=chance.random() < 0.5)
            case 4:
                self.time_passes(chance.choice((1, 45, 600)))
            case 5 | 6:
                self.somebody_presses_a_button(chance.getrandbits(32))
            case 9 | 10:
                self._does_what_makes_sense((self.m.leader,), chance)
            case 8:
                self.somebody_gives_to_what_has_passed(chance.getrandbits(32))
            case 11:
                self.somebody_does_anything(chance.getrandbits(32), chance.choice(HANDS))
            case 7 | 12:
                self.met.update(self._two_that_have_hardly_met(chance) or ())
            case _:
                self._does_what_makes_sense((self.m.leader, *HANDS), chance)

    def _two_that_have_hardly_met(self, chance: Random) -> tuple[str, str] | None:
        return two_at_once_come_to_the_same(self.story, chance, self.met.__getitem__)

    def _chance(self, seed: int) -> Random:
        return Random(f"{seed} {self.m.n}")

    # What happens

    @rule(seed=_seed)
    def somebody_presses_a_button(self, seed: int) -> None:
        chance = self._chance(seed)
        who = chance.choice([self.m.leader, *(p.id for p in self.m.here)])
        screen = self.story.lead if who == self.m.leader else self.story.phone(who)
        if acts := list(screen.acts):
            act = chance.choice(acts)
            self._tries(who, act.verb, dict(act.args))

    @rule(seed=_seed)
    def somebody_presses_late(self, seed: int) -> None:
        """What their screen showed has passed meanwhile."""
        chance = self._chance(seed)
        verb = chance.choice([verb for verb in sorted(VERBS) if VERBS[verb].takes("seen")])
        seen = chance.choice(self.places[-6:] or [self.m.place])
        speaking = [state.turns.now for state in rounds(self.m).values() if state.turns.now]
        who = chance.choice([self.m.leader, *speaking])
        self._tries(who, verb, plausible(self.m, verb, chance) | {"seen": seen})

    @rule(seed=_seed)
    def somebody_gives_to_what_has_passed(self, seed: int) -> None:
        chance, passed = self._chance(seed), self.m.phases[max(0, self.m.at - 4) : self.m.at]
        verbs = [verb for verb in sorted(VERBS) if VERBS[verb].takes("phase")]
        for verb in chance.sample(verbs, len(verbs) if passed else 0):
            args = plausible(self.m, verb, chance, chance.choice(passed).id)
            before = self.m
            self._tries(self.m.leader, verb, args)
            if self.m is not before:
                return

    @rule(seed=_seed)
    def the_leader_does_what_makes_sense(self, seed: int) -> None:
        self._does_what_makes_sense((self.m.leader,), self._chance(seed))

    @rule(seed=_seed)
    def somebody_does_what_makes_sense(self, seed: int) -> None:
        self._does_what_makes_sense((self.m.leader, *HANDS), self._chance(seed))

    def _does_what_makes_sense(self, people: tuple[str, ...], chance: Random) -> None:
        """Rather what was never done before, or not in this meeting."""

        def first(verb: str) -> int:
            return (verb in self.known) + (verb in self.did)

        if send := sensible(self.m, people, chance, first):
            self._tries(*send)

    @rule(seed=_seed, who=_one(LEADER, *HANDS, "Eve"))
    def somebody_does_anything(self, seed: int, who: str) -> None:
        chance = self._chance(seed)
        verb = chance.choice(sorted(VERBS))
        self._tries(who, verb, plausible(self.m, verb, chance))

    @rule(seed=_seed, who=_one(LEADER, LEADER, *HANDS, "Eve"), more=garbage)
    def somebody_sends_rubbish(self, seed: int, who: str, more: Any) -> None:
        chance = self._chance(seed)
        verb = chance.choice(sorted(VERBS))
        self._tries(who, verb, rubbish(self.m, verb, chance, more))

    @rule(seed=_seed)
    def two_press_at_once(self, seed: int) -> None:
        two_at_once_come_to_the_same(self.story, self._chance(seed))

    @rule()
    def the_leader_goes_on(self) -> None:
        self._tries(self.m.leader, "forward", {"seen": self.m.place})

    @rule(once_more=st.booleans())
    def the_round_comes_to_its_end(self, once_more: bool) -> None:
        if self.m.phase and self.m.phase.id in rounds(self.m):
            for _ in self.m.here:
                if self.m.phase.step(self.m, self.m.states[self.m.phase.id]):
                    self.the_leader_goes_on()
            if once_more:
                self._tries(self.m.leader, "repeat_round", {"phase": self.m.phase.id})

    @rule(who=_one(*HANDS))
    def somebody_comes(self, who: str) -> None:
        self._tries(who, "join", {"name": who})

    @rule(who=_one(*HANDS), texts=st.lists(_one("Hallway", "Mornings"), min_size=1, max_size=3))
    def somebody_writes(self, who: str, texts: list[str]) -> None:
        for text in texts:
            self._tries(who, "add_card", {"phase": "round", "text": text})

    @rule(how=_one("done", "pass", "later"))
    def the_speaker_ends_the_turn(self, how: str) -> None:
        speaking = [state.turns.now for state in rounds(self.m).values() if state.turns.now]
        for who in speaking:
            here = self.m.phase.id if self.m.phase else "round"
            self._tries(who, "end_turn", {"phase": here, "how": how, "seen": self.m.place})

    @rule(people=st.sets(_one(LEADER, *HANDS), min_size=1))
    def some_answer(self, people: set[str]) -> None:
        if self.m.at != EVALUATION:
            people = {self.m.leader}
        for who in sorted(people):
            answers = {"better/words": SECRET + who}
            self._tries(who, "answer", {"phase": "evaluate", "answers": answers})

    @rule(again=st.booleans(), show=st.booleans())
    def everybody_gives(self, again: bool, show: bool) -> None:
        """Answers or dots. What they are given in may have begun too early, and begin again."""
        for last in (False, True) if again else (True,):
            self.everybody_answers(show=show and last)
            self.everybody_gives_dots(show=show and last)
            if not last:
                self.the_leader_begins_anew()

    def everybody_answers(self, show: bool) -> None:
        if self.m.at == EVALUATION:
            self.some_answer({p.id for p in self.m.here})
            if show:
                self._tries(self.m.leader, "show_answers", {"phase": "evaluate"})

    def everybody_gives_dots(self, show: bool) -> None:
        here = self.m.phase.id if self.m.phase else ""
        if state := choices(self.m).get(here):
            for number, person in enumerate(self.m.here):
                cards = [*self.m.cards][number % 3 :][:2]
                given = {"phase": here, "cards": cards, "asked": state.asked}
                self._tries(person.id, "give_dots", given)
            if show:
                self._tries(self.m.leader, "show_dots", {"phase": here})

    @rule()
    def the_leader_undoes(self) -> None:
        if self.m.acts:
            self._tries(self.m.leader, "undo", {"act": self.m.acts[-1]})

    @rule()
    def the_leader_begins_anew(self) -> None:
        """What began too early is undone, and begins again."""
        begun_here = self.m.acts and self.story.log[self.m.acts[-1] - 1].event
        if isinstance(begun_here, PhaseBegun):
            self.the_leader_undoes()
            again = {"index": begun_here.index, "seen": self.m.place}
            self._tries(self.m.leader, "begin", again)

    @rule(really=_one(False, True))
    def the_leader_ends_the_meeting(self, really: bool) -> None:
        if self.m.over or really:
            self._tries(self.m.leader, "close", {})

    @rule(seconds=_one(1, 7.5, 45, 600))
    def time_passes(self, seconds: float) -> None:
        """For the phase that is on alone, and for none in a pause."""
        m, at = self.m, self.story.at
        self.story.wait(seconds)
        gone = m.time(self.story.at) - m.time(at)
        assert abs(gone - (0 if m.paused else seconds)) < 1e-3
        for phase, clock in m.clocks.items():
            used = clock.used(m.time(self.story.at)) - clock.used(m.time(at))
            assert used <= gone + 1e-3 if m.phase and m.phase.id == phase else used == 0

    def _tries(self, who: str, verb: str, args: dict[str, Any]) -> None:
        before, lines = self.m, len(self.story.log)
        self.counted["sent"] += 1
        try:
            self.story.does(who, verb, **args)
        except Refused as refused:
            words = [tell(refused.why, lang) for lang in LANGS]
        else:
            words = []
        if words:
            assert all(words)
            assert self.m is before
            return
        assert len(self.story.log) == lines + 1
        self._remember(before.person(who), verb, args)
        step = Step(before, self.m, self.story.log, before.person(who), verb, args)
        everything_is_kept(step, self.story.at)
        self._a_place_never_comes_again(step)

    def _remember(self, who: str, verb: str, args: dict[str, Any]) -> None:
        self.counted["accepted"] += 1
        self.done.add(verb)
        self.did.add(verb)
        self.told[self.m.n] = self.m
        if verb == "answer":
            self.answered.add(who)
        if verb == "give_dots":
            self.gave.setdefault(args["phase"], set()).add(who)

    def _a_place_never_comes_again(self, step: Step) -> None:
        """Once a turn has gone on, or a press meant for an earlier one might end it."""
        if isinstance(step.event, Undone):
            self.places.clear()
            return
        moved = step.before.place != step.after.place
        if moved and step.before.at == step.after.at and step.event.type != "people_merged":
            assert step.after.place not in self.places or not rounds_on(step.after)
        if moved:
            self.places.append(step.before.place)

    # What holds after each thing that happens, and in the end

    @invariant()
    def all_is_well(self) -> None:
        everything_holds(self.m, self.story.at)
        self.nobody_answers_twice()
        self.every_screen_can_be_drawn_and_no_answer_is_seen_too_early()

    def nobody_answers_twice(self) -> None:
        assert len(evaluation(self.m).answers) <= len(self.answered)
        for phase, state in choices(self.m).items():
            assert len(state.given) <= len(self.gave.get(phase, ()))

    def every_screen_can_be_drawn_and_no_answer_is_seen_too_early(self) -> None:
        """What changed is written as it is sent: each time in another language."""
        state, lang = evaluation(self.m), LANGS[self.m.n % len(LANGS)]
        may = state.closed and len(state.answers) >= FEWEST
        for name, screen in self._drawings().items():
            sent = difference(self.drawn.get(name, {}), screen, lang)
            self.drawn[name] = screen
            if sent and SECRET in json.dumps(sent, ensure_ascii=False):
                assert may
                self.done.add("answers are seen")

    def _drawings(self) -> dict[str, Any]:
        shared = {name: screens.shared(self.m, name, AWAY) for name in screens.SCREENS}
        own = {f"own {who}": self._own(who) for who in (*self.m.people, "Eve")}
        keys = {
            f"{name} {who}": screens.own(self.m, name, who)
            for name in ("room", "lead")
            for who in self.m.people
        }
        return {**shared, "door": screens.door(self.m), **own, **keys}

    def _own(self, who: str) -> Any:
        """Whose part rests on the same has the same part, or a phone would not hear of it."""
        rests = screens.own_rests_on(self.m, "phone", who)
        part = screens.own(self.m, "phone", who)
        before, was = self.rested.get(who, (None, None))
        assert before != rests or was == part
        self.rested[who] = (rests, part)
        return part

    def teardown(self) -> None:
        """Told again, as far as it went at any time, the log tells the same; also as stored."""
        log, m = self.story.log, self.told[min(self.told)]
        for entry in log[m.n :]:
            undone = isinstance(entry.event, Undone)
            m = replay(self.story.start, log[: entry.n]) if undone else evolve(m, entry)
            assert m == self.told[entry.n]
        assert replay(self.story.start, map(stored, log)) == self.m


def rounds_on(m: Meeting) -> bool:
    return m.phase is not None and m.phase.id in rounds(m)


def stored(entry: Entry) -> Entry:
    """As it is read from the file again."""
    row = json.loads(json.dumps(entry.event.model_dump(mode="json")))
    return Entry(entry.n, entry.at, entry.by, entry.op, EVENT.validate_python(row, strict=False))
