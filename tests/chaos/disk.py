"""The app on a disk that is ill, as a file beside the data says: `python -m tests.chaos.disk …`.

Only what is written in the data folder is touched, and the app itself knows nothing of it. An
illness is one word; none, or no file, is a disk in health.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import Any

from facilitator.__main__ import main

SLOW = 0.4  # seconds a sync takes
ILLNESSES = ("full", "readonly", "failing", "slow")


def illness_of(data: Path) -> Path:
    """Where it stands what a data folder's disk suffers from."""
    return data.with_name(f"{data.name}.ill")


def fall_ill(told: Path) -> None:
    """From here on this process writes as the disk lets it."""
    write, sync, open_, cut = os.write, os.fsync, os.open, os.ftruncate

    def ill() -> str:
        return told.read_text() if told.exists() else ""

    def fails(number: int) -> OSError:
        return OSError(number, os.strerror(number))

    def short_write(file: int, data: Any) -> int:
        if file > 2 and ill() == "readonly":
            raise fails(errno.EROFS)
        if file > 2 and ill() == "full" and len(data) > 20:
            write(file, bytes(data[: len(data) // 2]))  # as far as there is room
            raise fails(errno.ENOSPC)
        return write(file, data)

    def slow_sync(file: int) -> None:
        if ill() == "failing":
            raise fails(errno.EIO)
        if ill() == "slow":
            time.sleep(SLOW)
        sync(file)

    def careful_open(path: Any, flags: int, *more: Any, **other: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and ill() == "readonly":
            raise fails(errno.EROFS)
        return open_(path, flags, *more, **other)

    def careful_cut(file: int, size: int) -> None:
        if ill() == "readonly":
            raise fails(errno.EROFS)
        cut(file, size)

    os.write, os.fsync, os.open, os.ftruncate = short_write, slow_sync, careful_open, careful_cut


if __name__ == "__main__":
    data = Path(sys.argv[sys.argv.index("--data") + 1])
    fall_ill(illness_of(data))
    main()
