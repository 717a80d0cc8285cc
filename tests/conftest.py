"""The running app, for the tests that need all of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server import Server, free_port
from tests.visitor import FORM, Visitor


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stories", type=int, default=1, help="how many times as many random stories")


@pytest.fixture(scope="module")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Started once for a module. Who kills it starts it again."""
    server = Server(tmp_path_factory.mktemp("app") / "data", free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def leader(app_server: Server) -> Visitor:
    return Visitor(app_server).lead()


@pytest.fixture
def stranger(app_server: Server) -> Visitor:
    return Visitor(app_server)


@pytest.fixture
def meeting(leader: Visitor) -> str:
    """The id of a planned meeting."""
    return leader.post("/new", FORM).to.removeprefix("/lead/")
