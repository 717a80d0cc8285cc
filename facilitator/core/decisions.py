"""What the house decided to try. It outlives its phase: minutes and follow-up rest on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Form = Literal["informs", "trains", "tries", ""]


@dataclass(frozen=True)
class Decision:
    """A measure to try, and what was agreed about it; `card` is the measure's, `phase` decided it.

    All but `form` in people's own words, dates too; empty is not agreed yet. form: a service
    informs at a staff meeting, a service leads training, the house tries something itself. meet:
    when the house and the service meet. accepted: the service has said yes to its part. stands:
    not taken back; what was written about it is kept all the same.
    """

    card: int
    phase: str = ""
    what: str = ""
    who: str = ""
    when: str = ""
    form: Form = ""
    service: str = ""
    meet: str = ""
    evaluate_when: str = ""
    evaluate_who: str = ""
    evaluate_how: str = ""
    accepted: bool = False
    stands: bool = True

    def missing(self) -> Iterator[Literal["who", "when", "meet", "evaluation"]]:
        """What has still to be agreed. A meeting is agreed only where a service is to help."""
        if not self.who:
            yield "who"
        if not self.when:
            yield "when"
        if self.service and not self.meet:
            yield "meet"
        if not (self.evaluate_when and self.evaluate_who and self.evaluate_how):
            yield "evaluation"


def standing(decisions: Mapping[int, Decision]) -> tuple[Decision, ...]:
    """What the house will try, in the order in which it was decided on."""
    return tuple(decision for decision in decisions.values() if decision.stands)
