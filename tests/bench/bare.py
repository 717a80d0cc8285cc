"""A reference: python-socketio and nothing else. `python -m tests.bench.bare PORT FOLDER`

It broadcasts what it is told to, and stores a line before it answers. The server's settings are
those of the app.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import socketio
import uvicorn


def main(port: int, folder: Path) -> None:
    sio = socketio.AsyncServer(async_mode="asgi")
    file = os.open(folder / "lines", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    @sio.on("connect", namespace="/m")
    async def connect(sid: str, environ: Any, auth: Any = None) -> None:
        pass

    @sio.on("broadcast", namespace="/m")
    async def broadcast(sid: str, message: str) -> bool:
        await sio.emit("patch", message, namespace="/m")
        return True

    @sio.on("store", namespace="/m")
    async def store(sid: str, line: str) -> str:
        os.write(file, line.encode())
        os.fsync(file)
        return line

    app = socketio.ASGIApp(sio, _page, socketio_path="/_nicegui_ws/socket.io")
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        log_level="warning",
        ws="wsproto",
        ws_per_message_deflate=False,
    )


async def _page(scope: Any, receive: Any, send: Any) -> None:
    """What shows that it has started."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
