"""What was measured last, kept in `build/` until somebody writes it down (`tests/quality.py`)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "build"
Figures = dict[str, Any]


def keep(file: str, row: Figures) -> None:
    """In the place of the row of the same `name`. Rows say `what`, `ours`, `bar` and `holds`."""
    rows = {old["name"]: old for old in kept(file)}
    rows[row["name"]] = {**row, "date": date.today().isoformat()}
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(list(rows.values()), ensure_ascii=False, indent=2)
    (FOLDER / f"{file}.json").write_text(text, encoding="utf-8")


def kept(file: str) -> list[Figures]:
    path = FOLDER / f"{file}.json"
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else []
