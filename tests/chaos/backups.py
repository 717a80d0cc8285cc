"""A backup is a copy of the folder, taken while a meeting is under load; restoring puts it back."""

from __future__ import annotations

import asyncio
import random
import shutil
from pathlib import Path

from .crowd import Crowd, until
from .place import Place, all_in, meeting, place
from .row import Row

LOAD = 0.5  # seconds before the copy, and after it
STAGES = ("clarifying", "factors", "choose", "evaluate")


async def backups(runs: int, chance: random.Random) -> Row:
    row = Row("backup")
    with place(chance) as at:
        while row.runs < runs:
            async with meeting(at, row) as met:
                await all_in(met)
                for stage in STAGES[: runs - row.runs]:
                    row.runs += 1
                    met.acting.set()
                    await met.begin(stage)
                    await _restored(at, met, row)
                    await at.check(met, row, f"backup {row.runs}, {stage}")
    return row


async def _restored(at: Place, met: Crowd, row: Row) -> None:
    """What was stored before the copy began is in it; what came later may be, or is gone."""
    folder, copy = at.server.folder, at.server.folder.with_name("copy")
    await asyncio.sleep(at.chance.uniform(0, LOAD))
    before = {one.op for one in met.sent if one.fate == "stored"}
    await asyncio.to_thread(shutil.copytree, folder, copy)
    await asyncio.sleep(at.chance.uniform(0, LOAD))
    at.server.kill()
    await until(lambda: not any(s.live for s in met.screens), "its last answers have been read")
    for one in met.sent:
        if one.fate == "stored" and one.op not in before:
            one.fate = "perhaps"
    _put_back(copy, folder)
    row.back(await met.all_back(await at.start()))


def _put_back(copy: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    copy.rename(folder)
