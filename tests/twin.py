"""What `assets/components/screen.js` does with what it is told, in Python."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Json = dict[str, Any]


def change(blocks: Json, key: str, part: Json | None) -> None:
    if part is None:
        blocks.pop(key, None)
    elif "is" in part:
        blocks[key] = deepcopy(part)
    elif key in blocks:
        amend(blocks[key], deepcopy(part))


def amend(block: Json, part: Json) -> None:
    block |= part.get("~", {})
    for name, ids in part.get("-", {}).items():
        block[name] = [one for one in block[name] if one["id"] not in ids]
    for name, items in part.get("+", {}).items():
        for item in items:
            upsert(block[name], item)


def upsert(items: list[Json], item: Json) -> None:
    known = next((one for one in items if one["id"] == item["id"]), None)
    if known is None:
        items.append(item)
    else:
        known |= item


class Twin:
    """A screen that hears snaps and patches."""

    def __init__(self) -> None:
        self.v = 0
        self.blocks: Json = {}
        self.keys: list[str] = []
        self.own: list[str] = []
        self.me: str | None = None
        self.lang = ""
        self.held = False
        self.words: Json = {}

    def snap(self, message: Json) -> None:
        self.blocks = deepcopy(message["blocks"])
        self._hear(message)

    def patch(self, message: Json) -> None:
        for key, part in message["set"].items():
            change(self.blocks, key, part)
        self._hear(message)

    def _hear(self, message: Json) -> None:
        for name in ("v", "me", "keys", "own", "lang", "held", "words"):
            if name in message:
                setattr(self, name, message[name])

    @property
    def shown(self) -> Json:
        """The blocks in reading order."""
        return {key: self.blocks[key] for key in [*self.keys, *self.own]}
