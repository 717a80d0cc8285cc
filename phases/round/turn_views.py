"""A round's turns on the screens: the silence, whose turn it is, who comes next."""

from __future__ import annotations

from collections.abc import Callable

from facilitator.core.blocks import Act, Block, Buttons, Member, Queue, Silence, Turn
from facilitator.core.clock import Clock
from facilitator.core.meeting import Meeting
from facilitator.core.once import once
from facilitator.core.people import Person
from facilitator.core.text import Say, say

from .fitting import Fit
from .rules import Round, line
from .turning import RoundState

NEXT = 3  # people shown as coming next
HEARD = 6  # names shown as heard


def talk(
    m: Meeting, phase: Round, state: RoundState, acts: tuple[Act, ...] = ()
) -> dict[str, Block]:
    """Whose turn it is; before the first one, the silence."""
    if state.silence is not None:
        return {"silence": _silence(m, state.silence, ())}
    return {"turn": turn(m, phase, state, acts)}


def lead_talk(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    """With what the leader can do about it, beside forward."""
    if state.silence is not None:
        return {"silence": _silence(m, state.silence, _silence_acts(phase))}
    return {"turn": turn(m, phase, state, turn_acts(phase, state))}


def _silence(m: Meeting, clock: Clock, acts: tuple[Act, ...]) -> Silence:
    return Silence(
        say("round.silence"),
        say("round.silence_text"),
        m.epoch(clock),
        over=say("round.silence_over"),
        acts=acts,
    )


def _silence_acts(phase: Round) -> tuple[Act, ...]:
    here = (("phase", phase.id),)
    return (
        Act(say("round.more_time"), "more_time", here, key="+"),
        Act(say("round.restart"), "restart_turn", here),
    )


def turn(m: Meeting, phase: Round, state: RoundState, acts: tuple[Act, ...] = ()) -> Turn:
    speaker = m.people.get(state.turns.now or "")
    if state.turns.over:
        label = say("round.over")
    elif speaker is None:
        label = say("round.first", name=m.name(line(m, state).next))
    else:
        label = say("round.speaking")
    return Turn(
        who=state.turns.now,
        name=speaker.name if speaker else "",
        origin=speaker.origin if speaker else "",
        clock=m.epoch(state.clock),
        label=label,
        yours=say("round.your_turn", name=speaker.name) if speaker else "",
        question=say(phase.question) if phase.question else "",
        soon=say("round.soon"),
        up=say("round.up"),
        acts=acts,
    )


def speaker_acts(m: Meeting, phase: Round, state: RoundState) -> tuple[Act, ...]:
    """On the speaker's own phone."""
    if state.turns.now is None:
        return ()
    turn = (("phase", phase.id),)
    following = m.name(state.turns.next)
    done = say("round.done_next", name=following) if following else say("round.done")
    acts = [Act(done, "end_turn", turn, look="main")]
    if following:
        acts.append(Act(say("round.later"), "end_turn", (*turn, ("how", "later"))))
    return (*acts, Act(say("round.pass"), "end_turn", (*turn, ("how", "pass"))))


def end_for(m: Meeting, phase: Round, state: RoundState) -> tuple[Act, ...]:
    """The scribe ends the turn of whoever speaks, and puts it off or aside for them."""
    end = (("phase", phase.id),)
    done = Act(say("round.end_for", name=m.name(state.turns.now)), "end_turn", end)
    return (done, *_without_speaking(phase, state))


def _without_speaking(phase: Round, state: RoundState) -> tuple[Act, ...]:
    here = (("phase", phase.id),)
    later = Act(say("round.later_for"), "end_turn", (*here, ("how", "later")))
    passes = Act(say("round.pass_for"), "end_turn", (*here, ("how", "pass")))
    return (later, passes) if state.turns.waiting else (passes,)


def turn_acts(phase: Round, state: RoundState) -> tuple[Act, ...]:
    here = (("phase", phase.id),)
    if state.turns.over:
        return (Act(say("round.repeat"), "repeat_round", here),)
    if state.turns.now is None:
        return ()
    more = Act(say("round.more_time"), "more_time", here, key="+")
    anew = Act(say("round.restart"), "restart_turn", here)
    return (more, *_without_speaking(phase, state), anew)


def fit(m: Meeting, phase: Round, state: RoundState) -> dict[str, Block]:
    """Behind, and what to do about it in one tap."""
    fits = phase.fit(m, state)
    if fits is None:
        return {}
    act = Act(_offer(fits, state), "fit_turns", (("phase", phase.id),))
    return {"fit": Buttons((act,), label=say("round.late"))}


def _offer(fits: Fit, state: RoundState) -> Say:
    """That the plan holds with it is said only where it does."""
    if state.silence is not None and fits.silence != state.silence.budget:
        key = "round.fit_silence" if fits.holds else "round.fit_silence_least"
        return say(key, n=fits.turn, silence=fits.silence)
    return say("round.fit" if fits.holds else "round.fit_least", n=fits.turn)


def step(m: Meeting, state: RoundState) -> Say | None:
    following = m.name(line(m, state).next)
    if state.silence is not None:
        return say("round.end_silence", name=following)
    if state.turns.now is None:
        return say("round.begin", name=following) if following else None
    return say("round.next", name=following) if following else say("round.end")


@once
def call(p: Person, phase: str) -> tuple[Act, ...]:
    return (Act(say("round.call"), "call_turn", (("phase", phase), ("who", p.id))),)


def standing(m: Meeting, state: RoundState) -> Callable[[Person], Say | str]:
    """Where everybody stands in the round."""
    turns = state.turns
    places: dict[str | None, str] = {
        **dict.fromkeys(turns.passed, "round.is_passed"),
        **dict.fromkeys(turns.heard, "round.is_heard"),
        line(m, state).next: "round.is_next",
        turns.now: "round.is_speaking",
    }
    return lambda p: say(places[p.id]) if p.id in places else ""


def queue(m: Meeting, state: RoundState) -> Queue:
    turns = line(m, state)
    people = (m.people[who] for who in turns.waiting[:NEXT] if who in m.people)
    heard = ", ".join(m.name(who) for who in turns.heard[-HEARD:])
    begun = len(turns.heard) + len(turns.passed) + (turns.now is not None)
    return Queue(
        say("round.count", n=begun, all=len(turns.everyone)),
        tuple(Member(p.id, p.name, p.origin) for p in people),
        heard=heard,
    )
