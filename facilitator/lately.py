"""Which screens a browser has open, or had a moment ago. Known to this process alone."""

from __future__ import annotations

from collections.abc import Callable

MOMENT = 60.0  # seconds


class Lately:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._open: dict[str, tuple[str, str]] = {}  # socket -> session, screen
        self._left: dict[tuple[str, str], float] = {}

    def comes(self, sid: str, session: str, screen: str) -> None:
        self._open[sid] = (session, screen)

    def goes(self, sid: str) -> None:
        now = self._now()
        self._left = {key: at for key, at in self._left.items() if at > now - MOMENT}
        if key := self._open.pop(sid, None):
            self._left[key] = now

    def has(self, session: str, screen: str) -> bool:
        key = (session, screen)
        return key in self._open.values() or self._left.get(key, 0.0) > self._now() - MOMENT
