"""Folding: a closed meeting's log becomes its plan and what lasts; every screen shows the same.

Random meetings, made by the walks of the rules' own tests; then a small one, word for word.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from pypdf import PdfReader

from facilitator import screens
from facilitator.core.blocks import People, Screen
from facilitator.core.clock import Clock
from facilitator.core.meeting import Entry, Meeting, Phase, evolve, replay
from facilitator.core.people import A_GUEST, SOMEBODY
from facilitator.core.steering import Closed
from facilitator.core.text import LANGS
from facilitator.documents.sheets import running_sheet, viddevakt_card
from facilitator.entries import entry_of, row_of
from facilitator.wire import picture
from phases import KINDS, folded
from phases.agree.rules import AgreeState, Reply
from phases.choose.rules import ChooseState
from phases.evaluate.rules import EvaluateState

from .core.story import AROUND, EVALUATE, LEADER, ROUND, Story
from .core.story import text as same
from .core.test_old_logs import OLD
from .core.test_old_logs import rows as rows_of
from .stories.people import AnyMeeting
from .stories.plan import AGREE, PLAN, STARTS

SEEDS = range(16)


def walked(seed: int) -> Story:
    """A meeting in which much has happened, closed wherever it was."""
    AnyMeeting.starts = STARTS[seed % len(STARTS)]
    some = AnyMeeting()
    some.walk(Random(seed), steps=40)
    return closed(some.story)


def closed(story: Story) -> Story:
    """As it closes itself when nobody does."""
    if not story.meeting.closed:
        entry = Entry(story.meeting.n + 1, story.at, "", "", Closed())
        story.log.append(entry)
        story.meeting = evolve(story.meeting, entry)
    return story


def folding(m: Meeting, log: list[Entry]) -> tuple[Meeting, list[dict[str, Any]]]:
    """The meeting that its folded log tells of after it was written and read, and its lines."""
    rows = [json.loads(json.dumps(row_of(entry))) for entry in folded(m, log)]
    return replay(Meeting(), [entry_of(n, row) for n, row in enumerate(rows, 1)]), rows


def shown(m: Meeting, lang: Any = "en") -> dict[str, Any]:
    """All screens, with the minutes of phases whole as they are shown, and nobody's id."""
    clocks = {p: Clock(c.budget, 60.0 * round(c.spent / 60)) for p, c in m.clocks.items()}
    m = replace(m, clocks=clocks)
    return {name: picture(_nameless(screen), lang) for name, screen in _screens(m).items()}


def _screens(m: Meeting) -> dict[str, Screen]:
    here, guest = _some(m)
    return {
        **{name: screens.shared(m, name, AROUND) for name in screens.SCREENS},
        "door": screens.door(m),
        "phone inside": screens.own(m, "phone", here),
        "phone of a guest": {
            key: block
            for key, block in screens.own(m, "phone", guest).items()
            if key != "gone"  # thanks by name: who it was is forgotten
        },
        "lead own": screens.own(m, "lead", m.leader),
        "room own": screens.own(m, "room", m.leader),
    }


def _some(m: Meeting) -> tuple[str, str]:
    """Whose phone shows the result, and one of the guests who were let go."""
    if m.folded:
        return SOMEBODY, A_GUEST if A_GUEST in m.devices.values() else ""
    gone = (p.id for p in m.people.values() if not p.here and m.is_guest(p.id) and p.phone)
    return m.leader, next(gone, "")


def _nameless(screen: Screen) -> Screen:
    def block(one: Any) -> Any:
        if isinstance(one, People):
            return replace(one, people=tuple(replace(p, id="") for p in one.people))
        return one

    return {key: block(one) for key, one in screen.items()}


@pytest.fixture(scope="module", params=SEEDS)
def story(request: pytest.FixtureRequest) -> Story:
    return walked(request.param)


@pytest.fixture
def after(story: Story) -> Meeting:
    return folding(story.meeting, story.log)[0]


def test_every_screen_is_the_same_after_folding(story: Story, after: Meeting) -> None:
    for lang in (LANGS[story.meeting.n % len(LANGS)], "en"):
        before = shown(story.meeting, lang)
        for name, screen in shown(after, lang).items():
            assert screen == before[name], name


