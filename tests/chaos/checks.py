"""What must be true when a meeting has come to rest: by its journal, and on every screen.

Nothing is taken from the server's memory: the data folder is copied while the app runs, as a backup
is, and the copy is opened as another house.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from facilitator import screens
from facilitator.archive import MeetingLog, Row
from facilitator.core.code import spaced
from facilitator.core.frame.parts import Around, Door
from facilitator.core.meeting import Meeting
from facilitator.house import House
from facilitator.wire import picture

from .crowd import Crowd
from .phone import Phone, Sent

SETTLING = 30.0  # seconds until every screen has heard of everything
SEALED = ("answer", "give_dots")  # the journal does not know whose these were

Json = dict[str, Any]


@dataclass
class Finding:
    """What is wrong, in words; empty when nothing is."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)  # screens that do not show what the log says

    @property
    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.apart)

    def add(self, other: Finding) -> None:
        self.lost += other.lost
        self.doubled += other.doubled
        self.apart += other.apart


@dataclass
class Copy:
    """A meeting as a backup has it."""

    rows: Sequence[Row]
    meeting: Meeting
    code: str
    scanned: str  # what the picture of it says
    folder: Path  # that it is of


def backup(folder: Path, meeting: str) -> Copy:
    with tempfile.TemporaryDirectory(prefix="chaos-") as fresh:
        copied = Path(shutil.copytree(folder, Path(fresh) / "data"))
        house = House(copied)
        m = house.live(meeting).meeting
        log = MeetingLog(house.path(meeting))
        rows = log.read()
        log.close()
        listing = house.listing(meeting)
        assert listing is not None
        return Copy(rows, m, listing.code, house.scanned(meeting), folder)


async def look(crowd: Crowd, folder: Path, address: str) -> Finding:
    """All that can be wrong with a meeting at rest."""
    copy = await asyncio.to_thread(backup, folder, crowd.meeting)
    found = Finding()
    in_the_log(copy.rows, crowd.sent, found)
    in_the_meeting(copy.meeting, crowd.sent, found)
    found.apart = await on_the_screens(crowd, copy, address)
    return found


# What was acknowledged


def in_the_log(rows: Iterable[Row], sent: Iterable[Sent], found: Finding) -> None:
    """By its number everything that was told as stored is in the journal, and once."""
    ops = Counter(row["op"].rpartition("/")[2] for row in rows if row["op"])
    found.doubled += [f"entry {op}" for op, count in ops.items() if count > 1]
    open_ = [one for one in sent if one.verb not in SEALED]
    for one in open_:
        if one.fate == "stored" and not ops[one.op]:
            found.lost.append(f"{one.verb} {one.op} of {one.by}, acknowledged as {one.n}")
    texts = Counter(row["event"]["text"] for row in rows if row["event"]["type"] == "card_added")
    found.doubled += [f"card {text}" for text, count in texts.items() if count > 1]


def in_the_meeting(m: Meeting, sent: Sequence[Sent], found: Finding) -> None:
    """Sealed ones: of everybody the last that was acknowledged, or a later one; and no two."""
    answers = m.states["evaluate"].answers.values()  # type: ignore[attr-defined]
    _sealed([a["worked/words"] for a in answers], sent, "answer", _words_of_answer, found)
    dots = m.states["choose"].given.values()  # type: ignore[attr-defined]
    _sealed([tuple(given) for given in dots], sent, "give_dots", _cards_of_dots, found)


def _sealed(given: list[Any], sent: Sequence[Sent], verb: str, what: Any, found: Finding) -> None:
    """Who said nothing that was stored may be missing; nobody counts twice."""
    mine: dict[str, list[Sent]] = {}
    for one in sent:
        if one.verb == verb:
            mine.setdefault(one.by, []).append(one)
    left = Counter(given)
    for who, tries in mine.items():
        last = max((k for k, one in enumerate(tries) if one.fate == "stored"), default=-1)
        possible = [what(one) for one in tries[max(last, 0) :]]
        theirs = next((words for words in possible if left[words]), None)
        if theirs is not None:
            left[theirs] -= 1
        elif last >= 0:
            found.lost.append(f"{verb} of {who}: {possible}")
    found.doubled += [f"{verb}: {words}" for words in left.elements()]


def _words_of_answer(one: Sent) -> str:
    return str(one.args["answers"]["worked/words"])


def _cards_of_dots(one: Sent) -> tuple[int, ...]:
    return tuple(one.args["cards"])


# What is shown


async def on_the_screens(crowd: Crowd, copy: Copy, address: str) -> list[str]:
    """Every screen, and one of each sort that has just come, shows what the log says."""
    someone = crowd.chance.choice(crowd.phones)
    fresh = [
        Phone(screen.own, screen.kind, screen.meeting, f"fresh {screen.kind}", lambda one: None)
        for screen in (crowd.lead, crowd.room, someone)
    ]
    every = [*crowd.screens, *fresh]
    reached = frozenset(phone.twin.me for phone in crowd.phones if phone.twin.me)
    wanted = Wanted(copy, address, reached)
    end = monotonic() + SETTLING
    try:
        while (apart := _apart(every, wanted)) and monotonic() < end:
            await asyncio.sleep(0.02)
        return [_difference(screen, wanted.on(screen)) for screen in apart]
    finally:
        for screen in fresh:
            await screen.close()


class Wanted:
    """What the screens are to show; worked out once for each person and sort."""

    def __init__(self, copy: Copy, address: str, reached: frozenset[str]) -> None:
        self._copy, self._address, self._reached = copy, address, reached
        self._known: dict[tuple[str, str | None], Json] = {}

    def on(self, screen: Phone) -> Json:
        key = (screen.kind, screen.twin.me)
        if key not in self._known:
            self._known[key] = self._expected(screen)
        return self._known[key]

    def _expected(self, screen: Phone) -> Json:
        """The blocks of a screen, made of the log alone; so the clocks are those of the log."""
        copy, m, meeting = self._copy, self._copy.meeting, screen.meeting
        where = f"/lead/{meeting}" if screen.kind != "phone" else ""
        around = Around(
            Door(spaced(copy.code), f"/qr/{copy.scanned}.svg", self._address),
            reached=self._reached,
            folder=str(copy.folder),
            room=f"/room/{meeting}",
            lead=where,
            papers=f"/papers/{meeting}",
            phone=f"/lead/{meeting}/phone",
        )
        who = m.leader if screen.kind != "phone" else screen.twin.me
        if who is None:
            blocks = screens.door(m)
        else:
            blocks = {**screens.shared(m, screen.kind, around), **screens.own(m, screen.kind, who)}
        drawn: Json = json.loads(json.dumps(picture(blocks, "nn")))
        return drawn


def _apart(every: Iterable[Phone], wanted: Wanted) -> list[Phone]:
    return [
        screen
        for screen in every
        if not screen.live or screen.twin.held or screen.twin.shown != wanted.on(screen)
    ]


def _difference(screen: Phone, wanted: Json) -> str:
    shown = screen.twin.shown
    other = [key for key in {*shown, *wanted} if shown.get(key) != wanted.get(key)]
    told = [f"{key}: {shown.get(key)} is not {wanted.get(key)}" for key in other]
    state = "live" if screen.live else "away"
    return f"{screen.name} ({state}{', held' if screen.twin.held else ''}): {'; '.join(told)}"
