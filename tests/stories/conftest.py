import pytest


@pytest.fixture(scope="session")
def stories(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--stories"))