def test_folding_twice_is_folding_once(story: Story, after: Meeting) -> None:
    rows = folding(story.meeting, story.log)[1]
    log = [entry_of(n, row) for n, row in enumerate(rows, 1)]
    assert folding(after, log) == (after, rows)


def test_only_the_plan_and_what_lasts_is_left(story: Story, after: Meeting) -> None:
    rows = folding(story.meeting, story.log)[1]
    assert [row["event"]["type"] for row in rows] == ["planned", "folded"]
    assert [(row["by"], row["op"]) for row in rows] == [("", ""), ("", "")]
    assert after.n == story.meeting.n
    assert after.closed


def test_no_id_of_a_person_is_left_beside_a_name(story: Story) -> None:
    """The browsers that may show the result stand by the alphabet, without whose they are."""
    rows = folding(story.meeting, story.log)[1]
    browsers = rows[1]["event"].pop("browsers")
    assert list(browsers) == sorted(browsers)
    assert set(browsers.values()) <= {SOMEBODY, A_GUEST}
    ids = {entry.by for entry in story.log} | set(story.meeting.people) | set(story.meeting.devices)
    names = {name for p in story.meeting.people.values() for name in (p.name, p.instead_of)}
    left = set(_strings(rows))
    assert not {who for who in ids - {""} if who in left and who not in names}


def test_no_time_of_a_person_is_left(story: Story) -> None:
    """Every number is a whole minute, a count, an id of a card, or was planned."""
    rows = folding(story.meeting, story.log)[1]
    event = rows[1]["event"]
    assert rows[1]["at"] % 60 == 0
    assert event["began"] is None or event["began"] % 60 == 0
    for clock in event["clocks"].values():
        assert clock["spent"] % 60 == 0
        assert clock["started"] is None
    assert {topic["at"] for topic in event["parked"]} <= {0}
    assert all(signal["at"] % 60 == 0 and signal["band"] is None for signal in event["signals"])
    moments = {entry.at for entry in story.log if entry.at % 60}
    assert not moments & set(_numbers(rows[1]))


def test_of_a_round_nothing_is_left(story: Story, after: Meeting) -> None:
    for phase in after.phases:
        if phase.kind in ("round", "roles", "break"):
            assert after.states[phase.id] == phase.fresh()


@pytest.mark.parametrize("name", sorted(path.name for path in OLD.glob("*.jsonl")))
def test_an_old_log_is_folded_too(name: str) -> None:
    story = Story()
    story.log = [entry_of(n, row) for n, row in enumerate(rows_of(name), 1)]
    story.meeting, story.at = replay(Meeting(), story.log), story.log[-1].at
    m = closed(story).meeting
    assert shown(folding(m, story.log)[0]) == shown(m)


# A small meeting, word for word


def held() -> Story:
    """Everything that may be told afterwards, and much that may not."""
    causes = ROUND | {"id": "causes", "card_sort": "factor", "holds_for": "measures"}
    story = Story(
        *("Anna", "Bo", "Eva", "Dag"),
        agenda=(
            INFORM,
            AGREED,
            causes,
            {
                "kind": "choose",
                "id": "pick",
                "title": same("Pick"),
                "minutes": 4,
                "source": "causes",
            },
            ROUND | {"id": "measures", "card_sort": "measure"},
            PLAN | {"source": "measures"},
            EVALUATE | {"guests_first": True},
        ),
        expected=({"name": "Nils"}, {"name": "Anna"}),
        services=("PPT",),
    )
    story.does("Pia", "join", name="Pia", origin="PPT")
    story.does("Bo", "take_role", role="scribe")
    story.does("Anna", "take_role", role="viddevakt")
    story.wait(70)
    _a_challenge_is_agreed_on(story)
    _factors_are_chosen(story)
    _a_measure_is_decided_on(story)
    _everybody_evaluates(story)
    story.to("result")
    story.does(LEADER, "close")
    return story


def _a_challenge_is_agreed_on(story: Story) -> None:
    story.to("challenge")
    story.does(LEADER, "set_presenter", phase="challenge", who="Pia")
    story.does(LEADER, "word_statement", phase="challenge", text="Replaced statement")
    story.does(LEADER, "word_statement", phase="challenge", text="Few play together")
    story.wait(185)
    story.to("status-quo")
    story.does(LEADER, "word", phase="status-quo", text="Replaced wording")
    version = story.state("status-quo").version
    story.does("Eva", "object", phase="status-quo", wording=version, reason="Objection of Eva")
    story.does(LEADER, "word", phase="status-quo", text="Some play alone")
    version = story.state("status-quo").version
    story.does("Anna", "no_objection", phase="status-quo", wording=version)
    story.does("Dag", "object", phase="status-quo", wording=version, reason="Too narrow")
    story.does(LEADER, "settle", phase="status-quo")


