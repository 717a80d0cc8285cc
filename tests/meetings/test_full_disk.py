"""The disk is full in the middle of a round: the meeting goes on, and says how things stand."""

from __future__ import annotations

import sys

import pytest

from .aloud import Reader
from .stage import Stage

if sys.platform == "linux":
    from resource import RLIM_INFINITY, RLIMIT_FSIZE, prlimit
else:
    pytest.skip("only Linux can fill the disk of one process", allow_module_level=True)

HELD = "teke imot, ikkje lagra"
NOT_STORED = "Disken tek ikkje imot."


def fill_the_disk(stage: Stage) -> None:
    """No file of the app's may grow beyond what the journal has now."""
    size = stage.journal.stat().st_size
    prlimit(stage.server.pid, RLIMIT_FSIZE, (size, RLIM_INFINITY))


def make_room(stage: Stage) -> None:
    prlimit(stage.server.pid, RLIMIT_FSIZE, (RLIM_INFINITY, RLIM_INFINITY))


def test_with_a_full_disk_the_meeting_goes_on_as_held_until_there_is_room(stage: Stage) -> None:
    stage.plan(name="Teamtid", leader="Kari")
    ola = stage.phone("Ola")
    ola.joins(stage.code)
    stage.to_the_first_turn()
    ola.sees("Din tur, Ola")
    before = stage.journal.read_bytes()
    phone = Reader(ola.page)

    fill_the_disk(stage)
    ola.adds("Skrive med full disk")
    stage.room.sees("Skrive med full disk")
    for screen in (ola, stage.room):
        screen.sees(HELD)
    stage.lead.sees(NOT_STORED)
    stage.lead.sees(str(stage.server.folder))  # where room has to be made
    stage.lead.sees_no(HELD)  # it is said once
    assert stage.server.log().count(f"{stage.journal}: File too large") == 1, "the terminal too"
    ola.sees_no("✓ lagra")
    ola.sees("Skrive med full disk", count=1)
    assert stage.journal.read_bytes() == before, "what was stored is as it was"
    phone.hears(HELD)

    make_room(stage)
    for screen in (ola, stage.lead, stage.room):
        screen.sees_no(HELD)
    stage.lead.sees_no(NOT_STORED)
    stage.lead.sees("Alt er lagra.")
    ola.sees("✓ lagra")
    phone.hears("✓ lagra")
    assert stage.journal.read_text().count("Skrive med full disk") == 1


def test_what_was_only_held_comes_back_from_the_phone_when_the_server_dies(stage: Stage) -> None:
    stage.plan(name="Teamtid", leader="Kari")
    ola = stage.phone("Ola")
    ola.joins(stage.code)
    stage.to_the_first_turn()
    fill_the_disk(stage)
    ola.adds("Berre teke imot")
    stage.room.sees("Berre teke imot")
    stage.server.kill()
    stage.server.start()
    ola.sees_no(HELD)
    ola.sees("✓ lagra")
    stage.room.sees("Berre teke imot")
    assert stage.journal.read_text().count("Berre teke imot") == 1


def test_what_was_only_held_is_not_taken_for_stored_when_others_come_back_first(
    stage: Stage,
) -> None:
    """After the restart their entries have the numbers that his had before."""
    stage.plan(name="Teamtid", leader="Kari")
    ola, siri = stage.phone("Ola"), stage.phone("Siri")
    ola.joins(stage.code)
    siri.joins(stage.code)
    stage.to_the_first_turn()
    fill_the_disk(stage)
    ola.adds("Berre teke imot")
    stage.room.sees("Berre teke imot")
    stage.server.kill()
    ola.context.set_offline(True)
    stage.server.start()
    for words in ("Eg kom først", "Og eg har meir"):
        siri.adds(words)
        stage.room.sees(words)
    siri.sees("✓ lagra")
    ola.context.set_offline(False)
    stage.room.sees("Berre teke imot")
    ola.sees("✓ lagra")
    assert stage.journal.read_text().count("Berre teke imot") == 1


def test_what_waits_is_sent_in_the_order_it_was_written_also_when_the_clock_is_set_back(
    stage: Stage,
) -> None:
    """In another order the server would take the earlier ones for repeats."""
    stage.plan(name="Teamtid", leader="Kari")
    ola = stage.phone("Ola")
    ola.joins(stage.code)
    stage.to_the_first_turn()
    stage.server.kill()
    ola.page.evaluate("const now = Date.now(); let n = 0; Date.now = () => now - 100 * ++n")
    for words in ("Kort ein", "Kort to", "Kort tre"):
        ola.adds(words)
    stage.server.start()  # which knows nothing of the page, so it is loaded anew
    for words in ("Kort ein", "Kort to", "Kort tre"):
        stage.room.sees(words, count=1)
