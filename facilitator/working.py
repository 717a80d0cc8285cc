"""What is done soon, without anybody waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

working: set[asyncio.Task[object]] = set()  # kept from the garbage collector until they are done


def start(work: Coroutine[Any, Any, object]) -> None:
    task = asyncio.get_running_loop().create_task(work)
    working.add(task)
    task.add_done_callback(working.discard)
