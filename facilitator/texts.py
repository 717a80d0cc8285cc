"""All our own words: `assets/texts.toml`, and each kind's `texts.toml` under the kind's name.

Read and checked once, when the program starts: a hole is an error there, not in front of a room.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

import phases
from facilitator.core.blocks import Act
from facilitator.core.text import LANGS, Lang, Say, Text

ASSETS = Path(__file__).parent.parent / "assets"


class BrokenTexts(Exception):
    """A texts file that lacks a language, or whose placeholders differ."""


def read_texts(path: Path, prefix: str = "") -> dict[str, Text]:
    """The texts of one file by their dotted keys."""
    found: dict[str, Text] = {}
    for key, raw in _leaves(tomllib.loads(path.read_text(encoding="utf-8")), prefix):
        try:
            found[key] = Text.model_validate(raw)
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise BrokenTexts(f"{path.name}: {key}: {reason}") from None
    return found


def _leaves(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if isinstance(value, dict) and not set(value) <= set(LANGS):
            yield from _leaves(value, key)
        else:
            yield key, value


def _all() -> dict[str, Text]:
    texts = read_texts(ASSETS / "texts.toml")
    for kind in phases.KINDS:
        name = phases.folder(kind)
        texts |= read_texts(Path(phases.__file__).parent / name / "texts.toml", name)
    return texts


TEXTS: Mapping[str, Text] = _all()


def tell(words: Say | str, lang: Lang) -> str:
    """A sentence in a language; what a person wrote is returned as it is."""
    if isinstance(words, str):
        return words
    values = {
        name: tell(value, lang) if isinstance(value, Say) else value for name, value in words.values
    }
    text = words.text if isinstance(words.text, Text) else TEXTS[words.text]
    return text.say(lang, values)


def under(prefix: str, lang: Lang) -> dict[str, str]:
    """Every text whose key begins with `prefix`, without it: what a screen says by itself."""
    start = f"{prefix}."
    return {
        key.removeprefix(start): text.root[lang]
        for key, text in TEXTS.items()
        if key.startswith(start)
    }


def plain(value: Any, lang: Lang) -> Any:
    """Blocks as JSON takes them, in one language."""
    if isinstance(value, str):  # most are
        return value
    if isinstance(value, Say):
        return tell(value, lang)
    if isinstance(value, Act):
        return _act(value, lang)
    if isinstance(value, tuple):
        return [plain(item, lang) for item in value]
    if names := _names(value.__class__):
        return {name: named(value, name, lang) for name in names}
    return value


def named(block: Any, name: str, lang: Lang) -> Any:
    """One field of a block; what a verb is given goes by its name."""
    value = getattr(block, name)
    return dict(value) if name == "args" else plain(value, lang)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a block; of what is none, none."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()


def _act(act: Act, lang: Lang) -> dict[str, Any]:
    """There are many buttons, and most are plain ones: what is usual about one is left out."""
    unusual = [name for name, usual in _USUAL.items() if getattr(act, name) != usual]
    return {name: named(act, name, lang) for name in unusual}


_USUAL = {f.name: f.default for f in fields(Act)}
