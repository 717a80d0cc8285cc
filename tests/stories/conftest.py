"""How many stories are told, and what is kept of them when it is more than `make test` tells."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest

from tests.kept import keep

from .people import AnyMeeting


@pytest.fixture(scope="session")
def stories(request: pytest.FixtureRequest) -> Iterator[int]:
    times = int(request.config.getoption("--stories"))
    failed, start = request.session.testsfailed, perf_counter()
    yield times
    failed = request.session.testsfailed - failed
    told, sent, accepted = (AnyMeeting.counted[one] for one in ("stories", "sent", "accepted"))
    ours = f"{told} stories, {sent} sendings, {accepted} accepted, {perf_counter() - start:.0f} s"
    print(f"\n{ours}, {failed} failures")
    if times > 1:
        row = {"name": "stories", "what": "random people and verbs", "ours": ours}
        keep("stories", row | {"bar": "only Refused, all promises kept", "holds": not failed})
