"""All meetings of one installation: where they lie, which are open, which code leads to which."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from tinydb.table import Document

from facilitator.core.code import ALPHABET, CODE_LENGTH, code_of, tidy
from facilitator.core.meeting import LOBBY, Meeting, Refused, refuse
from phases import Planned

from .archive import (
    Catalogue,
    Conflict,
    Damaged,
    MeetingLog,
    Newer,
    NotStored,
    Row,
    Unreadable,
)
from .brakes import Asker, Guesses
from .disk import sweep, sync_folder, write_private
from .entries import Unknown
from .live import Listener, Live
from .paired import Paired
from .seals import Seals
from .working import start

State = Literal["planned", "running", "done"]
PROOF = 8  # more characters that a scanned code has: with them it cannot be guessed


@dataclass(frozen=True)
class Listing:
    """A line of the list of meetings. Times in epoch seconds: when it was planned, `at` is held.

    `since` is when it came to be in its state: when it began, or was closed. `put_off` says when it
    goes on, if it stopped for the day. folded: closed, and only what lasts is left of it.
    """

    number: int
    id: str
    code: str
    title: str
    planned: float
    state: State
    at: float | None = None
    since: float = 0.0
    put_off: str = ""
    folded: bool = False

    @property
    def when(self) -> float:
        """When it is held; of a meeting without a date, when it was planned."""
        return self.planned if self.at is None else self.at


class House:
    """The data folder and what is in it; one per process."""

    def __init__(self, folder: Path, leader_key: str = "", now: Callable[[], float] = time.time):
        """Raises Unreadable when its list of meetings is."""
        self.folder, self._now = folder, now
        _make_private(folder)
        _make_private(folder / "meetings")
        with suppress(OSError):
            sweep(folder / "meetings")
        self.secret = _kept(folder / "secret", lambda: secrets.token_urlsafe(32))
        self.leader_key = leader_key or _kept(folder / "leader-key", lambda: secrets.token_hex(16))
        self._catalogue = Catalogue(folder / "catalogue.journal")
        rows = self._catalogue.rows("meetings")
        self._listed = {m.id: m for m in _listings(rows, folder / "catalogue.journal")}
        self._running = {m.id: None for m in self._listed.values() if m.state == "running"}
        self._due = {m.id: None for m in self._listed.values() if _is_due(m)}
        self._unfolded = {m.id: None for m in self._listed.values() if _is_unfolded(m)}
        self._codes = {m.code: m.id for m in self._listed.values()}
        self._lives: dict[str, Live] = {}
        self._in_use: Counter[str] = Counter()
        self._shut: dict[str, Unreadable | OSError] = {}  # why a meeting could not be opened
        self.opened: list[Callable[[str, Live], None]] = []  # told of every meeting that is opened
        self.left: list[Callable[[str], None]] = []  # told of every one that is let go
        self.relisted: list[Callable[[], None]] = []  # told when the list has changed
        self.paired = Paired(self._catalogue)
        self.guesses = Guesses(self.now)

    def meetings(self) -> Iterator[Listing]:
        """Newest first."""
        return reversed(self._listed.values())

    def running(self) -> list[Listing]:
        """Newest first; a few among many, so they are not looked for."""
        return [self._listed[meeting] for meeting in reversed(self._running)]

    def unfolded(self) -> list[Listing]:
        """Closed, and not yet folded: a few among many."""
        return [self._listed[meeting] for meeting in self._unfolded]

    def due(self, since: float) -> list[Listing]:
        """Planned for a day, from `since` (epoch seconds) on, soonest first."""
        due = (self._listed[meeting] for meeting in self._due)
        return sorted((m for m in due if (m.at or 0) >= since), key=lambda m: m.at or 0)

    async def plan(self, planned: Planned) -> str:
        """Keep a new meeting; its id. Raises Refused when it cannot be stored.

        Its log first, then its line in the list: a crash between them leaves no empty meeting.
        """
        meeting = secrets.token_hex(16)
        number = max((m.number for m in self._listed.values()), default=0) + 1
        listing = Listing(
            number,
            meeting,
            self._free_code(),
            planned.title,
            self._now(),
            "planned",
            at=planned.at,
        )
        self._listed[meeting] = listing
        try:
            done = await self._open(meeting).record(planned.leader, planned)
            if done.held:
                refuse("not_stored")
            self._keep(listing)
            self._codes[listing.code] = meeting
        except (Refused, NotStored, Conflict, OSError) as error:
            self._lives.pop(meeting, None)
            del self._listed[meeting]
            raise Refused("not_stored") from error
        return meeting

    def live(self, meeting: str) -> Live:
        """The meeting of that id, opened if need be. Raises KeyError, Unreadable, OSError."""
        if meeting not in self._lives:
            self._listed[meeting]
            if not _has_begun(self.path(meeting)):
                raise Damaged(self.path(meeting), 1)
            self._open(meeting)
        return self._lives[meeting]

    def _open(self, meeting: str) -> Live:
        path = self.path(meeting)
        entries = MeetingLog(path)
        try:
            live = Live(entries, Seals(path.with_suffix("")), self._now)
        except Unknown as unknown:
            entries.close()
            raise Newer(path) from unknown
        live.listeners.append(_Lister(self, meeting))
        self._lives[meeting] = live
        for tell in self.opened:
            tell(meeting, live)
        return live

    def find(self, meeting: str) -> Live | None:
        """The meeting of that id, if there is one and it can be read; else see `why_shut`."""
        try:
            live = self.live(meeting)
        except (Unreadable, OSError) as error:
            self._shut[meeting] = error
            return None
        except KeyError:
            return None
        self._shut.pop(meeting, None)
        return live if live.meeting.n else None

    @property
    def open(self) -> tuple[str, ...]:
        """The ids of the meetings that are in memory."""
        return tuple(self._lives)

    @contextmanager
    def using(self, meeting: str) -> Iterator[Live]:
        """The meeting, which is not let go meanwhile, though no screen watches it."""
        self._in_use[meeting] += 1
        try:
            yield self.live(meeting)
        finally:
            self._in_use[meeting] -= 1

    def let_go(self, meeting: str) -> bool:
        """Close a meeting that nobody needs now; whoever comes opens it again. Whether it went."""
        live = self._lives.get(meeting)
        if live is None or live.busy or self._in_use[meeting]:
            return False
        del self._lives[meeting], self._in_use[meeting]
        live.close()
        for tell in self.left:
            tell(meeting)
        return True

    async def finish(self, meeting: str) -> bool:
        """Fold a closed meeting. False when it could not be, and is to be tried again."""
        live = self.find(meeting)
        if live is None or not await live.finish():
            return False
        try:
            self.mark(meeting, live.meeting)
        except (NotStored, Conflict):
            return False
        return True

    def why_shut(self, meeting: str) -> Unreadable | OSError | None:
        """Why a meeting that is listed could not be opened, when that was last tried."""
        return self._shut.get(meeting)

    def path(self, meeting: str) -> Path:
        """Where a meeting's log lies."""
        return self.folder / "meetings" / f"{meeting}.journal"

    def by_code(self, code: str) -> str | None:
        """The newest meeting with that code, as people type it or as it is scanned."""
        typed = tidy(code)
        meeting = self._codes.get(typed[:CODE_LENGTH])
        if len(typed) <= CODE_LENGTH or meeting is None:
            return meeting if len(typed) == CODE_LENGTH else None
        right = hmac.compare_digest(typed.encode(), self.scanned(meeting).encode())
        return meeting if right else None

    def led_to(self, code: str, who: Asker) -> str | None:
        """The meeting that a code leads to. Raises Refused after many wrong ones.

        Not for whoever scans the code, or is in already: so a full room comes in, whoever of
        them guesses. To let right codes through that are typed would be to let guessers know.
        """
        meeting, typed = self.by_code(code), tidy(code)
        if len(typed) != CODE_LENGTH or (meeting and self._has_in(meeting, who.browser)):
            return meeting
        if self.guesses.held(who):
            refuse("wait")
        if meeting is None:
            self.guesses.wrong(who)
        return meeting

    def scanned(self, meeting: str) -> str:
        """The code in the picture: the one that is typed, and the proof that it was not guessed."""
        return self._listed[meeting].code + code_of(self.person("scanned", meeting), PROOF)

    def listing(self, meeting: str) -> Listing | None:
        return self._listed.get(meeting)

    def person(self, meeting: str, session: str) -> str:
        """A browser's id in one meeting: the same again, and nothing elsewhere."""
        words = f"{meeting}/{session}".encode()
        return hmac.new(self.secret.encode(), words, hashlib.sha256).hexdigest()[:16]

    def browser(self, session: str) -> str:
        """A browser's id as a room screen, whatever it shows."""
        return self.person("room", session)

    def now(self) -> float:
        return self._now()

    @property
    def leader_mark(self) -> str:
        """What a leader's session holds: proof of the key, not the key."""
        return hashlib.sha256(f"leader/{self.leader_key}".encode()).hexdigest()

    def mark(self, meeting: str, m: Meeting) -> None:
        """Keep the list true to the meeting."""
        listing = self._listed[meeting]
        now = replace(listing, state=state_of(m), put_off=m.put_off, folded=m.folded)
        if now.state != listing.state:
            now = replace(now, since=self._now())
        if now != listing:
            self._keep(now)

    def _keep(self, listing: Listing) -> None:
        row = {key: value for key, value in vars(listing).items() if key != "number"}
        self._catalogue.put("meetings", listing.number, row)
        self._listed[listing.id] = listing
        for index, belongs in (
            (self._running, listing.state == "running"),
            (self._due, _is_due(listing)),
            (self._unfolded, _is_unfolded(listing)),
        ):
            if belongs:
                index[listing.id] = None
            else:
                index.pop(listing.id, None)
        for tell in self.relisted:
            tell()

    def _has_in(self, meeting: str, session: str) -> bool:
        live, device = self.find(meeting), self.person(meeting, session)
        if live is None:
            return False
        m = live.meeting
        return device in m.devices or device in m.people

    def _free_code(self) -> str:
        taken = {m.code for m in self._listed.values() if m.state != "done"}
        while (code := "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))) in taken:
            pass
        return code


class _Lister(Listener):
    """Keeps the list of meetings true while one runs."""

    def __init__(self, house: House, meeting: str) -> None:
        self._house, self._meeting = house, meeting

    def tell_others(self, live: Live) -> None:
        if not live.held:
            self._house.mark(self._meeting, live.meeting)
        if live.meeting.closed:
            start(self._house.finish(self._meeting))


def state_of(m: Meeting) -> State:
    if m.closed:
        return "done"
    return "planned" if m.at == LOBBY else "running"


def _listings(rows: Iterator[Document], path: Path) -> Iterator[Listing]:
    for row in rows:
        try:
            yield _listing(row.doc_id, row)
        except (KeyError, ValueError):
            raise Newer(path) from None


def _listing(number: int, row: Row) -> Listing:
    """Raises KeyError and ValueError for what this program does not know."""
    if row["state"] not in get_args(State):
        raise ValueError(row["state"])
    first = (row["id"], row["code"], row["title"], row["planned"], row["state"])
    later = {"since": row.get("since", 0.0), "put_off": row.get("put_off", "")}
    return Listing(number, *first, at=row.get("at"), **later, folded=row.get("folded", False))


def _is_due(listing: Listing) -> bool:
    return listing.state == "planned" and listing.at is not None


def _is_unfolded(listing: Listing) -> bool:
    return listing.state == "done" and not listing.folded


def _has_begun(path: Path) -> bool:
    """Whether its first line is whole: that was stored before the meeting was listed."""
    with path.open("rb") as file:
        return file.readline().endswith(b"\n")


def _make_private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def _kept(path: Path, make: Callable[[], str]) -> str:
    """A secret made once and kept in a file that is its owner's alone."""
    if path.exists() and (kept := path.read_text().strip()):
        return kept
    made = make()
    write_private(path, made.encode())
    sync_folder(path.parent)
    return made
