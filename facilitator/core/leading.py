"""The lead goes from one to another. Somebody always leads."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from .meeting import Entry, Event, Meeting, refuse


class LeadAsked(Event):
    type: Literal["lead_asked"] = "lead_asked"
    who: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, asked={**m.asked, "leader": self.who}) if _here(m, self.who) else m


class LeadTaken(Event):
    """`who` leads from now on; who led until now takes part like everybody else."""

    type: Literal["lead_taken"] = "lead_taken"
    who: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        if not _here(m, self.who):
            return m
        m = _seated(replace(m, asked={r: w for r, w in m.asked.items() if r != "leader"}), self.who)
        time = m.time(entry.at)
        return m.told(lambda p, state: p.led(m, state, self.who, time))


def hand_over(m: Meeting, by: str, *, who: str) -> Event:
    """Let somebody else lead. Who has a phone is asked; who has none says yes in the room."""
    m.running()
    m.lead(by)
    person = m.member(who)
    if who == by:
        refuse("stale")
    return LeadAsked(who=who) if person.phone else LeadTaken(who=who)


EVENTS = (LeadAsked, LeadTaken)
VERBS = (hand_over,)


def _here(m: Meeting, who: str) -> bool:
    return who in m.people and m.people[who].here


def _seated(m: Meeting, who: str) -> Meeting:
    """Without a phone one leads at the leader view, and whoever sat there has none any more."""
    people = dict(m.people)
    if (before := people.get(m.leader)) and before.desk and m.leader != who:
        people[before.id] = replace(before, phone=False, desk=False)
    if not people[who].phone:
        people[who] = replace(people[who], phone=True, desk=True)
    return replace(m, people=people, roles={**m.roles, "leader": who})
