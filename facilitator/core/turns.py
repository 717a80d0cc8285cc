"""A round: everybody is heard once. Pass, come back later, late-comers, one more round."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Turns:
    """People's ids. Nobody stands in two of the places at once."""

    waiting: tuple[str, ...] = ()
    now: str | None = None
    heard: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        return (*self.heard, *self.passed, *filter(None, (self.now,)), *self.waiting)

    @property
    def next(self) -> str | None:
        return self.waiting[0] if self.waiting else None

    @property
    def over(self) -> bool:
        return self.now is None and not self.waiting

    def done(self) -> Turns:
        """The speaker has been heard, or the round begins: on to the next."""
        heard = (*self.heard, self.now) if self.now else self.heard
        return replace(self, heard=heard)._on()

    def pass_by(self) -> Turns:
        """The speaker stands over. Not heard, and not asked again in this round."""
        passed = (*self.passed, self.now) if self.now else self.passed
        return replace(self, passed=passed)._on()

    def later(self, last: str | None = None) -> Turns:
        """“Come back to me”: to the end of the line, before `last` (the leader) if others wait."""
        if self.now is None or not self.waiting:
            return self
        last = None if self.waiting == (last,) else last
        return replace(self, waiting=_queued(self.waiting, self.now, last))._on()

    def call(self, who: str) -> Turns:
        """`who` speaks next, also after having been heard or having passed."""
        if who == self.now:
            return self
        return replace(self.without(who), waiting=(who, *self.without(who).waiting))

    def join(self, who: str, last: str | None = None) -> Turns:
        """A late-comer waits at the end of the line, but before `last` (the leader)."""
        if who in self.everyone:
            return self
        return replace(self, waiting=_queued(self.waiting, who, last))

    def leave(self, who: str) -> Turns:
        """Who leaves is not asked; who speaks gives the turn to the next."""
        rest = self.without(who)
        return rest._on() if self.now == who else rest

    def again(self, last: str | None = None) -> Turns:
        """One more round: who was heard, then who passed, then `last` (the leader)."""
        return Turns(waiting=tuple(sorted(self.everyone, key=lambda who: who == last)))

    def not_first(self, leader: str | None) -> Turns:
        """As long as nobody has been heard, the leader lets the others who wait go before."""
        if self.heard or self.waiting[:1] != (leader,):
            return self
        return replace(self, waiting=(*self.waiting[1:], *self.waiting[:1]))

    def last(self, who: str) -> Turns:
        """Who leads speaks last of those who wait."""
        if who not in self.waiting:
            return self
        return replace(self, waiting=(*(w for w in self.waiting if w != who), who))

    def merge(self, who: str, into: str) -> Turns:
        """Two are one: of their places the better is kept, the other falls away."""
        now = (self.now,) if self.now else ()
        for place in (now, self.waiting, self.heard, self.passed):
            if into in place:
                return self.without(who)
            if who in place:
                return self.without(into).renamed(who, into)
        return self

    def renamed(self, who: str, new: str) -> Turns:
        """`new` stands where `who` stood."""

        def theirs(places: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(new if p == who else p for p in places)

        now = new if self.now == who else self.now
        return Turns(theirs(self.waiting), now, theirs(self.heard), theirs(self.passed))

    def without(self, who: str) -> Turns:
        def others(places: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(p for p in places if p != who)

        now = None if self.now == who else self.now
        return Turns(others(self.waiting), now, others(self.heard), others(self.passed))

    def _on(self) -> Turns:
        return replace(self, now=self.next, waiting=self.waiting[1:])


def _queued(waiting: tuple[str, ...], who: str, last: str | None) -> tuple[str, ...]:
    before = tuple(w for w in waiting if w != last)
    return (*before, who, *(w for w in waiting if w == last))
