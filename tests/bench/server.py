"""Servers under measurement: each a process on a core of its own, on loopback, ended by itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

LEADER_KEY = "abcdefghij0123456789ABCDEFGHIJ01"
START_LIMIT = 30.0  # seconds


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    origin: str
    folder: Path
    started: float = 0.0  # seconds from its start to its first page

    @property
    def cpu(self) -> float:
        """Seconds of CPU its threads have used."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    @property
    def memory(self) -> int:
        """Bytes of memory it holds."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    @property
    def port(self) -> int:
        return int(self.origin.rpartition(":")[2])

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def ours(
    folder: Path | None = None, port: int = 0, module: str = "facilitator"
) -> Iterator[Server]:
    """The real app on a data folder, a fresh one unless one is given."""
    with tempfile.TemporaryDirectory(prefix="bench-") as fresh:
        data, port = folder or Path(fresh), port or free_port()
        options = ["--host=127.0.0.1", f"--port={port}", f"--data={data}", "--no-browser"]
        with _running([module, *options], port, data) as server:
            yield server


@contextmanager
def reference(kind: str) -> Iterator[Server]:
    """`bare` python-socketio, or an `empty` NiceGUI app."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        command = [f"tests.bench.{kind}", str(port), folder]
        with _running(command, port, Path(folder)) as server:
            yield server


@contextmanager
def _running(module: list[str], port: int, folder: Path) -> Iterator[Server]:
    environ = {**os.environ, "FACILITATOR_LEADER_KEY": LEADER_KEY}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed app is compiled, as NiceGUI is
    began, origin = monotonic(), f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", *module], env=environ, stdout=subprocess.DEVNULL
    )
    server = Server(process, origin, folder)
    try:
        pin(process.pid, 0)
        _await_page(process, origin)
        server.started = monotonic() - began
        yield server
    finally:
        server.stop()


def _await_page(process: subprocess.Popen[bytes], origin: str) -> None:
    end = monotonic() + START_LIMIT
    while monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(origin, timeout=START_LIMIT):
            return
        sleep(0.005)
    raise RuntimeError(f"{origin} does not start")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def pin(process: int, core: int) -> None:
    """Keep a process on one of our cores, where the system lets us."""
    if _CORES:
        os.sched_setaffinity(process, {_CORES[core]})


_CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
