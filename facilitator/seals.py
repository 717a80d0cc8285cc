"""Answers that cannot be traced: who gave one is stored under a key, and the key is thrown away.

As long as a phase takes sealed answers its key lies in a file beside the log, so that the same
person's second answer replaces the first also after a restart. When the phase closes the key is
overwritten and deleted, and nobody can work out anew which pseudonym was whose.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from .disk import shred, sync_folder


class Seals:
    """The keys of one meeting's phases. `stem` is the path of the keys without their ending."""

    def __init__(self, stem: Path) -> None:
        self._stem = stem
        self._keys: dict[int, bytearray] = {}  # so that they can be overwritten in memory too
        self._unsaved: set[int] = set()
        for path in stem.parent.glob(f"{stem.name}-*.key"):
            key = bytearray(path.read_bytes())
            if len(key) == _SIZE and any(key):
                self._keys[int(path.stem.rpartition("-")[2])] = key
            else:
                with suppress(OSError):  # half of it, or overwritten: seals nothing any more
                    path.unlink()

    @property
    def phases(self) -> tuple[int, ...]:
        return tuple(self._keys)

    def pseudonym(self, phase: int, words: str) -> str:
        """Stands for a person's id, or a device's, as long as the key of the phase lives."""
        if phase not in self._keys:
            self._keys[phase] = bytearray(secrets.token_bytes(_SIZE))
            self._unsaved.add(phase)
        return _SIGN + hmac.new(self._keys[phase], words.encode(), hashlib.sha256).hexdigest()[:24]

    def save(self) -> None:
        """Write new keys. Raises OSError; what could not be written is tried again next time."""
        for phase in tuple(self._unsaved):
            file = os.open(self._path(phase), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                if os.write(file, self._keys[phase]) < _SIZE:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file)
            finally:
                os.close(file)
            sync_folder(self._stem.parent)
            self._unsaved.discard(phase)

    def forget(self, phase: int) -> None:
        """Throw the key away, on the disk first. Raises OSError."""
        shred(self._path(phase))
        if key := self._keys.pop(phase, None):
            key[:] = bytes(_SIZE)
        self._unsaved.discard(phase)

    def _path(self, phase: int) -> Path:
        return self._stem.with_name(f"{self._stem.name}-{phase}.key")


def is_pseudonym(id: str) -> bool:
    return id.startswith(_SIGN)


_SIZE = 32  # bytes
_SIGN = "~"
