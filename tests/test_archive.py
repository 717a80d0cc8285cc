"""What lasts: whatever happens to the disk, nothing already stored is harmed."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from facilitator import archive
from facilitator.archive import Catalogue, Conflict, Damaged, MeetingLog, NotStored

FIRST, SECOND = {"text": "Kven ringjer heim?"}, {"text": "Å, «blåbær» 🫐\nog meir"}
RUBBISH = (
    b"\x00" * 64,
    b"{",
    b"\xff\xfe\x80",
    b"00000000 ",
    b"00000000\n",
    b"00000000 \n",
    b'deadbeef ["log",3,{}]\n',
    b"half a line, then\nanother half",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "meeting.journal"


def stored(path: Path, *rows: dict[str, str]) -> bytes:
    log = MeetingLog(path)
    log.append(len(log.read()), rows)
    log.close()
    return path.read_bytes()


def read(path: Path) -> list[object]:
    log = MeetingLog(path)
    rows = log.read()
    log.close()
    return rows


def test_what_was_stored_is_there_after_a_restart(path: Path) -> None:
    stored(path, FIRST)
    stored(path, SECOND)
    assert read(path) == [FIRST, SECOND]


def test_a_last_line_torn_at_any_byte_costs_that_line_alone(path: Path) -> None:
    before = stored(path, FIRST, SECOND)
    whole = stored(path, FIRST)
    for length in range(len(before), len(whole)):
        path.write_bytes(whole[:length])
        assert read(path) == [FIRST, SECOND], f"torn at byte {length}"
        assert path.read_bytes() == before, f"not cut at byte {length}"


def test_the_log_goes_on_after_a_torn_line(path: Path) -> None:
    whole = stored(path, FIRST, SECOND)
    path.write_bytes(whole[:-3])
    stored(path, SECOND)
    assert read(path) == [FIRST, SECOND]


def test_a_line_damaged_in_the_middle_is_named_and_the_file_left_alone(path: Path) -> None:
    whole = stored(path, FIRST, SECOND, FIRST)
    middle = whole.index(b"\n") + 30
    harmed = whole[:middle] + b"?" + whole[middle + 1 :]
    path.write_bytes(harmed)
    with pytest.raises(Damaged, match=r"meeting\.journal: line 2") as told:
        MeetingLog(path)
    assert (told.value.path, told.value.line) == (path, 2)
    assert path.read_bytes() == harmed


def test_damage_leaves_no_open_file(path: Path) -> None:
    whole = stored(path, FIRST, SECOND)
    path.write_bytes(b"?" + whole[1:])
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(Damaged):
        MeetingLog(path)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("rubbish", RUBBISH, ids=repr)
def test_rubbish_at_the_end_never_harms_what_stands_before(path: Path, rubbish: bytes) -> None:
    """It is cut off, or named as damage; nothing stored is lost, nothing foreign is read."""
    whole = stored(path, FIRST, SECOND)
    path.write_bytes(whole + rubbish)
    if b"\n" not in rubbish:
        assert read(path) == [FIRST, SECOND]
        assert path.read_bytes() == whole
    else:
        with pytest.raises(Damaged, match="line 3"):
            MeetingLog(path)
        assert path.read_bytes() == whole + rubbish


def test_a_file_of_rubbish_is_damage_not_a_crash(path: Path) -> None:
    path.write_bytes(os.urandom(64).replace(b"\n", b"") + b"\n" + bytes(100) + b"\nend")
    with pytest.raises(Damaged, match="line 1"):
        MeetingLog(path)


# A disk that does not take it


@contextmanager
def a_full_disk(room: int) -> Iterator[None]:
    """No file of this process may grow beyond `room` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def half_written(file: int, data: bytes) -> int:
    """One short write, then a full disk."""
    if len(data) < 10:
        raise OSError(errno.ENOSPC, "No space left on device")
    return os.pwrite(file, bytes(data[:-9]), os.fstat(file).st_size)


def no_sync(file: int) -> None:
    raise OSError(errno.EIO, "Input/output error")


def test_a_full_disk_keeps_what_was_stored_and_the_next_append_works(path: Path) -> None:
    before = stored(path, FIRST)
    log = MeetingLog(path)
    with a_full_disk(len(before) + 20), pytest.raises(NotStored, match="File too large"):
        log.append(1, [SECOND, SECOND])
    assert path.read_bytes() == before
    assert log.read() == [FIRST]
    log.append(1, [SECOND])
    log.close()
    assert read(path) == [FIRST, SECOND]


@pytest.mark.parametrize(("call", "fails"), [("write", half_written), ("fsync", no_sync)])
def test_a_write_or_sync_that_fails_stores_nothing_of_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, fails: object
) -> None:
    before = stored(path, FIRST)
    log = MeetingLog(path)
    with monkeypatch.context() as patch:
        patch.setattr(archive.os, call, fails)
        with pytest.raises(NotStored, match=path.name):
            log.append(1, [SECOND])
    assert path.read_bytes() == before
    assert log.read() == [FIRST]
    log.append(1, [SECOND])
    log.close()
    assert read(path) == [FIRST, SECOND]


def test_a_half_written_line_that_could_not_be_cut_is_cut_before_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(path, FIRST)
    log = MeetingLog(path)

    def no_cut(file: int, size: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(archive.os, "write", half_written)
        patch.setattr(archive.os, "ftruncate", no_cut)
        with pytest.raises(NotStored):
            log.append(1, [SECOND])
    log.append(1, [SECOND])
    log.close()
    assert read(path) == [FIRST, SECOND]


def test_a_log_that_may_not_be_written_can_be_read_and_says_that_nothing_is_stored(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that was mounted for reading; root may write any file, so `open` is told."""
    whole = stored(path, FIRST)
    really_open = os.open

    def reading_only(name: str, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY):
            raise OSError(errno.EROFS, "Read-only file system")
        return really_open(name, flags, mode)

    monkeypatch.setattr(archive.os, "open", reading_only)
    log = MeetingLog(path)
    assert log.read() == [FIRST]
    with pytest.raises(NotStored):
        log.append(1, [SECOND])
    log.close()
    assert path.read_bytes() == whole


# Two writers


def test_who_knows_a_shorter_log_is_told_of_the_conflict(path: Path) -> None:
    log = MeetingLog(path)
    log.append(0, [FIRST])
    with pytest.raises(Conflict):
        log.append(0, [SECOND])
    with pytest.raises(Conflict):
        log.append(2, [SECOND])
    assert log.read() == [FIRST]
    log.close()


def test_a_second_program_on_the_same_folder_cannot_cut_what_the_first_stored(path: Path) -> None:
    first, second = MeetingLog(path), MeetingLog(path)
    first.append(0, [FIRST])
    with pytest.raises(Conflict):
        second.append(0, [SECOND])
    first.close()
    second.close()
    assert read(path) == [FIRST]


# Whose files they are


def test_a_log_is_its_owners_alone(path: Path) -> None:
    old = os.umask(0)
    try:
        stored(path, FIRST)
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o600


# The catalogue


def test_the_newest_line_of_a_meeting_counts(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.journal"
    catalogue = Catalogue(path)
    catalogue.put("meetings", 1, {"state": "planned"})
    catalogue.put("meetings", 2, {"state": "planned"})
    catalogue.put("meetings", 1, {"state": "done"})
    catalogue.close()
    again = Catalogue(path)
    rows = {row.doc_id: row["state"] for row in again.rows("meetings")}
    again.close()
    assert rows == {1: "done", 2: "planned"}
