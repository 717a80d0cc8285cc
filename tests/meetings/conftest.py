from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.server import free_port

from .stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with sync_playwright() as playwright:
        stage = Stage(playwright, tmp_path / "data", free_port())
        try:
            yield stage
        finally:
            stage.end()
