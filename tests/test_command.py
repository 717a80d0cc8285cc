"""The command line: what is said there counts, then the environment, then what is usual."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator import command
from facilitator.command import CannotStart, Settings, read_settings
from tests.server import free_port

KEY = "abcdefghij0123456789"


@pytest.fixture(autouse=True)
def usual(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine with one address, a free usual port and a folder for data."""
    monkeypatch.setattr(command, "PORT", free_port())
    monkeypatch.setattr(command, "addresses", lambda: ["192.168.1.20", "10.0.0.2"])
    monkeypatch.setattr(command.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "usual")
    return iter(())


def settings(*argv: str, **environ: str) -> Settings:
    return read_settings(argv, {f"FACILITATOR_{k}": v for k, v in environ.items()})


def test_without_a_word_everybody_in_the_room_can_reach_it(tmp_path: Path) -> None:
    usual = settings()
    assert (usual.host, usual.port, usual.browser) == ("0.0.0.0", command.PORT, True)
    assert usual.data == tmp_path / "usual"
    assert usual.url == f"http://192.168.1.20:{command.PORT}"
    assert usual.address == f"192.168.1.20:{command.PORT}"
    assert (usual.leader_key, usual.proxy) == ("", "")


def test_the_environment_says_what_the_command_line_does_not(tmp_path: Path) -> None:
    port = free_port()
    given = settings(
        HOST="127.0.0.1",
        PORT=str(port),
        DATA=str(tmp_path / "env"),
        URL="https://mote.example.no/",
        NO_BROWSER="1",
        LEADER_KEY=KEY,
        PROXY="10.0.0.1",
    )
    named = (tmp_path / "env", "https://mote.example.no")
    assert given == Settings("127.0.0.1", port, *named, False, KEY, given.lang, "10.0.0.1")


def test_the_command_line_goes_before_the_environment(tmp_path: Path) -> None:
    port, other = str(free_port()), str(free_port())
    given = settings(
        *("--host", "127.0.0.1", "--port", port, "--data", str(tmp_path / "line")),
        *("--url", "http://line:1"),
        HOST="0.0.0.0",
        PORT=other,
        DATA=str(tmp_path / "env"),
        URL="http://env:2",
    )
    assert (given.host, given.port, given.url) == ("127.0.0.1", int(port), "http://line:1")
    assert given.data == tmp_path / "line"


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    given = settings(HOST="", PORT="", DATA="", URL="", NO_BROWSER="")
    assert given == settings()


@pytest.mark.parametrize(
    ("said", "opens"), [("1", False), ("true", False), ("0", True), ("no", True), ("False", True)]
)
def test_a_no_to_no_browser_is_a_yes(said: str, opens: bool) -> None:
    assert settings(NO_BROWSER=said).browser is opens


def test_the_leaders_key_is_never_on_the_command_line() -> None:
    """Where everybody on the machine could read it."""
    with pytest.raises(SystemExit):
        settings("--leader-key", KEY)


@pytest.mark.parametrize(
    "key", ["x", KEY[:-1], "a" * 19, "pass phrase with spaces", KEY + "ø", KEY + "/"]
)
def test_a_weak_key_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(CannotStart, match="FACILITATOR_LEADER_KEY") as told:
        settings(LEADER_KEY=key)
    assert key not in str(told.value) or key == "x"


def test_a_key_of_twenty_letters_and_digits_will_do() -> None:
    assert settings(LEADER_KEY=KEY).leader_key == KEY


@pytest.mark.parametrize("port", ["eight", "80 80", "1.5"])
def test_a_port_that_is_no_number_is_said_so(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    for argv, environ in ((["--port", port], {}), ([], {"PORT": port})):
        with pytest.raises(SystemExit) as ended:
            settings(*argv, **environ)
        assert ended.value.code != 0
        assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "99999999999"])
def test_a_port_that_cannot_be_is_said_so(port: str) -> None:
    with pytest.raises(CannotStart, match="port"):
        settings("--port", port)


def test_a_taken_port_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=str(port)):
            settings("--host", "127.0.0.1", "--port", str(port))


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(CannotStart, match=str(folder)):
            settings("--data", str(folder))


def test_the_folder_is_made_for_its_owner_alone_and_left_empty(tmp_path: Path) -> None:
    settings("--data", str(tmp_path / "deep" / "data"))
    assert (tmp_path / "deep" / "data").stat().st_mode & 0o777 == 0o700
    assert list((tmp_path / "deep" / "data").iterdir()) == []


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("nn_NO.UTF-8", "nn"), ("nb_NO.UTF-8", "nb"), ("no_NO", "nb"), ("en_GB", "en"), ("C", "en")],
)
def test_the_terminal_is_spoken_to_in_its_language(locale: str, lang: str) -> None:
    assert read_settings([], {"LANG": locale}).lang == lang


def test_the_greeting_gives_the_leader_a_link_and_the_phones_an_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = settings("--port", str(port := free_port()))
    given.greet(KEY)
    printed = capsys.readouterr().out
    assert f"http://localhost:{port}/leader/{KEY}" in printed
    assert f"http://192.168.1.20:{port}\n" in printed
    assert f"http://10.0.0.2:{port}" in printed
    assert str(given.data) in printed


def test_listening_on_this_machine_alone_offers_no_other_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings("--host", "127.0.0.1").greet(KEY)
    assert "192.168.1.20" not in capsys.readouterr().out
