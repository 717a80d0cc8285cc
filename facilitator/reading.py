"""A screen as text, in reading order: for paper, for a terminal, for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from facilitator.core.blocks import Act, Form, Screen, Turn
from facilitator.core.text import Lang

from .wire import picture

_UNSEEN = {
    *("is", "id", "who", "verb", "args", "draft", "nest", "key", "value", "picture"),
    *("look", "place", "kind", "tone", "size", "state", "keeps"),
}


def lines(screen: Screen, lang: Lang) -> Iterator[str]:
    """Every sentence that stands on a screen, those of its buttons and fields too."""
    yield from _words(picture(screen, lang))


def offers(screen: Screen, who: str | None) -> Iterator[Act | Form]:
    """Every button and form of a screen. A speaker's buttons are on the speaker's phone (`who`);
    the leader view (None) has them all."""
    for block in screen.values():
        if isinstance(block, Form):
            yield block
        elif not isinstance(block, Turn) or who in (block.who, None):
            yield from _acts(block)


def _words(json: Any) -> Iterator[str]:
    if isinstance(json, str):
        yield json
    elif isinstance(json, list):
        for item in json:
            yield from _words(item)
    elif isinstance(json, Mapping) and "count" in json and "label" in json:
        yield f"{json['label']}: {json['count']}"
    elif isinstance(json, Mapping):
        has_items = any(value for value in json.values() if isinstance(value, list))
        for name, value in json.items():
            if name not in _UNSEEN and not (name == "empty" and has_items):
                yield from _words(value)


def _acts(value: Any) -> Iterator[Act]:
    if isinstance(value, Act):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _acts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _acts(getattr(value, one.name))
