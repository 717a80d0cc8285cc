"""What lasts: TinyDB over a journal that only grows. One file per meeting, one catalogue of them.

A line is a checksum and one document; appending is one write and one sync for many lines. A torn
last line, left by a crash, is cut off when the file is opened; a file with a whole line that is
damaged, or that a newer program wrote, is never touched. All files are their owner's alone.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from .disk import replace_whole, sync_folder, write_all

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Row = Mapping[str, Any]


class NotStored(Exception):
    """The disk did not take it. Nothing of what was already stored is harmed."""


class Conflict(Exception):
    """Somebody else wrote to this log meanwhile: it is longer than the writer knew."""


class Unreadable(Exception):
    """A file that cannot be read as it is, and is never touched."""

    path: Path


class Damaged(Unreadable):
    """A whole line that is no longer what was written. Lines count from 1."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}: line {line} is damaged")
        self.path, self.line = path, line


class Newer(Unreadable):
    """What was written stands there, and this program does not know it: a newer one wrote it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} was written by a newer version")
        self.path = path


class InUse(Exception):
    """Another program has this data folder open."""


class Log(Protocol):
    """Where one meeting's entries last; a municipality's server may put a database here."""

    def read(self) -> list[Row]: ...

    def append(self, expected: int, rows: Sequence[Row]) -> None:
        """Store rows after the first `expected` ones. Raises NotStored or Conflict."""

    def fold(self, rows: Sequence[Row]) -> None:
        """These instead of all there is, and the log takes nothing more. Raises NotStored."""

    def close(self) -> None: ...


class MeetingLog:
    """The log of one meeting in a file of its own. What it holds is read, not kept in memory."""

    def __init__(self, path: Path) -> None:
        """Raises Unreadable, also when a line is missing between others."""
        self._path = path
        self._db = _Database(path, storage=LongJournal)
        self._entries = self._db.table("log")
        for number, key in enumerate(self._db.journal.tables.get("log", ()), 1):
            if key != str(number):
                self.close()
                raise Damaged(path, number)

    def read(self) -> list[Row]:
        return [dict(row) for row in self._entries]

    def append(self, expected: int, rows: Sequence[Row]) -> None:
        if len(self._entries) != expected:
            raise Conflict(f"{len(self._entries)} entries, expected {expected}")
        self._entries.insert_multiple(rows)

    def fold(self, rows: Sequence[Row]) -> None:
        lines = b"".join(_line("log", number, row) for number, row in enumerate(rows, 1))
        self.close()  # or a system that locks open files would not let it go
        try:
            replace_whole(self._path, lines)
        except OSError as error:
            raise NotStored(f"{self._path}: {error.strerror}") from error

    def close(self) -> None:
        self._db.close()


class Catalogue:
    """A document per meeting, by the meeting's number; the newest line of a document counts."""

    def __init__(self, path: Path) -> None:
        self._db = _Database(path, storage=Journal)

    def rows(self, table: str) -> Iterator[Document]:
        return iter(self._db.table(table))

    def put(self, table: str, number: int, row: Row) -> None:
        self._table(table).put(number, row)

    def _table(self, name: str) -> _GrowingTable:
        table = self._db.table(name)
        assert isinstance(table, _GrowingTable)
        return table

    def close(self) -> None:
        self._db.close()


