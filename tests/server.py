"""The real app in a process of its own, to be opened, killed and started again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar
from urllib.error import URLError
from urllib.request import urlopen

KEY = "thekeyoftheleaderinthetests"
ROOT = Path(__file__).parent.parent


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Server:
    """`python -m facilitator` on a folder and a port of its own."""

    module = "facilitator"  # or one that starts it otherwise
    environ: ClassVar[dict[str, str]] = {"FACILITATOR_LEADER_KEY": KEY}

    def __init__(
        self, folder: Path, port: int, url: str = "", root: Path = ROOT, proxy: str = ""
    ) -> None:
        self.folder, self.port, self._root, self._proxy = folder, port, root, proxy
        self.url = url or f"http://127.0.0.1:{port}"
        self.leader_url = f"{self.url}/leader/{KEY}"
        self._log = folder.with_name(folder.name + ".log")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start, and wait until the first page is served."""
        command = [sys.executable, "-m", self.module, "--no-browser", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--url", self.url, "--data", str(self.folder)]
        command += ["--proxy", self._proxy] if self._proxy else []
        environ = {**os.environ, **self.environ, "PYTHONPATH": str(self._root)}
        environ.pop("PYTEST_CURRENT_TEST", None)  # NiceGUI would think it was being tested
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, env=environ, stdout=log, stderr=log
            )
        self._wait()

    def kill(self) -> None:
        """As when the plug is pulled: kill -9."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def log(self) -> str:
        """What the app has printed, over all its starts."""
        return self._log.read_text(encoding="utf-8")

    def kept(self) -> dict[str, bytes]:
        """All that it has stored, by file."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}

    def memory(self) -> int:
        """Bytes of memory it holds."""
        pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="utf-8").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            assert self._process is not None
            assert self._process.poll() is None, self.log()
            try:
                with urlopen(f"http://127.0.0.1:{self.port}", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.05)
        raise TimeoutError(self.log())
