"""Notes: what was said in a phase that belongs in the minutes, written by scribe or leader.

That somebody writes while the leader leads is ours. Who said it is not kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from .cards import Note
from .meeting import Entry, Event, Meeting, refuse
from .text import clean

NOTE_LIMIT = 500  # characters


class NoteTaken(Event):
    type: Literal["note_taken"] = "note_taken"
    phase: str
    text: str

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, notes=(*m.notes, Note(entry.n, self.phase, self.text)))


class NoteEdited(Event):
    type: Literal["note_edited"] = "note_edited"
    note: int
    text: str
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        edited = (replace(n, text=self.text) if n.id == self.note else n for n in m.notes)
        return replace(m, notes=tuple(edited))


class NoteRemoved(Event):
    type: Literal["note_removed"] = "note_removed"
    note: int
    steers = True

    def on(self, m: Meeting, entry: Entry) -> Meeting:
        return replace(m, notes=tuple(n for n in m.notes if n.id != self.note))


def note(m: Meeting, by: str, *, phase: str, text: str) -> Event:
    """About any phase of the meeting, also one that has passed."""
    _may(m, by)
    if m.find(phase) is None:
        refuse("no_phase")
    return NoteTaken(phase=phase, text=_words(text))


def edit_note(m: Meeting, by: str, *, note: int, text: str) -> Event:
    _may(m, by)
    _find(m, note)
    return NoteEdited(note=note, text=_words(text))


def remove_note(m: Meeting, by: str, *, note: int) -> Event:
    _may(m, by)
    _find(m, note)
    return NoteRemoved(note=note)


EVENTS = (NoteTaken, NoteEdited, NoteRemoved)
VERBS = (note, edit_note, remove_note)


def _may(m: Meeting, by: str) -> None:
    m.running()
    m.member(by)
    if not m.mends(by):
        refuse("scribe_only")


def _find(m: Meeting, note: int) -> None:
    if all(n.id != note for n in m.notes):
        refuse("no_note")


def _words(text: str) -> str:
    words = clean(text)
    if not words:
        refuse("note_empty")
    if len(words) > NOTE_LIMIT:
        refuse("note_long", limit=NOTE_LIMIT, length=len(words))
    return words