class Journal(Storage):
    """TinyDB's storage: reads from memory, appends to the file."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self.tables: dict[str, dict[str, Row]] = {}
        self._file = _open_private(self.path)
        self._size = 0  # bytes known to be good
        self._torn = False  # whether we left more than that
        try:
            self._load(self.path.read_bytes())
        except Unreadable:
            os.close(self._file)
            raise

    def read(self) -> dict[str, dict[str, Row]]:
        return self.tables

    def count(self, table: str) -> int:
        return len(self.tables.get(table, ()))

    def write(self, data: dict[str, dict[str, Row]]) -> None:
        raise NotImplementedError("a journal grows by append")

    def append(self, table: str, rows: Sequence[tuple[int, Row]]) -> None:
        """Write and sync. After a failure the file is what it was before."""
        lines = b"".join(_line(table, number, row) for number, row in rows)
        try:
            self._cut()
            write_all(self._file, lines)
            os.fsync(self._file)
        except OSError as error:
            self._torn = True
            self._try_cut()
            raise NotStored(f"{self.path}: {error.strerror}") from error
        self._size += len(lines)
        self._remember(table, rows)

    def _remember(self, table: str, rows: Sequence[tuple[int, Row]]) -> None:
        self.tables.setdefault(table, {}).update((str(number), row) for number, row in rows)

    def close(self) -> None:
        """Nothing is read or written any more, nor kept in memory."""
        file, self._file, self.tables = self._file, _CLOSED, {}
        if file != _CLOSED:
            with suppress(OSError):  # what was stored was synced
                os.close(file)

    def _load(self, data: bytes) -> None:
        *lines, torn = data.split(b"\n")
        self.tables = _tables(lines, self.path)
        if _is_whole(torn[:-1]):  # it was stored: what came after it was its end of line
            raise Damaged(self.path, len(lines) + 1)
        self._size = len(data) - len(torn)
        self._torn = bool(torn)
        if self._torn:
            self._try_cut()

    def _cut(self) -> None:
        """Away with what a crash or a full disk left half written, never with another's lines."""
        if os.fstat(self._file).st_size != self._size:
            if not self._torn:
                raise Conflict(f"{self.path}: another program writes to it")
            os.ftruncate(self._file, self._size)
        self._torn = False

    def _try_cut(self) -> None:
        with suppress(OSError):  # tried again before the next append
            self._cut()


class LongJournal(Journal):
    """One that only keeps count. What was loaded is read once; later the file is read anew."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._counts = {name: len(rows) for name, rows in self.tables.items()}

    def read(self) -> dict[str, dict[str, Row]]:
        tables, self.tables = self.tables, {}
        if tables or self._file == _CLOSED:
            return tables
        return _tables(self.path.read_bytes()[: self._size].split(b"\n")[:-1], self.path)

    def count(self, table: str) -> int:
        return self._counts.get(table, 0)

    def close(self) -> None:
        super().close()
        self._counts = {}

    def _remember(self, table: str, rows: Sequence[tuple[int, Row]]) -> None:
        self.tables = {}
        self._counts[table] = self.count(table) + len(rows)


_CLOSED = -1


class _GrowingTable(Table):
    """Insert without TinyDB's read-all-write-all, which takes ten times as long at 5,000 rows."""

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        start = len(self) + 1
        rows = [(start + k, dict(document)) for k, document in enumerate(documents)]
        self._append(rows)
        return [number for number, _ in rows]

    def put(self, number: int, row: Row) -> None:
        self._append([(number, dict(row))])

    def _append(self, rows: Sequence[tuple[int, Row]]) -> None:
        storage = self._storage
        assert isinstance(storage, Journal)
        storage.append(self.name, rows)
        self.clear_cache()

    def __len__(self) -> int:
        assert isinstance(self._storage, Journal)
        return self._storage.count(self.name)


class _Database(TinyDB):
    table_class = _GrowingTable

    @property
    def journal(self) -> Journal:
        assert isinstance(self.storage, Journal)
        return self.storage


def _line(table: str, number: int, row: Row) -> bytes:
    text = json.dumps((table, number, row), ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x %s\n" % (crc32(text), text)


def _parse(line: bytes, path: Path, number: int) -> tuple[str, str, Row]:
    if not _is_whole(line):
        raise Damaged(path, number)
    try:
        table, key, row = json.loads(line.partition(b" ")[2])
        return table, str(key), dict(row)
    except (TypeError, ValueError):
        raise Newer(path) from None


def _is_whole(line: bytes) -> bool:
    checksum, _, text = line.partition(b" ")
    return bool(text) and checksum == b"%08x" % crc32(text)


def peek(path: Path) -> dict[str, dict[str, Row]]:
    """What a journal holds, by table and number, while another program may write to it.

    Raises Unreadable.
    """
    return _tables(path.read_bytes().split(b"\n")[:-1], path)


def _tables(lines: Iterable[bytes], path: Path) -> dict[str, dict[str, Row]]:
    tables: dict[str, dict[str, Row]] = {}
    for number, line in enumerate(lines, 1):
        table, key, row = _parse(line, path, number)
        tables.setdefault(table, {})[key] = row
    return tables


def _open_private(path: Path) -> int:
    """A file that may only be read is read; appending to it is what fails."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    is_new = not path.exists()
    try:
        file = os.open(path, flags, 0o600)
    except OSError:
        if is_new:
            raise
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    if is_new:
        sync_folder(path.parent)
    return file


def lock(path: Path) -> int:
    """Hold a folder for this program alone until it ends, however it ends. Raises InUse."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise InUse(str(path.parent)) from error
    return file
