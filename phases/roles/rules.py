"""Roles: how we go about it, and who keeps us to the matter (BTI on system level, “ved oppstart”).

The roles themselves outlive the phase and live in the core; here is which of them are wanted.
"""

from __future__ import annotations

from typing import Literal

from facilitator.core.meeting import Meeting, Phase, PhaseState
from facilitator.core.people import Role
from facilitator.core.text import Say, say


class Roles(Phase[PhaseState]):
    kind: Literal["roles"] = "roles"
    wanted: tuple[Role, ...] = ("viddevakt", "scribe")

    def fresh(self) -> PhaseState:
        return PhaseState()

    def unready(self, m: Meeting, state: PhaseState) -> Say | None:
        """Without a viddevakt the leader goes on knowingly."""
        if "viddevakt" in self.wanted and "viddevakt" not in m.roles:
            return say("roles.no_viddevakt")
        return None
