"""Somebody in a rehearsal: looks at their own screen and does the next thing it offers.

A player knows verbs as a person knows buttons. What may be done is decided where it always is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from facilitator.core.blocks import Act, Field, Form, Screen
from facilitator.core.text import Lang
from facilitator.reading import offers

from .cast import Cast, Role

Send = tuple[str, dict[str, Any]]  # a verb and its arguments


@dataclass
class Player:
    """`number` is their place in the cast; `did` is what they have done, most of it only once."""

    cast: Cast
    role: Role
    number: int
    lang: Lang
    who: str
    did: set[str] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)  # what anybody in the room has done: verbs

    def next(self, screen: Screen, phase: str) -> Send | None:
        """The next thing this person does in the phase of that id, if there is one."""
        for offer in offers(screen, self.who):
            send = self._press(offer, phase) if isinstance(offer, Act) else self._fill(offer, phase)
            if send is not None:
                return send
        return None

    # Buttons

    def _press(self, act: Act, phase: str) -> Send | None:
        args, part = dict(act.args), self.role.part
        once = f"{act.verb} {args}"
        match act.verb:
            case "take_role":
                wants = part == args["role"]
            case "end_turn":
                passes = part == "passes" and f"passed {phase}" not in self.did
                wants = args.get("how", "done") == ("pass" if passes else "done")
                once = f"passed {phase}" if passes else ""
            case "signal":
                wants = part == "viddevakt" and not args and f"add_card {phase}" in self.did
                once = "signal" if "signal" not in self.did else "signal again"
            case "no_objection":
                wants = part != "objects" or "object" in self.did
            case verb:
                wants = verb in ("accept_part", "place_card")
        return (act.verb, args) if wants and self._first(once) else None

    # Forms

    def _fill(self, form: Form, phase: str) -> Send | None:
        given, args = self._fields(form, phase), dict(form.args)
        if given is None or not all(given.get(one.name) for one in form.fields if one.needed):
            return None
        asked = {name: args.get(name) for name in ("phase", "card", "asked") if name in args}
        once = (
            "object" if form.verb == "object" else " ".join([form.verb, *map(str, asked.values())])
        )
        if not self._first(once):
            return None
        return form.verb, {**args, **({form.nest: given} if form.nest else given)}

    def _fields(self, form: Form, phase: str) -> dict[str, Any] | None:
        """What goes into a form; None when it is not for this person."""
        words = self.cast.words
        match form.verb, self.role.part:
            case "add_card", _ if any(one.name == "who" for one in form.fields):
                return None
            case "add_card", part if dict(form.args).get("phase") != phase:
                text = words["held"].say(self.lang) if part == "objects" else ""
            case "add_card", _:
                text = self.cast.card(phase, self.number, self.lang)
            case "object", "objects":
                text = words["objection"].say(self.lang)
            case "word", "scribe" if "object" in self.heard:
                text = words["wording"].say(self.lang)
            case "park", "viddevakt":
                text = words["parked"].say(self.lang)
            case "answer", _:
                return self._answers(form)
            case (("give_dots" | "place_card"), _):
                text = "…"
            case _:
                text = ""
        return {one.name: self._value(one, text) for one in form.fields} if text else None

    def _answers(self, form: Form) -> dict[str, Any]:
        """Everybody chooses, and says something in words about one question."""
        said = self.cast.card("any", self.number % len(self.cast.cards["any"]), self.lang)
        spoken = [one.name for one in form.fields if one.kind == "lines"] or [""]
        about = spoken[self.number % len(spoken)]
        return {
            one.name: said if one.name == about else self._value(one, "") for one in form.fields
        }

    def _value(self, one: Field, text: str) -> Any:
        """Words, or something to choose: not what everybody chooses."""
        if one.kind in ("line", "lines"):
            return text
        values = [option.value for option in one.options]
        start = self.number % max(1, len(values))
        turned = [*values[start:], *values[:start]]
        if one.kind == "choices":
            return turned[: one.most or 1]
        if one.name == "ours":  # what the last in line says is outside everybody's reach
            return values[self.number == len(self.cast.cards["factors"]) - 1]
        return one.value or next(iter(turned), "")

    def _first(self, once: str) -> bool:
        """Whether this has not been done before; nothing but the empty name may be done again."""
        first = not once or once not in self.did
        self.did.add(once)
        return first
