"""What is wrong with a recipe, told to whoever wrote it: where, what, and what is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from facilitator.core.meeting import Phase, Section

from .fitting import HANDING_OVER, Fit, has, least_seconds, silence_seconds, turn_seconds

MAX_MINUTES = 600

Place = tuple[int | str, ...]


def told(raw: Mapping[str, Any], error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    """A line for each mistake of a form: “phase factors, minutes: …”."""
    schema = model.model_json_schema()
    for mistake in error.errors():
        place, kind, context = mistake["loc"], mistake["type"], mistake.get("ctx", {})
        if kind == "value_error" and not place:
            yield from str(context["error"]).splitlines()
            continue
        message = mistake["msg"].removeprefix("Value error, ")
        if kind == "missing":
            message = "is required"
        elif kind == "extra_forbidden":
            message = f"there is no such field; accepted: {', '.join(_fields(schema, place))}"
        elif kind == "union_tag_invalid":
            message = f"there is no kind '{context['tag']}'; accepted: {context['expected_tags']}"
        elif kind == "union_tag_not_found":
            message = f"kind is required; accepted: {', '.join(_kinds(schema))}"
        yield f"{_where(raw, place)}: {message}"


def amiss(
    phases: Sequence[Phase[Any]],
    shorten: Iterable[str],
    outline: Iterable[Section],
    fits: Sequence[Fit],
) -> Iterator[str]:
    """A line for each thing that does not hold together, in a recipe whose form is right."""
    ids = [p.id for p in phases]
    if not ids or len(set(ids)) < len(ids):
        yield "recipe: a recipe needs phases, each with an id of its own"
        return
    for phase in phases:
        yield from _amiss_in(phase, ids)
    yield from (f"shorten: {_unknown(name, ids)}" for name in shorten if name not in ids)
    for section in outline:
        if section.phase not in ids:
            yield f"outline, phase: {_unknown(section.phase, ids)}"
    sizes = [(fit.minutes, fit.people) for fit in fits]
    if len(set(sizes)) < len(sizes):
        yield "fits: each has minutes and people that no other has"
    for fit in fits:
        yield from (f"fit {fit.minutes}/{fit.people}, {line}" for line in _unfit(fit, phases))


def _amiss_in(phase: Phase[Any], ids: Sequence[str]) -> Iterator[str]:
    if not 0 < phase.minutes <= MAX_MINUTES:
        yield f"phase {phase.id}, minutes: minutes are above 0 and at most {MAX_MINUTES}"
    if not 0 <= phase.floor <= phase.minutes:
        yield f"phase {phase.id}, floor: from 0 up to the phase's own minutes"
    here = ids.index(phase.id)
    for field, side, others in (
        ("about", "before", ids[:here]),
        ("source", "before", ids[:here]),
        ("holds_for", "after", ids[here + 1 :]),
    ):
        name = getattr(phase, field) if has(phase, field) else ""
        if isinstance(name, str) and name and name not in others:
            wanted = f"accepted: a phase {side} it: {', '.join(others) or 'there is none'}"
            yield f"phase {phase.id}, {field}: '{name}' does not come {side} this phase; {wanted}"


def _unfit(fit: Fit, phases: Sequence[Phase[Any]]) -> Iterator[str]:
    ids = [p.id for p in phases]
    yield from _misnamed("phases", fit.phases, ids)
    for part, field in (("turns", "turn_seconds"), ("silence", "silence_seconds")):
        yield from _misnamed(part, getattr(fit, part), [p.id for p in phases if has(p, field)])
    for phase in phases:
        yield from (f"phase {phase.id}: {line}" for line in _unfit_in(fit, phase))
    total = fit.reserve + sum(fit.phases.get(p.id, p.minutes) for p in phases if not p.optional)
    if total != fit.minutes:
        yield f"phases: with the reserve they make {total:g} minutes, and not {fit.minutes}"


def _unfit_in(fit: Fit, phase: Phase[Any]) -> Iterator[str]:
    minutes = fit.phases.get(phase.id, phase.minutes)
    if minutes < phase.floor:
        yield f"{minutes:g} minutes are below its floor of {phase.floor:g}"
    if not has(phase, "turn_seconds"):
        return
    turn = fit.turns.get(phase.id, turn_seconds(phase))
    silence = fit.silence.get(phase.id, silence_seconds(phase))
    if turn < least_seconds(phase):
        yield f"turns of {turn} s are below its least of {least_seconds(phase)}"
    takes = fit.people * (turn + HANDING_OVER) + silence
    if takes > 60 * minutes:
        yield (
            f"{fit.people} turns of {turn} s, {HANDING_OVER} s between them and {silence} s of "
            f"silence take {takes / 60:.3g} minutes, and it has {minutes:g}"
        )


def _misnamed(part: str, given: Iterable[str], ids: Sequence[str]) -> Iterator[str]:
    yield from (f"{part}: {_unknown(name, ids)}" for name in given if name not in ids)


def _unknown(name: str, ids: Sequence[str]) -> str:
    return f"there is no phase '{name}' here; accepted: {', '.join(ids) or 'none'}"


def _where(raw: Mapping[str, Any], place: Place) -> str:
    """“phase factors, minutes” rather than “phases.3.round.minutes”."""
    place = tuple(step for step in place if step != "[key]")
    if len(place) < 2 or not isinstance(place[1], int):
        return ".".join(map(str, place)) or "recipe"
    part, number, rest = str(place[0]), place[1], place[2:]
    item = raw[part][number]
    item = item if isinstance(item, dict) else {}
    if part == "phases":
        name = f"phase {item.get('id', number + 1)}"
        rest = tuple(step for step in rest if step != item.get("kind"))
    elif part == "fits":
        name = f"fit {item.get('minutes', '?')}/{item.get('people', '?')}"
    else:
        name = f"{part} {number + 1}"
    return ", ".join(filter(None, (name, ".".join(map(str, rest)))))


def _fields(schema: dict[str, Any], place: Place) -> list[str]:
    """The fields of whatever `place` would be a field of."""
    part = schema
    for step in place[:-1]:
        part = _inside(part, step, schema)
    return list(part.get("properties", ()))


def _inside(part: dict[str, Any], step: int | str, schema: dict[str, Any]) -> dict[str, Any]:
    """One step down a JSON schema: into a list, to a kind, or to a field."""
    if isinstance(step, int):
        inner = part.get("items", {})
    elif "discriminator" in part:
        inner = {"$ref": part["discriminator"]["mapping"].get(step, "")}
    else:
        inner = part.get("properties", {}).get(step, {})
    name = inner.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = schema["$defs"].get(name, inner)
    return found


def _kinds(schema: dict[str, Any]) -> list[str]:
    phases = schema["properties"]["phases"]["items"]
    return list(phases.get("discriminator", {}).get("mapping", ()))
