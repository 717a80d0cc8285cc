"""The screens of a meeting: one element, one component that draws the blocks it is told of."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from nicegui import ui

from facilitator.audience import words
from facilitator.core.text import Lang
from facilitator.texts import ASSETS

_PARTS = ("parts.js", "keeping.js", "sending.js", "telling.js", "keys.js")


def joined_component() -> Path:
    """The component and its blocks in one file, so that a phone asks for one and not for thirty."""
    components = ASSETS / "components"
    blocks = sorted((components / "blocks").glob("*.js"))
    source = "\n".join(
        [
            *((components / part).read_text(encoding="utf-8") for part in _PARTS),
            *(block.read_text(encoding="utf-8") for block in blocks),
            f"const BLOCKS = {{ {', '.join(block.stem for block in blocks)} }};",
            (components / "screen.js").read_text(encoding="utf-8"),
        ]
    )
    folder = Path(tempfile.mkdtemp(prefix="facilitator-"))
    joined = folder / "screen.js"
    joined.write_text(source, encoding="utf-8")
    return joined


class Screen(ui.element, component=joined_component()):
    def __init__(self, screen: str, meeting: str, lang: Lang, dark: bool = False) -> None:
        super().__init__()
        props: dict[str, Any] = self._props
        props["screen"], props["meeting"], props["lang"] = screen, meeting, lang
        props["words0"], props["dark"] = {"lost": words(lang)["lost"]}, dark
