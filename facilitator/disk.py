"""Files that last, and files that go: written whole and synced; overwritten, then deleted."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

FRESH, OLD = ".fresh", ".old"  # endings of what is on its way in, and on its way out


def replace_whole(path: Path, data: bytes) -> None:
    """A file's content anew, and what it was overwritten. Raises OSError: tried again, it goes on.

    Whatever happens meanwhile, one of both lies there, whole. The old one keeps a second name until
    it is overwritten, so that a crash in between leaves it to `sweep`.
    """
    fresh, old = path.with_suffix(FRESH), path.with_suffix(OLD)
    shred(fresh)
    shred(old)
    write_private(fresh, data)
    _second_name(path, old)
    fresh.replace(path)
    sync_folder(path.parent)
    shred(old)


def sweep(folder: Path) -> None:
    """Away with what a crash left of files that were replaced; if it cannot go, next time."""
    for entry in os.scandir(folder):
        if entry.name.endswith((FRESH, OLD)):
            with suppress(OSError):
                shred(Path(entry.path))


def shred(path: Path) -> None:
    """Overwrite a file and delete it, if it is there. Its bytes stay while it has another name."""
    if not path.exists():
        return
    if path.stat().st_nlink == 1:
        _write(path, os.O_WRONLY, bytes(path.stat().st_size))
    path.unlink()
    sync_folder(path.parent)


def write_private(path: Path, data: bytes) -> None:
    """A file that is its owner's alone, whole and synced. Raises OSError."""
    _write(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, data)


def write_all(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def sync_folder(folder: Path) -> None:
    """So that a new or removed name in a folder lasts. Windows cannot, and need not."""
    if os.name == "posix":
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _write(path: Path, how: int, data: bytes) -> None:
    file = os.open(path, how | getattr(os, "O_BINARY", 0), 0o600)
    try:
        write_all(file, data)
        os.fsync(file)
    finally:
        os.close(file)


def _second_name(path: Path, name: Path) -> None:
    """Where a file system knows no second names, the old bytes go without being overwritten."""
    try:
        name.hardlink_to(path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise


_NO_LINKS = {errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}
