"""Is all ready? Each fact that could stop a meeting becomes a point that says what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from facilitator.core.text import LANGS, Lang
from facilitator.readiness import (
    LITTLE,
    MB,
    SLACK,
    VERDICTS,
    Arrival,
    Damage,
    Facts,
    Point,
    phone,
    points,
    worst,
)
from facilitator.texts import TEXTS

NOW = datetime(2026, 11, 30, 14, 3).timestamp()
WELL = Facts(
    folder="/data",
    refuses="",
    shared=False,
    room=84_000 * MB,
    damaged=(),
    key_is_weak=False,
    program="none",
    port=8080,
    port_is_taken=False,
    only_here=False,
    addresses=("192.168.1.20",),
    url="http://192.168.1.20:8080",
    url_is_given=False,
    firewall="none",
    now=NOW,
    newest=NOW - 60,
    browser=True,
)

# What is otherwise; how bad that is; what is said, and what is to be done.
AMISS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "unwritable": (
        {"refuses": "Permission denied"},
        "wrong",
        "cannot write in /data: Permission denied",
        "choose another with --data",
    ),
    "little room": ({"room": LITTLE - 1}, "look", "only 199\u00a0MB free", "Empty the bin"),
    "shared": ({"shared": True}, "look", "Others on this computer can read", "Start the program"),
    "a damaged meeting": (
        {"damaged": (Damage("/data/meetings/1.journal", "Team time"),)},
        "wrong",
        "“Team time” cannot be opened",
        "Restore /data/meetings/1.journal from a backup",
    ),
    "a damaged list": (
        {"damaged": (Damage("/data/catalogue.journal"),)},
        "wrong",
        "The list of meetings is damaged",
        "Restore /data/catalogue.journal from a backup",
    ),
    "a weak key": ({"key_is_weak": True}, "wrong", "FACILITATOR_LEADER_KEY needs at least 20", ""),
    "in use": ({"program": "elsewhere"}, "wrong", "program is using /data", "end it first"),
    "port taken": ({"port_is_taken": True}, "wrong", "Port 8080 is taken", "another with --port"),
    "no network": ({"addresses": ()}, "wrong", "is on no network", "Connect it to the same Wi-Fi"),
    "only here": ({"only_here": True}, "wrong", "on this computer only", "without --host"),
    "an address of this machine": (
        {"url": "http://localhost:8080", "url_is_given": True},
        "wrong",
        "it works on this computer only",
        "without --url, or with --url http://192.168.1.20:8080",
    ),
    "an address of yesterday": (
        {"url": "http://192.168.1.99:8080", "url_is_given": True},
        "wrong",
        "http://192.168.1.99:8080, but the computer has 192.168.1.20",
        "or with --url http://192.168.1.20:8080",
    ),
    "open on the internet": (
        {"url": "http://meeting.example.org", "url_is_given": True},
        "look",
        "over the internet is not encrypted",
        "put TLS in front",
    ),
    "windows": ({"firewall": "windows"}, "look", "A firewall is on", "choose “Allow”"),
    "mac": ({"firewall": "mac"}, "look", "A firewall is on", "Open System Settings"),
    "ufw": ({"firewall": "ufw"}, "look", "A firewall is on", "sudo ufw allow 8080/tcp"),
    "firewalld": ({"firewall": "firewalld"}, "look", "A firewall is on", "--add-port=8080/tcp"),
    "clock": (
        {"newest": NOW + SLACK + 1},
        "wrong",
        "Monday, 30 November 2026, 14:03. That is before something already stored",
        "Set the clock",
    ),
    "no browser": ({"browser": False}, "look", "finds no browser", "Install Firefox"),
}


def test_where_all_is_well_every_point_says_so() -> None:
    found = points(WELL, "en")
    assert [point.state for point in found] == ["fine"] * 6
    assert [point.do for point in found] == [""] * 6
    assert worst(found) == "fine"
    assert "84\u00a0GB free" in found[0].what


@pytest.mark.parametrize("amiss", AMISS)
def test_what_is_amiss_is_said_with_what_to_do(amiss: str) -> None:
    changes, state, what, do = AMISS[amiss]
    found = points(replace(WELL, **changes), "en")
    [point] = [point for point in found if point.state != "fine"]
    assert point.state == worst(found) == state
    assert what in point.what
    assert do in point.do
    assert bool(point.do) is bool(do)


@pytest.mark.parametrize("lang", LANGS)
def test_every_point_is_said_in_every_language(lang: Lang) -> None:
    for changes, state, what, _ in AMISS.values():
        [point] = [p for p in points(replace(WELL, **changes), lang) if p.state != "fine"]
        assert point.state == state
        assert (what in point.what) is (lang == "en")


def test_the_program_itself_has_the_port_and_the_folder() -> None:
    found = points(replace(WELL, program="here", browser=None), "en")
    assert worst(found) == "fine"
    assert "The program runs on port 8080." in [point.what for point in found]


def test_behind_tls_neither_the_own_address_nor_the_firewall_counts() -> None:
    hosted = replace(
        WELL,
        url="https://meeting.example.org",
        url_is_given=True,
        only_here=True,
        addresses=("10.0.0.7",),
        firewall="ufw",
    )
    found = points(hosted, "en")
    assert worst(found) == "fine"
    assert "encrypted (https)" in " ".join(point.what for point in found)
    assert "10.0.0.7" not in " ".join(point.do for point in found)


def test_other_addresses_are_told_of_in_case_no_phone_comes() -> None:
    found = points(replace(WELL, addresses=("192.168.1.20", "10.0.0.2")), "en")
    assert worst(found) == "fine"
    [do] = [point.do for point in found if point.do]
    assert do.endswith("--url: 10.0.0.2")


def test_once_a_phone_is_through_neither_network_nor_firewall_is_in_doubt() -> None:
    doubtful = replace(WELL, only_here=True, firewall="windows")
    assert worst(points(doubtful, "en")) == "wrong"
    assert worst(points(doubtful, "en", reached=True)) == "fine"


def test_a_clock_may_be_a_little_behind() -> None:
    assert worst(points(replace(WELL, newest=NOW + SLACK), "en")) == "fine"


def test_the_worst_stands_on_top() -> None:
    states = [Point(state, "") for state in ("fine", "wait", "look", "wrong")]
    assert [worst(states[: n + 1]) for n in range(4)] == [point.state for point in states]
    assert set(VERDICTS) == {point.state for point in states}
    assert all(key in TEXTS for key in VERDICTS.values())


# Does a phone come through?


def arrived(here: bool = False, met: bool = True) -> Arrival:
    return Arrival(NOW, "192.168.1.23", here, met)


def test_a_phone_that_came_is_said_with_its_time_and_address() -> None:
    told = phone(arrived(), waited=True, lang="en")
    assert told == Point("fine", "A phone got through at 14:03 (from 192.168.1.23).")
    assert "14.03 (frå 192.168.1.23)" in phone(arrived(), waited=True, lang="nn").what


def test_first_one_waits_and_then_is_told_what_it_may_be() -> None:
    assert phone(None, waited=False, lang="en") == Point("wait", "No phone has come through yet.")
    told = phone(None, waited=True, lang="en")
    assert told.state == "look"
    assert "same Wi-Fi" in told.do
    assert "guest network" in told.do


def test_the_machine_itself_is_no_phone() -> None:
    told = phone(arrived(here=True), waited=True, lang="en")
    assert told.state == "look"
    assert "192.168.1.23" not in told.what


def test_a_page_without_its_socket_is_half_the_way() -> None:
    told = phone(arrived(met=False), waited=True, lang="en")
    assert told.state == "look"
    assert "did not connect" in told.what
    assert "VPN" in told.do
