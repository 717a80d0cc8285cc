"""Blocks as screens receive them, and the least that turns one picture of a screen into the next.

A block that changed is sent as its changed fields alone; of a list whose items have ids, only the
new, the changed and the gone. So one more card costs the same on a board of 3 and of 300.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from facilitator.core.blocks import Block, Screen
from facilitator.core.text import Lang

from .texts import named, plain

Json = dict[str, Any]


def whole(block: Block, lang: Lang) -> Json:
    return {"is": type(block).__name__, **plain(block, lang)}


def picture(screen: Screen, lang: Lang) -> Json:
    return {key: whole(block, lang) for key, block in screen.items()}


def difference(old: Screen, new: Screen, lang: Lang) -> Json:
    """By key: a whole block, a block's changes, or None where it is gone."""
    changes: Json = {key: None for key in old if key not in new}
    for key, block in new.items():
        before = old.get(key)
        if before is None or type(before) is not type(block):
            changes[key] = whole(block, lang)
        elif before != block:
            changes[key] = _changes(before, block, lang)
    return changes


def _changes(old: Block, new: Block, lang: Lang) -> Json:
    fresh: Json = {}
    put: Json = {}
    cut: Json = {}
    for name in (f.name for f in fields(new)):
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if _keeps_order(before, after):
            put[name], cut[name] = _items(before, after, lang)
        else:
            fresh[name] = named(new, name, lang)
    return {
        sign: part for sign, part in (("~", fresh), ("+", _some(put)), ("-", _some(cut))) if part
    }


def _items(old: tuple[Any, ...], new: tuple[Any, ...], lang: Lang) -> tuple[list[Any], list[Any]]:
    before: Mapping[Any, Any] = {item.id: item for item in old}
    after = {item.id for item in new}
    changed = (item for item in new if _differ(before.get(item.id), item))
    put = [_item(before.get(item.id), item, lang) for item in changed]
    return put, [id for id in before if id not in after]


def _differ(old: Any, new: Any) -> bool:
    """Most of a long list are the very same as before, which is cheap to see."""
    return old is not new and bool(old != new)


def _item(old: Any, new: Any, lang: Lang) -> Json:
    """A new item whole, of a changed one what changed."""
    if type(old) is not type(new):
        return dict(plain(new, lang))
    changed = {
        f.name: named(new, f.name, lang)
        for f in fields(new)
        if getattr(old, f.name) != getattr(new, f.name)
    }
    return {"id": new.id, **changed}


def _keeps_order(old: Any, new: Any) -> bool:
    """Whether the new list is the old one with some gone, some changed, and more at the end."""
    if not (_identified(old) and _identified(new)):
        return False
    before, after = [item.id for item in old], [item.id for item in new]
    present = set(after)
    staying = [id for id in before if id in present]
    return after[: len(staying)] == staying and len(present) == len(after)


def _identified(items: Any) -> bool:
    if not (isinstance(items, tuple) and items):
        return False
    return all(map(_has_id, {item.__class__ for item in items}))


@cache
def _has_id(kind: type) -> bool:
    return is_dataclass(kind) and any(f.name == "id" for f in fields(kind))


def _some(lists: Json) -> Json:
    return {name: items for name, items in lists.items() if items}
