"""Who is here, and which role they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["leader", "viddevakt", "scribe"]
ROLES: tuple[Role, ...] = get_args(Role)

# Whose browser it was is forgotten when a meeting is closed, not that it may show the result.
SOMEBODY = "somebody"  # who was there to the end
A_GUEST = "a guest"  # who was thanked and let go


@dataclass(frozen=True)
class Expected:
    """Somebody the plan names, to be ticked and not typed."""

    name: str
    origin: str = ""

    @property
    def called(self) -> str:
        """How the name stands on a list; two of one name differ by where they come from."""
        return f"{self.name} ({self.origin})" if self.origin else self.name


@dataclass(frozen=True)
class Person:
    """Somebody in the meeting. `here` is what the log says, not whether a phone is connected.

    phone: has a screen of one's own to answer on. desk: that screen is the leader view, so whoever
    hands over the lead there is without one. listed: the place on the plan's list they fill.
    """

    id: str
    name: str
    origin: str = ""
    phone: bool = True
    here: bool = True
    instead_of: str = ""  # the name of whom they stand in for
    listed: Expected | None = None
    desk: bool = False


@dataclass(frozen=True)
class Moving:
    """A code with which `who` goes on with another phone. Good for one time."""

    who: str
    code: str


def free_name(wanted: str, taken: frozenset[str]) -> str:
    """Two people may have one name; the second is shown as “Kari 2”."""
    name, count = wanted, 1
    while name.casefold() in taken:
        count += 1
        name = f"{wanted} {count}"
    return name
