"""The app as it is installed: a wheel that carries the three folders as they stand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.server import ROOT


def test_the_wheel_carries_all_that_the_app_needs(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with ZipFile(wheel) as zipped:
        zipped.extractall(tmp_path / "site")
    command = "from facilitator.command import read_settings; read_settings(['--help'])"
    told = subprocess.run(
        [sys.executable, "-c", command],
        cwd=tmp_path / "site",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--no-browser" in told.stdout
    carried = {str(p.relative_to(tmp_path / "site")) for p in (tmp_path / "site").rglob("*")}
    for folder in ("assets", "phases", "facilitator"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix not in ("", ".pyc"):
                assert str(file.relative_to(ROOT)) in carried
