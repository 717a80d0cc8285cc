"""Rehearse a meeting, keep its journal and what the result page said; open it again."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from time import time
from typing import Any

from facilitator import reading, screens
from facilitator.archive import MeetingLog
from facilitator.core.meeting import Meeting
from facilitator.core.text import LANGS, Lang
from facilitator.live import Live
from facilitator.recipes import read_recipes
from facilitator.rehearsal.cast import read_cast
from facilitator.rehearsal.practice import practised
from facilitator.rehearsal.run import Rehearsal
from facilitator.seals import Seals
from phases import EVENT
from tests.core.story import AROUND

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
KEPT: tuple[tuple[str, Lang], ...] = (
    ("bti-system", "nn"),
    *(("short", lang) for lang in LANGS if lang != "nn"),
)
SORTS = ("", ".folded")
BEGAN = 1_800_000_000.0  # epoch seconds


def released(version: str) -> bool:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    return re.search(rf"^## {re.escape(version)} – unreleased$", changes, re.M) is None


async def keep(folder: Path, recipe: str, lang: Lang) -> None:
    """The journal as the app writes it, and folded, as what lasts of it after the meeting."""
    whole, lasting = (folder / f"{recipe}.{lang}{sort}.journal" for sort in SORTS)
    await _rehearsed(whole, recipe, lang)
    shutil.copy(whole, lasting)
    live = _live(lasting)
    assert await live.finish()
    live.close()
    for journal in (whole, lasting):
        told = "".join(f"{words}\n" for words in result(*opened(journal), lang))
        journal.with_suffix(".result.txt").write_text(told, encoding="utf-8")


async def _rehearsed(journal: Path, recipe: str, lang: Lang) -> None:
    now = BEGAN

    async def pause(seconds: float) -> None:
        nonlocal now
        now += seconds
        await asyncio.sleep(0)

    live = _live(journal, lambda: now)
    planned = practised(read_recipes(), recipe, lang, read_cast())
    await live.record(planned.leader, planned)
    _ = [state async for state in Rehearsal(live, pause).states()]
    live.close()


def _live(journal: Path, now: Callable[[], float] = time) -> Live:
    """Without a house, which would fold it as soon as it is closed."""
    return Live(MeetingLog(journal), Seals(journal.with_suffix("")), now)


def opened(journal: Path) -> tuple[Meeting, list[Any]]:
    """The meeting as the app opens it, and every line of its log. Cuts off a torn last line."""
    log = MeetingLog(journal)
    try:
        return Live(log, Seals(journal.with_suffix(""))).meeting, log.read()
    finally:
        log.close()


def result(m: Meeting, rows: list[Any], lang: Lang) -> list[str]:
    """The words of the log that stand on the result page. What is ours there may be reworded."""
    pages = (screens.shared(m, "room", AROUND), screens.shared(m, "phone", AROUND))
    shown = {line for page in pages for line in _lines(page, lang)}
    words = {words for row in rows for words in _words(row["event"], lang)}
    return sorted(words & shown)


def _lines(screen: Any, lang: Lang) -> Iterator[str]:
    return (line.strip() for text in reading.lines(screen, lang) for line in text.splitlines())


def _words(value: Any, lang: Lang) -> Iterator[str]:
    """Of a text in many languages, what it says in this one."""
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if line.strip())
    elif isinstance(value, dict):
        in_languages = bool(value) and set(value) <= set(LANGS)
        for one in (value[lang],) if in_languages else value.values():
            yield from _words(one, lang)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one, lang)


def shapes() -> list[str]:
    """One line for each thing that is stored: its name, its fields and what they may be."""
    parts: dict[str, Any] = EVENT.json_schema()["$defs"]
    return [f"{name} {json.dumps(_bare(part), sort_keys=True)}" for name, part in parts.items()]


def _bare(schema: Any) -> Any:
    """Without what is only said about it."""
    if isinstance(schema, dict):
        return {k: _bare(v) for k, v in schema.items() if k not in ("description", "title")}
    return [_bare(one) for one in schema] if isinstance(schema, list) else schema
