"""Wrong codes are slowed down: of a browser, a network, and all; who scans comes in at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.brakes import FORGET, Asker, Brake, Guesses, network
from facilitator.core.code import ALPHABET, CODE_LENGTH
from facilitator.core.meeting import Refused
from facilitator.house import House
from tests.gathering import Gathering
from tests.short import short_meeting
from tests.test_channel import refused

ME = Asker("mine", "10.0.0.1")


class Time:
    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def time() -> Time:
    return Time()


def codes(count: int) -> list[str]:
    """Different codes, counted up."""
    letters = len(ALPHABET)
    return [
        "".join(ALPHABET[n // letters**place % letters] for place in range(CODE_LENGTH))
        for n in range(count)
    ]


# The brake


def test_so_many_at_once_and_then_one_after_the_other(time: Time) -> None:
    brake = Brake(5, 60.0, time)
    assert [brake.takes("a") for _ in range(7)] == [True] * 5 + [False] * 2
    assert brake.takes("b")
    time.at += 13
    assert [brake.takes("a") for _ in range(2)] == [True, False]
    time.at += 60
    assert [brake.takes("a") for _ in range(6)] == [True] * 5 + [False]


def test_a_large_one_counts_for_several(time: Time) -> None:
    brake = Brake(10, 10.0, time)
    assert brake.takes("a", 9)
    assert [brake.takes("a") for _ in range(2)] == [True, False]


def test_whatever_is_asked_nobody_waits_for_longer_than_it_takes_to_rest(time: Time) -> None:
    brake = Brake(5, 60.0, time)
    for _ in range(10_000):
        brake.count("a")
    time.at += 12.1
    assert brake.takes("a")


def test_a_clock_that_is_set_back_holds_nobody_for_longer(time: Time) -> None:
    brake = Brake(5, 60.0, time)
    for _ in range(5):
        brake.count("a")
    time.at -= 3600
    assert not brake.takes("a")
    time.at += 61
    assert brake.takes("a")


def test_it_forgets_who_has_had_their_rest(time: Time) -> None:
    brake = Brake(5, 60.0, time)
    for number in range(20 * FORGET):
        time.at += 0.1
        brake.count(number)
    assert len(brake._rested) <= 2 * FORGET


@pytest.mark.parametrize(
    ("host", "called"),
    [
        ("192.168.1.20", "192.168.1.20"),
        ("::ffff:192.168.1.20", "192.168.1.20"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("<script>", "<script>"),
    ],
)
def test_a_household_is_one_network(host: str, called: str) -> None:
    assert network(host) == called


# Guessing


@pytest.fixture
def house(tmp_path: Path, time: Time) -> House:
    return House(tmp_path / "data", now=time)


async def looked_at(house: House, time: Time, who: Callable[[int], Asker], seconds: float) -> int:
    """How many of a hundred thousand guesses in that time were looked at, and found none."""
    code = house.listing(await house.plan(short_meeting())).code
    looked = 0
    for number, guess in enumerate(codes(100_000)):
        time.at += seconds / 100_000
        try:
            assert guess == code or house.led_to(guess, who(number)) is None
            looked += 1
        except Refused:
            pass
    return looked


async def test_a_browser_guesses_ten_times_a_minute(house: House, time: Time) -> None:
    assert await looked_at(house, time, lambda _: ME, 600) <= 10 + 10 * 10 + 1


async def test_a_network_whose_browsers_are_always_new_sixty_times(
    house: House, time: Time
) -> None:
    looked = await looked_at(house, time, lambda n: Asker(str(n), "10.0.0.1"), 600)
    assert looked <= 60 + 10 * 60 + 1


async def test_all_the_networks_of_the_world_six_hundred_times(house: House, time: Time) -> None:
    looked = await looked_at(house, time, lambda n: Asker(str(n), str(n)), 600)
    assert looked <= 600 + 10 * 600 + 1


async def test_who_scans_and_who_is_in_come_in_whoever_guesses(house: House, time: Time) -> None:
    meeting = await house.plan(short_meeting())
    code, scanned = house.listing(meeting).code, house.scanned(meeting)
    live = house.live(meeting)
    await live.do(house.person(meeting, "siri"), "siri/1.1", "join", {"name": "Siri"})
    for guess in codes(2000):
        assert house.by_code(guess) is None
        while not house.guesses.held(ME):
            house.led_to(guess, ME)
    for new in range(300):
        assert house.led_to(scanned, Asker(str(new), ME.network)) == meeting
        assert house.led_to(scanned.lower(), ME) == meeting
    assert house.led_to(code, Asker("siri", ME.network)) == meeting
    assert house.led_to(code, Asker("elsewhere", "10.0.0.2")) == meeting


async def test_a_guesser_is_not_told_when_a_code_was_right(house: House) -> None:
    meeting = await house.plan(short_meeting())
    while not house.guesses.held(ME):
        house.led_to("AAAAAA", ME)
    for code in (house.listing(meeting).code, "AAAAAA"):
        with pytest.raises(Refused):
            house.led_to(code, ME)


async def test_right_codes_never_count(house: House) -> None:
    code = house.listing(await house.plan(short_meeting())).code
    for _ in range(2000):
        assert house.led_to(code, ME)
    assert not house.guesses.held(ME)


async def test_a_scanned_code_is_of_one_meeting_alone_and_no_part_of_it_is_enough(
    house: House,
) -> None:
    one, other = await house.plan(short_meeting()), await house.plan(short_meeting())
    scanned, foreign = house.scanned(one), house.scanned(other)
    assert len(scanned) == CODE_LENGTH + 8
    for wrong in (
        scanned[:-1],
        scanned + "A",
        scanned[:6] + foreign[6:],
        foreign[:6] + scanned[6:],
    ):
        assert house.by_code(wrong) is None
    assert House(house.folder).scanned(one) == scanned


# Moving to a new phone


async def test_the_code_of_a_new_phone_is_not_guessed_either(tmp_path: Path) -> None:
    gathering = Gathering(tmp_path / "data")
    await gathering.begin()
    lead, [ola] = await gathering.led("lead"), await gathering.joined("ola")
    await lead.do("offer_move", who=ola.me)
    await gathering.calm()
    right = gathering.live.meeting.moving.code
    stranger, new = await gathering.phone("stranger"), await gathering.phone("new")
    answers = [await stranger.do("move_here", code=code) for code in codes(12)]
    assert answers == [refused("wrong_code")] * Guesses.BROWSER + [refused("wait")] * 2
    assert await stranger.do("move_here", code=right) == refused("wait")
    assert "stored" in await stranger.do("join", name="Eva")
    assert "stored" in await new.do("move_here", code=right)
