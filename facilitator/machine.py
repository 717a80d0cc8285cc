"""What this machine is like just now, for `readiness` to judge. It looks and changes nothing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from .addresses import addresses
from .archive import InUse, Row, Unreadable, lock, peek
from .command import Settings, is_weak, own_url
from .readiness import Damage, Facts

if sys.platform == "win32":
    import winreg

PING = "/hello/ping"
PONG = b"facilitator"
MOST = 200  # meetings looked through where somebody waits for a page
IN_A_TERMINAL = {"browsh", "elinks", "links", "lynx", "w3m", "www-browser"}
UFW = Path("/etc/ufw/ufw.conf")
MAC = "/usr/libexec/ApplicationFirewall/socketfilterfw"

Firewall = Literal["none", "windows", "mac", "ufw", "firewalld"]
Program = Literal["none", "here", "elsewhere"]


def look(settings: Settings, runs: bool = False) -> Facts:
    """`runs`: asked by the program itself, which has the folder and the port."""
    damaged, newest = _meetings(settings.data, MOST if runs else None)
    program, port_is_taken = _program(settings, runs)
    return Facts(
        folder=str(settings.data),
        refuses=_refuses(settings.data),
        shared=_is_shared(settings.data),
        room=_room(settings.data),
        damaged=tuple(damaged),
        key_is_weak=is_weak(settings.leader_key),
        program=program,
        port=settings.port,
        port_is_taken=port_is_taken,
        only_here=settings.host in ("127.0.0.1", "localhost", "::1"),
        addresses=tuple(a for a in addresses() if not ip_address(a).is_link_local),
        url=settings.url,
        url_is_given=settings.url != own_url(settings.host, settings.port),
        firewall=_firewall(),
        now=time.time(),
        newest=max(newest, Path(__file__).stat().st_mtime),
        browser=None if runs else _has_browser(),
    )


def _refuses(folder: Path) -> str:
    """Why nothing can be written there, or to where it would be made."""
    try:
        with tempfile.TemporaryFile(dir=_nearest(folder)) as file:
            file.write(b"?")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _is_shared(folder: Path) -> bool:
    return os.name == "posix" and folder.is_dir() and bool(folder.stat().st_mode & 0o077)


def _room(folder: Path) -> int:
    return shutil.disk_usage(_nearest(folder)).free


def _nearest(folder: Path) -> Path:
    """The folder, or what there is of the way to it."""
    return next(p for p in (folder, *folder.parents) if os.path.exists(p))


def _meetings(folder: Path, most: int | None) -> tuple[list[Damage], float]:
    """The files that cannot be read, and when the newest entry was made. Newest meetings first."""
    listed = folder / "catalogue.journal"
    try:
        rows = list(peek(listed).get("meetings", {}).values()) if listed.exists() else []
    except (Unreadable, OSError):
        return [Damage(str(listed))], 0.0
    damaged, newest = [], 0.0
    for row in islice(reversed(rows), most):
        path = folder / "meetings" / f"{row['id']}.journal"
        try:
            newest = max(newest, *(entry["at"] for entry in _entries(path)))
        except (Unreadable, OSError):
            damaged.append(Damage(str(path), row["title"]))
    return damaged, newest


def _entries(path: Path) -> Iterator[Row]:
    yield {"at": 0.0}
    yield from peek(path).get("log", {}).values()


def _program(settings: Settings, runs: bool) -> tuple[Program, bool]:
    """Whether it runs with this folder, and whether the port is another's."""
    if runs:
        return "here", False
    in_use, free = _is_in_use(settings.data), _is_free(settings)
    here = in_use and not free and _answers(settings)
    return "here" if here else "elsewhere" if in_use else "none", not (free or here)


def _is_in_use(folder: Path) -> bool:
    held = folder / "lock"
    if not held.exists():
        return False
    try:
        os.close(lock(held))
    except InUse:
        return True
    except OSError:
        return False  # that it cannot be written to is another point
    return False


def _is_free(settings: Settings) -> bool:
    try:
        with socket.create_server((settings.host, settings.port), reuse_port=False):
            return True
    except (OSError, OverflowError):
        return False


def _answers(settings: Settings) -> bool:
    """Whether it is this program that has the port."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    connection = HTTPConnection(host, settings.port, timeout=2)
    try:
        connection.request("GET", PING)
        return connection.getresponse().read(len(PONG) + 1) == PONG
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _firewall() -> Firewall:
    """One that is on, as far as can be seen without an administrator's rights."""
    if sys.platform == "win32":
        return "windows" if _windows_says_on() else "none"
    if sys.platform == "darwin":
        return "mac" if "State = 0" not in _output(MAC, "--getglobalstate") else "none"
    with suppress(OSError):
        if "ENABLED=yes" in UFW.read_text(encoding="utf-8"):
            return "ufw"
    return "firewalld" if _output("systemctl", "is-active", "firewalld") == "active" else "none"


if sys.platform == "win32":

    def _windows_says_on() -> bool:
        """For networks that are home's or the office's, or for those of strangers."""
        root = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
        try:
            return any(
                _value(rf"{root}\{profile}", "EnableFirewall")
                for profile in ("StandardProfile", "PublicProfile")
            )
        except OSError:
            return True  # as it usually is

    def _value(path: str, name: str) -> Any:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:
            return winreg.QueryValueEx(key, name)[0]


def _output(*command: str) -> str:
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=3, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.strip()


def _has_browser() -> bool:
    """One with a window; what runs inside a terminal shows no room screen."""
    try:
        browser: Any = webbrowser.get()
    except webbrowser.Error:
        return False
    return Path(str(getattr(browser, "name", ""))).name not in IN_A_TERMINAL
