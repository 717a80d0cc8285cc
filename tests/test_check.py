"""`facilitator check` as people run it: in a process, on folders and ports that are as they are."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from pathlib import Path
from socket import create_server
from types import SimpleNamespace

import pytest

from facilitator import addresses as addresses_module
from facilitator import machine
from facilitator.archive import lock
from facilitator.command import read_settings
from facilitator.house import House
from tests.server import ROOT, Server, free_port
from tests.short import short_meeting


class Checked:
    """What it printed, and whether it said that a meeting can start."""

    def __init__(self, data: Path, *argv: str, port: int = 0, **environ: str) -> None:
        command = [sys.executable, "-m", "facilitator", "check", "--data", str(data)]
        command += ["--port", str(port or free_port()), *argv]
        given = {**os.environ, "LANG": "en", "LC_ALL": "en", "PYTHONPATH": str(ROOT), **environ}
        given = {k: v for k, v in given.items() if not k.startswith("FACILITATOR_") or k in environ}
        ran = subprocess.run(
            command, env=given, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert ran.stderr == ""
        self.ready, self.text = ran.returncode == 0, ran.stdout
        self.wrong = [line for line in self.text.splitlines() if line.startswith("✗")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
async def meeting(folder: Path) -> Path:
    """The file of the one meeting of a house that is closed."""
    house = House(folder)
    return folder / "meetings" / f"{await house.plan(short_meeting('Teamtid'))}.journal"


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = {p for p in folder.rglob("*") if p.is_file()}
    return {str(p): (p.stat().st_mode, p.read_bytes()) for p in files}


def test_a_new_machine_is_looked_at_and_nothing_is_made(folder: Path) -> None:
    checked = Checked(folder)
    assert f"✓ Meetings are stored in {folder}." in checked.text
    assert "is free." in checked.text
    assert not folder.exists()


async def test_it_changes_nothing(folder: Path, meeting: Path) -> None:
    with meeting.open("ab") as file:
        file.write(b"torn by a cra")
    before = contents(folder)
    checked = Checked(folder)
    assert not [line for line in checked.wrong if "Teamtid" in line], "a torn end is no damage"
    assert contents(folder) == before


def test_a_port_that_another_program_has(folder: Path) -> None:
    with create_server(("0.0.0.0", 0)) as taken:
        checked = Checked(folder, port=taken.getsockname()[1])
    assert not checked.ready
    assert "✗ Port " in checked.text
    assert "  → Choose another with --port" in checked.text


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    checked = Checked(tmp_path / "file" / "below")
    assert not checked.ready
    assert f"✗ The program cannot write in {tmp_path / 'file' / 'below'}: " in checked.text


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_is_read_only(folder: Path) -> None:
    folder.mkdir(mode=0o500)
    assert "✗ The program cannot write in" in Checked(folder).text


@pytest.mark.skipif(os.name != "posix", reason="rights of others are read on POSIX alone")
def test_a_folder_that_others_can_read(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    assert f"! Others on this computer can read in {folder}." in Checked(folder).text
    folder.chmod(0o700)
    assert "Others on this computer" not in Checked(folder).text


async def test_a_folder_that_another_program_uses(folder: Path, meeting: Path) -> None:
    held = lock(folder / "lock")
    try:
        checked = Checked(folder)
        assert not checked.ready
        assert f"✗ Another program is using {folder}." in checked.text
    finally:
        os.close(held)
    assert "Another program" not in Checked(folder).text


async def test_a_meeting_that_is_damaged_is_named(folder: Path, meeting: Path) -> None:
    meeting.write_bytes(meeting.read_bytes().replace(b"Teamtid", b"Rubbish"))
    before = contents(folder)
    checked = Checked(folder)
    assert not checked.ready
    assert "✗ The meeting “Teamtid” cannot be opened" in checked.text
    assert f"  → Restore {meeting} from a backup." in checked.text
    assert contents(folder) == before


async def test_a_meeting_whose_file_is_gone_is_named(folder: Path, meeting: Path) -> None:
    meeting.unlink()
    assert "✗ The meeting “Teamtid” cannot be opened" in Checked(folder).text


async def test_a_list_that_is_damaged(folder: Path, meeting: Path) -> None:
    (folder / "catalogue.journal").write_bytes(b"rubbish\n")
    checked = Checked(folder)
    assert not checked.ready
    assert "✗ The list of meetings is damaged." in checked.text


async def test_a_clock_that_has_gone_back(
    folder: Path, meeting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = read_settings(["--data", str(folder), "--port", str(free_port())], {})
    assert machine.look(settings).now >= machine.look(settings).newest
    monkeypatch.setattr(machine.time, "time", lambda: 1_000_000_000.0)
    facts = machine.look(settings)
    assert facts.now < facts.newest


def test_the_program_that_runs_there_is_no_stranger(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", free_port())
    server.start()
    try:
        there = ("--host", "127.0.0.1")
        checked = Checked(server.folder, *there, port=server.port)
        other = Checked(tmp_path / "other", *there, port=server.port)
    finally:
        server.stop()
    assert f"✓ The program runs on port {server.port}." in checked.text
    assert f"✗ Port {server.port} is taken" in other.text, "it runs there with another folder"


def test_a_weak_key_is_said_and_not_repeated(folder: Path) -> None:
    checked = Checked(folder, FACILITATOR_LEADER_KEY="hush")
    assert not checked.ready
    assert "✗ FACILITATOR_LEADER_KEY needs" in checked.text
    assert "hush" not in checked.text


@pytest.mark.parametrize("lang", ["nn", "da"])
def test_it_speaks_the_language_it_is_asked_to(folder: Path, lang: str) -> None:
    words = {"nn": "Møta blir lagra i", "da": "Møderne gemmes i"}
    assert words[lang] in Checked(folder, "--lang", lang).text
    assert words[lang] in Checked(folder, LC_ALL=f"{lang}_XX").text


def test_a_terminal_without_the_signs_still_gets_the_words(folder: Path) -> None:
    checked = Checked(folder, PYTHONIOENCODING="ascii")
    assert f"? Meetings are stored in {folder}." in checked.text


# What the machine is like


def looked(folder: Path) -> machine.Facts:
    return machine.look(read_settings(["--data", str(folder), "--port", str(free_port())], {}))


def test_an_address_that_a_machine_gives_itself_is_no_network(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "addresses", lambda: ["192.168.1.20", "169.254.7.7"])
    assert looked(folder).addresses == ("192.168.1.20",)


def test_an_adapter_whose_cable_is_out_has_no_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, state in (("wlan0", "up"), ("eth0", "down")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "operstate").write_text(f"{state}\n")
    ip = {"wlan0": "192.168.1.20", "eth0": "192.168.2.20", "elsewhere": "10.0.0.2"}
    adapters = [SimpleNamespace(name=n, ips=[SimpleNamespace(ip=a)]) for n, a in ip.items()]
    monkeypatch.setattr(addresses_module, "LINUX", tmp_path)
    monkeypatch.setattr(addresses_module.ifaddr, "get_adapters", lambda: adapters)
    assert addresses_module.addresses() == ["192.168.1.20", "10.0.0.2"]


@pytest.mark.skipif(sys.platform != "linux", reason="the firewalls of Linux")
def test_a_firewall_is_seen_where_it_can_be(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"is": ""}
    monkeypatch.setattr(machine, "UFW", tmp_path / "ufw.conf")
    monkeypatch.setattr(machine, "_output", lambda *_: said["is"])
    assert looked(folder).firewall == "none"
    said["is"] = "active"
    assert looked(folder).firewall == "firewalld"
    for word, seen in (("yes", "ufw"), ("no", "firewalld")):
        machine.UFW.write_text(f"ENABLED={word}\n")
        assert looked(folder).firewall == seen


@pytest.mark.parametrize(
    ("name", "shows"), [("firefox", True), ("/usr/bin/lynx", False), (None, False)]
)
def test_a_browser_has_a_window(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str | None, shows: bool
) -> None:
    def get() -> SimpleNamespace:
        if name is None:
            raise webbrowser.Error
        return SimpleNamespace(name=name)

    monkeypatch.setattr(machine.webbrowser, "get", get)
    assert looked(folder).browser is shows


def test_an_address_that_was_not_asked_for_is_none_of_ones_own(folder: Path) -> None:
    def url_is_given(*argv: str) -> bool:
        given = ["--data", str(folder), "--port", str(free_port()), *argv]
        return machine.look(read_settings(given, {})).url_is_given

    assert not url_is_given()
    assert url_is_given("--url", "http://192.168.1.99:1")
