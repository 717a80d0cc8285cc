from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.server import free_port

from .stage import Stage


@pytest.fixture
def stage(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """`request.param`: the address of a proxy that is believed."""
    with sync_playwright() as playwright:
        proxy = getattr(request, "param", "")
        stage = Stage(playwright, tmp_path / "data", free_port(), proxy)
        try:
            yield stage
        finally:
            stage.end()
