"""Who leads a rehearsal when nobody does: forward, and on the way what a leader would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from facilitator.core.blocks import Act, Form, Screen
from facilitator.core.frame.acts import forward
from facilitator.core.meeting import Meeting
from facilitator.core.text import Lang
from facilitator.reading import offers

from .cast import Cast
from .player import Send

# What the leader does at each phase, and how often; the first ones before going on in the phase.
AT_ONCE = {"answer_question": 1, "more_time": 1, "clear_signal": 1}
BEFORE_LEAVING = {"choose_card": 2, "decide": 1}
ONCE = ("pause", "undo")  # in the whole meeting, when it is well under way
UNDER_WAY = 4  # phases


@dataclass
class AutoLeader:
    cast: Cast
    lang: Lang
    did: dict[str, int] = field(default_factory=dict)

    def next(self, m: Meeting, screen: Screen) -> Send:
        """There is always a next thing: in the end the meeting is closed."""
        phase = m.phase.id if m.phase else ""
        for offer in offers(screen, None):
            if isinstance(offer, Form):
                send = self._fill(offer, phase)
            else:
                send = self._press(offer, phase, self._inside(m), m.at)
            if send:
                return send
        act = forward(m)
        assert act is not None, "a closed meeting is not led"
        return act.verb, dict(act.args)

    def _inside(self, m: Meeting) -> bool:
        return bool(m.phase and m.phase.step(m, m.states[m.phase.id]))

    def _press(self, act: Act, phase: str, inside: bool, at: int) -> Send | None:
        args = dict(act.args)
        limit = AT_ONCE.get(act.verb, 0 if inside else BEFORE_LEAVING.get(act.verb, 0))
        takes_back = False in (args.get("chosen"), args.get("decided"), args.get("answered"))
        if act.verb in ONCE:
            limit, phase, takes_back = 1, "", at < UNDER_WAY
        return (act.verb, args) if not takes_back and self._may(act.verb, phase, limit) else None

    def _fill(self, form: Form, phase: str) -> Send | None:
        if form.verb == "add_person":
            return self._adds_who_has_no_phone(form)
        if form.verb != "plan_decision" or not self._may(form.verb, phase, 1):
            return None
        words = self.cast.words
        given: dict[str, Any] = {
            one.name: words[one.name].say(self.lang) for one in form.fields if one.name in words
        }
        given["service"] = self.cast.services[0].say(self.lang)
        return form.verb, {**dict(form.args), **given}

    def _adds_who_has_no_phone(self, form: Form) -> Send | None:
        for role in self.cast.people:
            if role.part == "no phone" and self._may(role.name, "", 1):
                return form.verb, {"name": role.name, "origin": self.cast.origin(role, self.lang)}
        return None

    def _may(self, verb: str, phase: str, limit: int) -> bool:
        name = f"{verb} {phase}"
        may = self.did.get(name, 0) < limit
        self.did[name] = self.did.get(name, 0) + may
        return may
