"""Replacing a file whole: wherever it stops, one of both lies there, and what was there goes."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from facilitator.archive import MeetingLog, NotStored
from facilitator.disk import replace_whole, shred, sweep

LONG, SHORT = b"who spoke for how long\n" * 400, b"what lasts\n"
CALLS = ("open", "write", "fsync", "close", "unlink", "link", "replace")  # what changes a disk
ROWS = [{"n": n, "who": f"secret {n}"} for n in range(50)]


class Crash(BaseException):
    """The plug is pulled."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "meetings" / "one.journal"
    path.parent.mkdir()
    path.write_bytes(LONG)
    return path


@contextmanager
def failing(at: int, error: BaseException, half: bool = False) -> Iterator[list[str]]:
    """The call of that number fails, and every one after it; `half` of a write is written."""
    called: list[str] = []
    patch = pytest.MonkeyPatch()

    def wrapped(name: str, really: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            called.append(name)
            if len(called) <= at:
                return really(*args, **more)
            if name == "write" and half and len(called) == at + 1:
                really(args[0], bytes(args[1])[: len(args[1]) // 2])
            if name == "close":
                really(*args)  # a handle left open would be the test's own
            raise error

        return call

    for name in CALLS:
        patch.setattr(os, name, wrapped(name, getattr(os, name)))
    try:
        yield called
    finally:
        patch.undo()


def steps(do: Callable[[], None]) -> int:
    """How many calls it takes when all goes well."""
    with failing(10_000, Crash()) as called:
        do()
    return len(called)


def files(path: Path) -> list[str]:
    return sorted(p.name for p in path.parent.iterdir())


@pytest.mark.parametrize("half", [False, True])
def test_at_every_step_one_of_both_is_whole_and_a_start_sweeps_up(path: Path, half: bool) -> None:
    stopped = set()
    for at in count():
        path.write_bytes(LONG)
        try:
            with failing(at, Crash(), half):
                replace_whole(path, SHORT)
        except Crash:
            pass
        else:
            break
        stood = path.read_bytes()
        assert stood in (LONG, SHORT), f"stopped at step {at}"
        stopped.add(stood)
        sweep(path.parent)
        assert files(path) == ["one.journal"], f"stopped at step {at}"
        assert path.read_bytes() == stood, f"stopped at step {at}"
    assert stopped == {LONG, SHORT}
    assert (files(path), path.read_bytes()) == (["one.journal"], SHORT)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_nothing_is_tried_again(path: Path, code: int) -> None:
    path.unlink()
    log = MeetingLog(path)
    log.append(0, ROWS)
    whole = path.read_bytes()
    for at in count():
        path.write_bytes(whole)
        log = MeetingLog(path)
        with failing(at, OSError(code, os.strerror(code))) as called:
            try:
                log.fold(ROWS[:2])
            except NotStored:
                pass
            else:
                break
        assert called
        assert read(path) in (ROWS, ROWS[:2])
        log.fold(ROWS[:2])
        assert (files(path), read(path)) == (["one.journal"], ROWS[:2]), f"stopped at step {at}"
    assert at > 10


def read(path: Path) -> list[Any]:
    log = MeetingLog(path)
    rows = log.read()
    log.close()
    return rows


def test_what_was_there_is_overwritten_before_it_goes(path: Path, monkeypatch: Any) -> None:
    left: list[bytes] = []
    really_unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda p: (left.append(p.read_bytes()), really_unlink(p)))
    replace_whole(path, SHORT)
    assert left == [bytes(len(LONG))]


def test_the_bytes_themselves_are_overwritten_on_the_disk(path: Path) -> None:
    """Whoever still holds the old file open reads nothing but zeros."""
    with path.open("rb") as old:
        replace_whole(path, SHORT)
        assert old.read() == bytes(len(LONG))


def test_a_file_without_a_second_name_is_replaced_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a memory stick: its file system knows no links."""

    def no_links(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    replace_whole(path, SHORT)
    assert (files(path), path.read_bytes()) == (["one.journal"], SHORT)


def test_a_backup_made_of_links_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    os.link(path, tmp_path / "backup")
    replace_whole(path, SHORT)
    assert (tmp_path / "backup").read_bytes() == LONG


def test_a_stopped_replacement_never_costs_the_file_it_was_for(path: Path) -> None:
    """Stopped between the second name and the new file, both names are one file."""
    os.link(path, path.with_suffix(".old"))
    sweep(path.parent)
    assert (files(path), path.read_bytes()) == (["one.journal"], LONG)


def test_what_is_not_there_is_shredded_already(tmp_path: Path) -> None:
    shred(tmp_path / "nowhere")


def test_the_new_file_is_its_owners_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        replace_whole(path, SHORT)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Linux tells what is open")
def test_a_folded_log_holds_no_file_and_no_row(path: Path) -> None:
    path.unlink()
    log = MeetingLog(path)
    log.append(0, ROWS)
    log.fold(ROWS[:2])
    assert str(path) not in open_files()
    with pytest.raises(NotStored):
        log.append(0, ROWS)


def open_files() -> list[str]:
    """The files this process has open."""
    names = []
    for fd in os.listdir("/proc/self/fd"):
        with suppress(OSError):  # the one by which they are listed
            names.append(os.readlink(f"/proc/self/fd/{fd}"))
    return names