def _factors_are_chosen(story: Story) -> None:
    story.to("causes")
    story.forward()
    story.wait(47)
    story.does("Anna", "end_turn", phase="causes")
    story.does("Bo", "end_turn", phase="causes", how="pass")
    first = story.does("Anna", "add_card", phase="causes", text="Small rooms")
    other = story.does("Pia", "add_card", phase="causes", text="Few adults outside")
    third = story.does("Dag", "add_card", phase="causes", text="Short breaks")
    gone = story.does("Eva", "add_card", phase="causes", text="Withdrawn card")
    story.does("Eva", "withdraw_card", card=gone)
    story.does("Eva", "add_card", phase="measures", text="Kept and never placed")
    story.does("Anna", "signal", reason="time")
    story.does("Bo", "park", text="The car park")
    story.does("Bo", "note", phase="causes", text="We need figures")
    story.to("pick")
    given = {"Anna": (first, other), "Bo": (other, third), "Dag": (third,), "Eva": ()}
    for who, cards in given.items():
        story.does(who, "give_dots", phase="pick", cards=cards)
    story.does("Bo", "count_hands", phase="pick", card=other, more=1)
    story.does(LEADER, "show_dots", phase="pick")
    story.does(LEADER, "choose_card", phase="pick", card=other)


def _a_measure_is_decided_on(story: Story) -> None:
    story.to("measures")
    tried = story.does("Dag", "add_card", phase="measures", text="Two adults outside")
    left = story.does("Eva", "add_card", phase="measures", text="A smaller yard")
    story.to("plan")
    story.does(LEADER, "decide", phase="plan", card=left)
    story.does(LEADER, "decide", phase="plan", card=left, decided=False)
    story.does(LEADER, "decide", phase="plan", card=tried)
    story.does(
        *(LEADER, "plan_decision"),
        **{"phase": "plan", "card": tried, "who": "Dag", "when": "in May", "service": "PPT"},
        **{"evaluate_when": "in June", "evaluate_who": "all", "evaluate_how": "we count"},
    )


def _everybody_evaluates(story: Story) -> None:
    story.to("evaluate")
    story.forward()  # the guests are thanked
    for who, useful in (("Anna", "yes"), ("Bo", "no"), ("Dag", "yes"), ("Eva", "no")):
        answers = {"useful": useful, "better/words": f"{WORDS[who]}"}
        story.does(who, "answer", phase="evaluate", answers=answers)
    story.does("Bo", "note_spoken", phase="evaluate", question="better", text="Said aloud")


WORDS = {"Anna": "later", "Bo": "earlier", "Dag": "less", "Eva": "more"}
INFORM = {"kind": "inform", "id": "challenge", "title": same("Challenge"), "minutes": 5}
AGREED = AGREE | {"about": "challenge"}


@pytest.fixture(scope="module")
def meeting() -> Story:
    return held()


@pytest.fixture(scope="module")
def lasts(meeting: Story) -> Meeting:
    return folding(meeting.meeting, meeting.log)[0]


def test_its_screens_are_the_same_after_folding(meeting: Story, lasts: Meeting) -> None:
    for lang in LANGS:
        assert shown(lasts, lang) == shown(meeting.meeting, lang)
    rest = shown(lasts)["phone"]["mentioned-pick"]["cards"]
    assert [face["text"] for face in rest] == ["Short breaks", "Small rooms"], "by their support"


