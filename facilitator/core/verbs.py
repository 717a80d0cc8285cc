"""A verb is a plain function (meeting, by, *, …) -> Event; here its arguments are checked."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from .meeting import Event, Meeting, refuse


class Verb:
    """Called with whatever came over the wire: what does not fit is refused, never raised."""

    def __init__(self, decide: Callable[..., Event]) -> None:
        self.decide = decide
        self.args = _args(decide)

    def takes(self, name: str) -> bool:
        return name in self.args.model_fields

    def __call__(self, m: Meeting, by: str, args: Mapping[str, Any]) -> Event:
        try:
            given = self.args.model_validate(args)
        except ValidationError:
            refuse("malformed")
        return self.decide(m, by, **dict(given))


def verbs(*decide: Callable[..., Event]) -> dict[str, Verb]:
    named = {f.__name__: Verb(f) for f in decide}
    if len(named) < len(decide):
        raise ValueError("two verbs have one name")
    return named


def _args(decide: Callable[..., Event]) -> type[BaseModel]:
    parameters = inspect.signature(decide, eval_str=True).parameters.values()
    fields: dict[str, Any] = {
        p.name: (p.annotation, ... if p.default is p.empty else p.default)
        for p in parameters
        if p.kind is p.KEYWORD_ONLY
    }
    config = ConfigDict(extra="forbid", defer_build=True)  # most are asked for later, or never
    return create_model(decide.__name__, __config__=config, **fields)
