"""A browser without a screen: cookies and pages, one request at a time, no redirects followed."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.server import Server

FORM = {"recipe": "short", "name": "Teammøte", "leader": "Kari", "lang": "nn"}


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()

    @property
    def to(self) -> str:
        """Where it leads."""
        return str(self.headers["location"])


class Visitor:
    def __init__(self, server: Server, lang: str = "en") -> None:
        self._server, self._lang = server, lang
        self.cookies: SimpleCookie = SimpleCookie()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={m.value}" for name, m in self.cookies.items())

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(form).encode(), kind)

    def lead(self) -> Visitor:
        self.get(self._server.leader_url.removeprefix(self._server.url))
        return self

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self._server.port, timeout=10)
        sent = {"Accept-Language": self._lang, "Cookie": self.cookie, **headers}
        connection.request(method, path, body, {k.replace("_", "-"): v for k, v in sent.items()})
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        for cookie in response.headers.get_all("set-cookie", ()):
            assert len(cookie) <= 4096, "a browser would not keep such a large cookie"
            self.cookies.load(cookie)
        return answer
