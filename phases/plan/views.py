"""The summary on the screens: the measures to choose from, then the decision taking shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from facilitator.core.blocks import (
    Act,
    Block,
    Buttons,
    Cell,
    Field,
    Form,
    Heading,
    Measure,
    Note,
    Option,
    Plan,
)
from facilitator.core.card_blocks import Cards
from facilitator.core.cards import Card
from facilitator.core.decisions import Decision
from facilitator.core.frame import cards
from facilitator.core.frame.lead import LeadPart
from facilitator.core.frame.parts import factors, heading, stands
from facilitator.core.meeting import Meeting
from facilitator.core.people import Person
from facilitator.core.text import Say, say
from facilitator.core.writing import CARD_LIMIT

from .rules import LIMIT, PlanState, asks
from .rules import Plan as Rules

FORMS = ("informs", "trains", "tries")

Acts = Callable[[Decision], tuple[Act, ...]]


def room(m: Meeting, phase: Rules, state: PlanState) -> dict[str, Block]:
    """What was decided has the room; until then the question has it."""
    top = Heading(say(phase.title)) if phase.decided(m) else heading(phase)
    return {"heading": top, **stands(m, phase), **factors(m), **_read(m, phase)}


def phone(m: Meeting, phase: Rules, state: PlanState) -> dict[str, Block]:
    return {"heading": heading(phase), **stands(m, phase), **_read(m, phase)}


def own(m: Meeting, phase: Rules, state: PlanState, me: Person) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    for decision in _waiting_for(m, phase, me):
        blocks[f"accept-{decision.card}"] = Buttons(
            (Act(say("plan.accept"), "accept_part", _of(phase, decision), look="main"),),
            label=say("plan.counts_on_you", what=decision.what),
            place="foot",
        )
    if m.holds(me.id, "scribe") and not m.holds(me.id, "leader"):
        blocks |= _accept_for(m, phase)
        blocks |= {**_forms(m, phase), "write-measure": _write(phase)}
    return blocks


def own_rests_on(m: Meeting, phase: Rules, state: PlanState, me: Person) -> object:
    """Of somebody without a role: which measures wait for their service."""
    return tuple((d.card, d.what) for d in _waiting_for(m, phase, me))


def lead(m: Meeting, phase: Rules, state: PlanState) -> LeadPart:
    blocks: dict[str, Block] = {"heading": heading(phase), **stands(m, phase)}
    decided = phase.decided(m)
    if decided:
        blocks["plan"] = _plan(decided, lambda d: _leader_acts(phase, d))
    write = _write(phase, key="" if decided else "n")
    return LeadPart({**blocks, **_forms(m, phase), **_to_decide(m, phase), "write-measure": write})


def result(m: Meeting, phase: Rules, state: PlanState) -> dict[str, Block]:
    decided, left = phase.decided(m), phase.standing(m)
    blocks: dict[str, Block] = {f"plan-{phase.id}": _plan(decided)} if decided else {}
    if left:
        blocks[f"kept-{phase.id}"] = Cards(cards.faces(m, left), say("plan.kept_label"))
    return blocks


def _read(m: Meeting, phase: Rules) -> dict[str, Block]:
    decided, left = phase.decided(m), phase.standing(m)
    if not decided:
        label, none = say("plan.house_chooses"), say("plan.none_written")
        return {"cards": Cards(cards.faces(m, left), label, empty=none)}
    kept = {"kept": Note(say("plan.kept", n=len(left)), tone="quiet", place="side")} if left else {}
    return {"plan": _plan(decided), **kept}


def _plan(decided: Iterable[Decision], acts: Acts = lambda _: ()) -> Plan:
    measures = (Measure(d.card, d.what, tuple(_cells(d)), _form_of(d), acts(d)) for d in decided)
    return Plan(tuple(measures), say("plan.first"))


def _cells(d: Decision) -> Iterable[Cell]:
    """Who, when, with which service; then when, by whom and how it is evaluated."""
    yield _cell("who", d.who)
    yield _cell("when", d.when)
    if d.service or d.form != "tries":
        yield _cell("service", d.service, say("plan.accepted") if d.accepted else "")
        yield _cell("meet", d.meet)
    yield _cell("evaluate_when", d.evaluate_when)
    yield _cell("evaluate_who", d.evaluate_who)
    yield _cell("evaluate_how", d.evaluate_how)


def _form_of(d: Decision) -> Say | str:
    return say(f"plan.form_{d.form}") if d.form else ""


def _cell(name: str, text: Say | str, note: Say | str = "") -> Cell:
    label = say(f"plan.{name}")
    return Cell(label, text, note) if text else Cell(label, say("plan.not_yet"), missing=True)


def _waiting_for(m: Meeting, phase: Rules, me: Person) -> tuple[Decision, ...]:
    """The decisions that count on this person's service, which has not yet said yes."""
    return tuple(d for d in phase.decided(m) if asks(d, me.origin) and not d.accepted)


