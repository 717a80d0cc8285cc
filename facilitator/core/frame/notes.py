"""Notes for the minutes: where they are written and mended, and how the result tells them.

Never on the room screen while the meeting lasts.
"""

from __future__ import annotations

from collections.abc import Iterable

from facilitator.core.blocks import Act, Block, Field, Form, Option, Statements
from facilitator.core.card_blocks import Cards, Edit, Face
from facilitator.core.cards import Note
from facilitator.core.meeting import LOBBY, Meeting
from facilitator.core.notes import NOTE_LIMIT
from facilitator.core.text import say


def lead(m: Meeting) -> dict[str, Block]:
    """For the leader: those of this phase, and a new one. In the result each has its place."""
    here = (n for n in m.notes if m.phase and n.phase == m.phase.id)
    return _mended("notes", m, here) | _write(m)


def scribe(m: Meeting) -> dict[str, Block]:
    """On the scribe's phone: those of this phase; at the result all of them, with their phases."""
    here = (n for n in m.notes if m.over or (m.phase and n.phase == m.phase.id))
    return _mended("my-notes", m, here, sure=True) | _write(m)


def told(m: Meeting, phase: str, mends: bool = False) -> dict[str, Block]:
    """The notes of a phase in the result; the leader may mend them there."""
    notes = [n for n in m.notes if n.phase == phase]
    where = m.find(phase)
    if not notes or where is None:
        return {}
    if mends:
        return _mended(f"notes-{phase}", m, notes)
    label = say("notes.of", title=say(where.title))
    return {f"notes-{phase}": Statements(tuple(n.text for n in notes), label)}


def _mended(key: str, m: Meeting, notes: Iterable[Note], sure: bool = False) -> dict[str, Block]:
    """`sure` is asked where there is no undo."""
    faces = tuple(_face(m, n, sure) for n in notes)
    return {key: Cards(faces, say("notes.label"), edit=_edit())} if faces else {}


def _edit() -> Edit:
    return Edit(
        "edit_note",
        say("cards.edit"),
        say("cards.save"),
        say("cards.cancel"),
        NOTE_LIMIT,
        named="note",
    )


def _face(m: Meeting, n: Note, sure: bool) -> Face:
    question = say("notes.remove_sure") if sure else ""
    remove = Act(say("notes.remove"), "remove_note", (("note", n.id),), sure=question)
    where = m.find(n.phase)
    return Face(n.id, n.text, say(where.title) if where and m.over else "", acts=(remove,))


def _write(m: Meeting) -> dict[str, Block]:
    """About this phase; at the result one says which."""
    if m.at == LOBBY or m.closed:
        return {}
    phases = tuple(Option(p.id, say(p.title)) for p in m.phases)
    which = () if m.phase else (Field("phase", say("notes.phase"), "choice", phases),)
    text = Field("text", say("notes.write_label"), "lines", limit=NOTE_LIMIT)
    form = Form(
        "note",
        (*which, text),
        say("notes.write"),
        draft=f"note-{m.phase.id if m.phase else ''}",
        args=(("phase", m.phase.id),) if m.phase else (),
        hint=say("notes.hint"),
        folded=say("notes.write_open"),
        look="quiet",
    )
    return {"note": form}