def test_what_the_minutes_need_lasts(lasts: Meeting) -> None:
    people = [(p.name, p.origin, p.here) for p in lasts.people.values()]
    assert people[:2] == [("Liv", "", True), ("Anna", "", True)]
    assert people[-1] == ("Pia", "PPT", False)
    roles = {role: lasts.name(who) for role, who in lasts.roles.items()}
    assert roles == {"leader": "Liv", "scribe": "Bo", "viddevakt": "Anna"}
    assert lasts.sentence("challenge") == "Few play together"
    assert lasts.sentence("status-quo") == "Some play alone"
    assert [c.text for c in lasts.chosen_factors] == ["Few adults outside"]
    assert [t.text for t in lasts.parked] == ["The car park"]
    assert [(n.phase, n.text) for n in lasts.notes] == [("causes", "We need figures")]
    assert [(s.reason, s.phase, s.at - (lasts.began or 0)) for s in lasts.signals] == [
        ("time", "causes", 180)
    ]
    [tried] = lasts.decided
    assert (tried.what, tried.who, tried.when) == ("Two adults outside", "Dag", "in May")
    assert (tried.service, tried.evaluate_how) == ("PPT", "we count")
    assert {phase: clock.spent for phase, clock in lasts.clocks.items()}["challenge"] == 180


def test_cards_last_with_where_they_come_from_and_without_who_wrote_them(lasts: Meeting) -> None:
    cards = {(c.text, c.by, lasts.origin(c), c.held) for c in lasts.cards.values()}
    assert ("Few adults outside", "", "PPT", False) in cards
    assert ("Kept and never placed", "", "", True) in cards
    assert {by for _, by, _, _ in cards} == {""}


def test_objections_last_with_their_reasons_and_without_whose_they_were(lasts: Meeting) -> None:
    state = lasts.states["status-quo"]
    assert isinstance(state, AgreeState)
    assert state.replies == {"1": Reply(1, "Too narrow")}


def test_dots_last_as_sums_alone(lasts: Meeting) -> None:
    state = lasts.states["pick"]
    assert isinstance(state, ChooseState)
    assert not state.given
    dots = {lasts.cards[card].text: n for card, n in state.hands.items()}
    assert dots == {"Small rooms": 1, "Few adults outside": 3, "Short breaks": 2}


def test_answers_last_question_by_question(meeting: Story, lasts: Meeting) -> None:
    """Whoever said “more” had answered no: that is no longer told."""
    was, state = meeting.state("evaluate"), lasts.states["evaluate"]
    assert isinstance(state, EvaluateState)
    pairs = [(a["useful"], a["better/words"]) for a in was.answers.values()]
    assert pairs == [("yes", "later"), ("no", "earlier"), ("yes", "less"), ("no", "more")]
    dealt = [(a["useful"], a["better/words"]) for a in state.answers.values()]
    assert dealt == [("no", "earlier"), ("no", "later"), ("yes", "less"), ("yes", "more")]
    assert state.spoken == (("better", "Said aloud"),)


def test_few_answers_do_not_last(meeting: Story) -> None:
    state = meeting.state("evaluate")
    few = replace(state, answers=dict([*state.answers.items()][:3]))
    phase = meeting.meeting.find("evaluate")
    assert phase is not None
    assert phase.kept(meeting.meeting, few).answers == {}


def test_what_was_taken_back_is_gone(meeting: Story) -> None:
    told = json.dumps(folding(meeting.meeting, meeting.log)[1])
    assert "Two adults outside" in told
    for words in ("Withdrawn card", "Replaced", "Objection of Eva", "Nils"):
        assert words in json.dumps([row_of(entry) for entry in meeting.log])
        assert words not in told


def test_a_kind_that_says_nothing_keeps_nothing() -> None:
    """The safe default, by which a new kind cannot forget to forget."""
    for kind in KINDS:
        if "kept" not in vars(kind):
            assert kind.kept is Phase.kept


def test_only_a_plan_begins_a_log(meeting: Story) -> None:
    with pytest.raises(ValueError, match="begins with joined"):
        folded(meeting.meeting, meeting.log[1:])


def test_the_papers_are_the_same_after_folding(meeting: Story, lasts: Meeting) -> None:
    for paper in (running_sheet, viddevakt_card):
        assert _text(paper(lasts)) == _text(paper(meeting.meeting))


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _strings(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, Mapping):
        return [s for pair in data.items() for part in pair for s in _strings(part)]
    return [s for part in data for s in _strings(part)] if isinstance(data, list) else []


def _numbers(data: Any) -> list[float]:
    if isinstance(data, bool):
        return []
    if isinstance(data, int | float):
        return [data]
    if isinstance(data, Mapping):
        return [n for part in data.values() for n in _numbers(part)]
    return [n for part in data for n in _numbers(part)] if isinstance(data, list) else []
