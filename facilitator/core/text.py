"""Words. A `Text` holds one sentence in every language; a `Say` is a sentence not yet in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any, Literal, get_args

from pydantic import RootModel, model_validator

Lang = Literal["nn", "nb", "sv", "da", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


class Text(RootModel[dict[Lang, str]], frozen=True):
    """One sentence in all of `LANGS`, with the same placeholders in each. A hole is an error."""

    @model_validator(mode="after")
    def _whole(self) -> Text:
        missing = [lang for lang in LANGS if not self.root.get(lang, "").strip()]
        if missing:
            raise ValueError(f"no text in {', '.join(missing)}")
        asked = {lang: placeholders(self.root[lang]) for lang in LANGS}
        if len(set(asked.values())) > 1:
            raise ValueError(f"placeholders differ: {asked}")
        return self

    def say(self, lang: Lang, values: Mapping[str, Any] | None = None) -> str:
        return self.root[lang].format_map(values or {})

    @staticmethod
    def same(words: str) -> Text:
        """A leader's own words: the same in every language, braces and all."""
        plain = words.replace("{", "{{").replace("}", "}}")
        return Text(dict.fromkeys(LANGS, plain))


@dataclass(frozen=True)
class Say:
    """A sentence by its key in the texts, or a recipe's own `Text`, with what goes into it."""

    text: str | Text
    values: tuple[tuple[str, Any], ...] = ()


def say(text: str | Text, **values: Any) -> Say:
    if not values and isinstance(text, str):
        return _alone(text)
    return Say(text, tuple(values.items()))


@cache
def _alone(key: str) -> Say:
    """Most sentences need nothing else; a leader view says hundreds of them each time."""
    return Say(key)


def filled(stored: Any) -> Any:
    """Stored data in which every text stands in all of `LANGS`, also those added since."""
    if isinstance(stored, dict):
        if stored and all(key in LANGS for key in stored):
            nearest = next(stored[lang] for lang in LANGS if lang in stored)
            return {lang: stored.get(lang, nearest) for lang in LANGS}
        return {key: filled(value) for key, value in stored.items()}
    return [filled(item) for item in stored] if isinstance(stored, list) else stored


def placeholders(words: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)


def clean(words: str) -> str:
    """What a person typed, without controls and the marks that turn text around."""
    kept = "".join(c if c.isprintable() or c in _JOINERS else " " for c in words)
    return " ".join(kept.split())


_JOINERS = "\u200d\ufe0f"  # hold emoji together
