"""A rehearsal that waits after each state, so that its screens can be looked at."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .server import KEY, ROOT, free_port


class Walk:
    """`python -m facilitator rehearse --auto --watch`, led on by asking for the next state."""

    def __init__(self, folder: Path, recipe: str = "bti-system", lang: str = "nn") -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.leader_url = f"{self.url}/leader/{KEY}"
        command = [sys.executable, "-m", "facilitator", "rehearse", "--auto", "--watch"]
        command += ["--recipe", recipe, "--lang", lang, "--no-browser", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--url", self.url]
        environ = {**os.environ, "FACILITATOR_LEADER_KEY": KEY, "PYTHONPATH": str(ROOT)}
        environ.pop("PYTEST_CURRENT_TEST", None)  # NiceGUI would think it was being tested
        folder.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lead, self.room = (self._until(f"{self.url}/{screen}/") for screen in ("lead", "room"))

    def states(self) -> Iterator[str]:
        """Each state stands as long as the caller looks at it."""
        while name := self._out.readline().strip():
            yield name
            if name == "closed":
                return
            self._in.write("\n")
            self._in.flush()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._in.close()
        self._out.close()

    @property
    def _in(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _out(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout

    def _until(self, start: str) -> str:
        while line := self._out.readline():
            if line.startswith(start):
                return line.strip().removeprefix(self.url)
        raise RuntimeError("the rehearsal ended before it began")
