"""How often something may happen. Only what is wrong is slowed down: a right code never counts."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

FORGET = 10_000  # keys; then those are dropped that have had their rest


class Brake:
    """`most` times at once for each key, and as many in every `within` seconds. Knows no names."""

    def __init__(self, most: int, within: float, now: Callable[[], float]) -> None:
        self._within, self._now, self._step = within, now, within / most
        self._rested: dict[Hashable, float] = {}  # key -> when it may have `most` again
        self._forget = FORGET

    def holds(self, key: Hashable) -> bool:
        """Whether it has to wait."""
        return self._left(key) > self._within - self._step

    def count(self, key: Hashable, times: float = 1) -> None:
        if len(self._rested) >= self._forget:
            now = self._now()
            self._rested = {each: at for each, at in self._rested.items() if at > now}
            self._forget = max(FORGET, 2 * len(self._rested))
        left = min(self._left(key) + times * self._step, self._within)
        self._rested[key] = self._now() + left

    def takes(self, key: Hashable, times: float = 1) -> bool:
        """Count it, unless it has to wait."""
        if self.holds(key):
            return False
        self.count(key, times)
        return True

    def _left(self, key: Hashable) -> float:
        """Seconds until it is rested. A clock that was set back makes nobody wait for longer."""
        now = self._now()
        left = self._rested.get(key, 0.0) - now
        if left > self._within:
            left = self._within
            self._rested[key] = now + left
        return max(left, 0.0)


@dataclass(frozen=True)
class Asker:
    """Who tries a code: a browser, and the network it comes from."""

    browser: str
    network: str

    @classmethod
    def of(cls, scope: Mapping[str, Any]) -> Asker:
        """From an ASGI scope with a session."""
        host = (scope.get("client") or ("",))[0]
        return cls(scope.get("session", {}).get("id", ""), network(host))


class Guesses:
    """Wrong codes: of one browser, of one network, and of all together.

    6 characters out of 23 are 148 million codes. At the most of all, two hours of guessing find
    a given one with a chance of 1 in 2000; from one network 1 in 20,000.
    """

    BROWSER, NETWORK, ALL = 10, 60, 600  # in a MINUTE
    MINUTE = 60.0  # seconds

    def __init__(self, now: Callable[[], float]) -> None:
        self._browsers = Brake(self.BROWSER, self.MINUTE, now)
        self._networks = Brake(self.NETWORK, self.MINUTE, now)
        self._all = Brake(self.ALL, self.MINUTE, now)

    def held(self, who: Asker) -> bool:
        """Whether no code of theirs is looked at for now."""
        return (
            self._browsers.holds(who.browser)
            or self._networks.holds(who.network)
            or self._all.holds("")
        )

    def wrong(self, who: Asker) -> None:
        self._browsers.count(who.browser)
        self._networks.count(who.network)
        self._all.count("")


def network(host: str) -> str:
    """What one household or office has: an address, of IPv6 all with the same first 64 bits."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address, 64), strict=False))
