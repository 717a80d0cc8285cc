"""A meeting under load while things break, in short. `make chaos` is the long form.

The moments are others each time; a failure tells the seed with which it is repeated.
"""

from __future__ import annotations

import random

from tests.chaos import disks, networks
from tests.chaos.backups import backups
from tests.chaos.disk import ILLNESSES
from tests.chaos.kills import kills
from tests.chaos.row import Row

SEED = random.SystemRandom().randrange(10**6)


def sound(row: Row) -> bool:
    assert row.acknowledged > 0, "nothing was sent"
    assert row.sound, f"seed {SEED}: {row.wrong}"
    return True


async def test_killed_at_any_moment_nothing_acknowledged_is_lost_or_doubled() -> None:
    stages = ("lobby", "factors", "choose", "choose", "evaluate")
    assert sound(await kills(len(stages), random.Random(SEED), stages))


async def test_a_network_that_is_cut_silent_slow_or_late_loses_and_doubles_nothing() -> None:
    harms = networks.HARMS
    assert sound(await networks.trouble(*harms)(len(harms), random.Random(SEED)))


async def test_a_disk_that_is_full_readonly_failing_or_slow_loses_and_doubles_nothing() -> None:
    assert sound(await disks.trouble(*ILLNESSES)(len(ILLNESSES), random.Random(SEED)))


async def test_a_copy_of_the_folder_taken_under_load_and_put_back_has_all_there_was() -> None:
    assert sound(await backups(2, random.Random(SEED)))