def _leader_acts(phase: Rules, d: Decision) -> tuple[Act, ...]:
    of = _of(phase, d)
    undecide = Act(say("plan.undecide"), "decide", (*of, ("decided", False)))
    return (_say_yes(phase, d), undecide) if d.service else (undecide,)


def _say_yes(phase: Rules, d: Decision) -> Act:
    """A service says yes in the room, or takes it back."""
    key = "plan.not_accepted" if d.accepted else "plan.accept_for"
    args = (*_of(phase, d), ("accepted", not d.accepted))
    return Act(say(key, service=d.service), "accept_part", args)


def _accept_for(m: Meeting, phase: Rules) -> dict[str, Block]:
    """The scribe writes down what a service says in the room."""
    acts = tuple(_say_yes(phase, d) for d in phase.decided(m) if d.service)
    return {"accept-for": Buttons(acts)} if acts else {}


def _of(phase: Rules, d: Decision) -> tuple[tuple[str, object], ...]:
    return (("phase", phase.id), ("card", d.card))


def _to_decide(m: Meeting, phase: Rules) -> dict[str, Block]:
    """The measures by the factors they are to reduce: one tap, which undo takes back."""
    groups: dict[str, list[Card]] = {}
    for card in phase.standing(m):
        groups.setdefault(" · ".join(_reduces(m, card)), []).append(card)
    if not groups:
        return {}
    question = say("plan.which_more") if phase.decided(m) else say("plan.which")
    blocks: dict[str, Block] = {"which": Note(say("plan.house_chooses"), question)}
    for number, (reduced, group) in enumerate(groups.items()):
        acts = tuple(
            Act(card.text, "decide", (("phase", phase.id), ("card", card.id))) for card in group
        )
        blocks[f"which-{number}"] = Buttons(acts, label=reduced, look="list")
    return blocks


def _reduces(m: Meeting, card: Card) -> Iterable[str]:
    """The factors a measure is to reduce; one laid under another is that one."""
    factors = (m.cards[factor] for factor in card.factors if factor in m.cards)
    tops = (m.cards.get(f.into, f) if f.into is not None else f for f in factors)
    return dict.fromkeys(factor.text for factor in tops)


def _forms(m: Meeting, phase: Rules) -> dict[str, Block]:
    """For the leader and the scribe; that of the first measure stands open."""
    return {
        f"form-{d.card}": _form(m, phase, d, folded=number > 0)
        for number, d in enumerate(phase.decided(m))
    }


def _write(phase: Rules, key: str = "") -> Form:
    """A measure nobody has a card for."""
    return Form(
        "write_measure",
        (Field("text", say("plan.write_label"), "lines", limit=CARD_LIMIT),),
        say("plan.write_send"),
        draft=f"measure-{phase.id}",
        args=(("phase", phase.id),),
        folded=say("plan.write_open"),
        look="quiet",
        key=key,
    )


def _form(m: Meeting, phase: Rules, d: Decision, folded: bool) -> Form:
    def line(name: str, words: str) -> Field:
        return Field(name, say(f"plan.{name}"), limit=LIMIT, value=words, needed=False)

    return Form(
        "plan_decision",
        (
            Field("what", say("plan.what"), "lines", limit=CARD_LIMIT, value=d.what),
            line("who", d.who),
            line("when", d.when),
            _form_field(d),
            _service_field(m, d),
            line("meet", d.meet),
            line("evaluate_when", d.evaluate_when),
            line("evaluate_who", d.evaluate_who),
            line("evaluate_how", d.evaluate_how),
        ),
        say("cards.save"),
        draft=f"plan-{d.card}",
        args=_of(phase, d),
        label=d.what if folded else "",
        hint=say("plan.dates"),
        folded=say("plan.write_down") if folded else "",
        key="" if folded else "n",
    )


def _form_field(d: Decision) -> Field:
    options = tuple(Option(form, say(f"plan.form_{form}")) for form in FORMS)
    return Field("form", say("plan.form"), "choice", options, value=d.form, needed=False)


def _service_field(m: Meeting, d: Decision) -> Field:
    options = tuple(Option(service, service) for service in m.services)
    return Field(
        "service",
        say("plan.service"),
        "choice" if options else "line",
        options,
        LIMIT,
        value=d.service,
        other=say("door.other") if options else "",
        needed=False,
    )
