"""A network between one phone and the server that can fall silent: nothing closes or comes."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Wire:
    """Forwards one loopback port to another, unless it is `silent`."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._heard = threading.Event()
        self._heard.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def fall_silent(self) -> None:
        self._heard.clear()

    def speak_again(self) -> None:
        self._heard.set()

    def close(self) -> None:
        self._heard.set()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self._heard.wait()
        try:
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            near.close()
            return
        threading.Thread(target=self._carry, args=(near, far), daemon=True).start()
        threading.Thread(target=self._carry, args=(far, near), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._heard.wait()
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.close()
