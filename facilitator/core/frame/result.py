"""The result as a chain: challenge, factors, measure, how it is evaluated, what is kept for later.

The outline of the minutes in BTI on system level, “etter møtet”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from facilitator.core.blocks import Answers, Block, Chapter, Heading, Note, Plan, Screen
from facilitator.core.card_blocks import Cards
from facilitator.core.meeting import Meeting
from facilitator.core.text import Text, say

from . import facts
from .parts import factors, in_short, parked, stands


def outline(m: Meeting) -> Sequence[tuple[Text | None, str]]:
    """The parts of the result: a title, if it has one, and the id of the phase that fills it."""
    if m.outline:
        return [(section.title, section.phase) for section in m.outline]
    return [(None, phase.id) for phase in m.phases]


def chain(
    m: Meeting, parts: Sequence[tuple[Text | None, Screen]], beside: Screen
) -> dict[str, Block]:
    """The parts one after the other; those that came to nothing are left out.

    `beside` is what was noted in phases that are no part of it.
    """
    links = [_link(m, number, *part) for number, part in enumerate(parts)]
    said = next((i for i, link in enumerate(links) if _tells_how_it_went(link)), len(links))
    blocks: dict[str, Block] = {"heading": Heading(say("frame.result"), say("frame.result_text"))}
    for link in links[:said]:
        blocks |= link
    if not m.cards:
        blocks["nothing"] = Note(say("frame.nothing_written"), tone="quiet")
    blocks |= {**beside, **parked(m)}
    for link in links[said:]:
        blocks |= link
    return blocks | {"minutes": facts.minutes(m)} | facts.signals(m)


def room(m: Meeting, blocks: Screen) -> dict[str, Block]:
    """What fits one screen: the challenge, the factors, what was decided; the rest is on phones."""
    decided = any(isinstance(block, Plan) for block in blocks.values())
    if not decided:
        kept = {key: b for key, b in blocks.items() if key in ("heading", "nothing")}
        boards = {key: b for key, b in blocks.items() if isinstance(b, Cards) or key == "parked"}
        return {**kept, **_about(m), **boards}
    plans = {key: b for key, b in blocks.items() if isinstance(b, Plan)}
    topics = in_short("parked", say("frame.parked"), (topic.text for topic in m.parked))
    heading = Heading(say("frame.result"))
    return {"heading": heading, **_about(m), **plans, **factors(m), **topics}


def for_guests(m: Meeting, blocks: Screen) -> dict[str, Block]:
    """For those who were thanked and let go: what it was about, and what the house will try."""
    plans = {key: b for key, b in blocks.items() if isinstance(b, Plan)}
    return {**_about(m), **plans} if plans else {}


def _link(m: Meeting, number: int, title: Text | None, screen: Screen) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    if title is not None and screen:
        blocks[f"chapter-{number}"] = Chapter(say(title))
    for key, block in screen.items():
        blocks |= _chosen_first(m, key, block) if isinstance(block, Cards) else {key: block}
    return blocks


def _chosen_first(m: Meeting, key: str, board: Cards) -> dict[str, Block]:
    chosen = tuple(face for face in board.cards if face.id in m.cards and m.cards[face.id].chosen)
    rest = tuple(face for face in board.cards if face not in chosen)
    if not chosen or not rest:
        return {key: board}
    also = replace(board, cards=rest, label=say("frame.also"))
    return {key: replace(board, cards=chosen), f"{key}-also": also}


def _tells_how_it_went(link: Mapping[str, Block]) -> bool:
    return any(isinstance(block, Answers) for block in link.values())


def _about(m: Meeting) -> dict[str, Block]:
    """The challenge, as it stood where a measure was decided on; else where it stood last."""
    about = [phase for phase in m.phases if phase.about]
    deciding = [phase for phase in about if phase.id in {d.phase for d in m.decided}]
    phase = next(iter((*deciding, *reversed(about))), None)
    return stands(m, phase) if phase else {}
