"""Journals that something happened to: cut, flipped, out of order, with rubbish at the end."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from facilitator.archive import MeetingLog, Unreadable
from facilitator.archive import Row as Entry
from facilitator.house import House
from tests.short import ROUND, Sitting, short_meeting

from .row import Row

WORDS = ("Kven ringjer heim?", "Å, «blåbær» 🫐\nog meir", "Ein og same beskjed")


@dataclass(frozen=True)
class Harm:
    """`left` is how many entries must be read; None when the file must be refused, untouched."""

    what: str
    data: bytes
    left: int | None


def harms(whole: bytes, chance: random.Random) -> Iterator[Harm]:
    """Everything that may happen to a journal, byte by byte."""
    lines = whole.splitlines(keepends=True)
    for length in range(len(whole)):
        yield Harm(f"cut to {length} bytes", whole[:length], whole[:length].count(b"\n"))
    for at in range(len(whole)):
        yield Harm(f"byte {at} flipped", flipped(whole, at, chance.randrange(8)), None)
    for bit in range(8):  # it makes the last line look torn, and that had been stored
        yield Harm(f"last end of line, bit {bit}", flipped(whole, len(whole) - 1, bit), None)
    for at in range(len(lines) - 1):
        yield Harm(f"without line {at + 1}", b"".join(lines[:at] + lines[at + 1 :]), None)
        swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
        yield Harm(f"lines {at + 1} and {at + 2} swapped", b"".join(swapped), None)
    for length in range(1, 200):
        rubbish = bytes(byte for byte in chance.randbytes(length) if byte != ord("\n"))
        yield Harm(f"{length} bytes of rubbish", whole + rubbish, len(lines))
        yield Harm(f"{length} bytes and a line of rubbish", whole + rubbish + b"\n", None)


def flipped(whole: bytes, at: int, bit: int) -> bytes:
    return whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]


def whole_line(document: object) -> bytes:
    """As a program writes it, whatever it holds."""
    text = json.dumps(document).encode()
    return b"%08x %s\n" % (crc32(text), text)


def came_of(harm: Harm, path: Path, rows: Sequence[Entry]) -> str:
    """What is wrong with how a harmed file was read; empty when nothing is."""
    path.write_bytes(harm.data)
    try:
        log = MeetingLog(path)
    except Unreadable:
        if path.read_bytes() != harm.data:
            return f"{harm.what}: refused, and touched"
        return f"{harm.what}: refused" if harm.left is not None else ""
    read = log.read()
    log.close()
    if harm.left is None:
        return f"{harm.what}: read as if nothing were wrong"
    return "" if read == list(rows[: harm.left]) else f"{harm.what}: {len(read)} entries are read"


async def journal(folder: Path) -> Path:
    """Of a short meeting that has been held."""
    house = House(folder)
    meeting = await house.plan(short_meeting("Skadd"))
    table = Sitting(house.live(meeting))
    await table.join("ola", "siri")
    await table.go(ROUND)
    for words in WORDS:
        await table.card("ola", words)
    return house.path(meeting)


async def damage(runs: int, chance: random.Random) -> Row:
    """Every harm, on a meeting of its own."""
    row = Row("damage")
    with tempfile.TemporaryDirectory(prefix="chaos-") as fresh:
        path = await journal(Path(fresh))
        log = MeetingLog(path)
        rows = log.read()
        log.close()
        row.acknowledged = len(rows)
        for harm in harms(path.read_bytes(), chance):
            row.runs += 1
            if wrong := await asyncio.to_thread(came_of, harm, path, rows):
                row.wrong.append(wrong)
    row.lost = len(row.wrong)
    return row
