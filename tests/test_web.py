"""What stands around a page's request does not stay with the page."""

from __future__ import annotations

import gc
from typing import Any
from weakref import ref

from starlette.types import Message, Receive, Scope, Send

from facilitator.web import LetGo


class Around:
    """A layer further out, with a page in its hands."""

    async def receive(self) -> Message:
        return {"type": "http.request"}

    async def send(self, message: Message) -> None:
        self.sent = message


async def test_a_kept_request_keeps_nothing_that_stood_around_it() -> None:
    kept: list[Any] = []

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        kept.extend((scope, receive, send))
        await send(await receive())

    around = Around()
    scope = {"type": "http", "headers": [], "fastapi_stack": object()}
    await LetGo(page)(scope, around.receive, around.send)
    assert around.sent == {"type": "http.request"}
    gone = ref(around)
    del around
    gc.collect()
    assert gone() is None
    assert kept[0] == {"type": "http", "headers": []}
