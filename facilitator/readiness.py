"""Is all ready for a meeting? Facts about the machine in, points in words out.

One judgement for the command (`check.py`) and the page (`pages/check.py`); `machine.py` looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any, Literal
from urllib.parse import urlsplit

from .command import KEY_LENGTH
from .core.text import Lang, say
from .dates import day, time_of_day
from .texts import tell

MB = 1_000_000  # bytes
LITTLE = 200 * MB  # of room on the disk; a meeting takes far less, a full disk takes none
SLACK = 120.0  # seconds by which a clock may go wrong and nobody minds

State = Literal["fine", "look", "wrong", "wait"]
SIGNS: dict[State, str] = {"fine": "✓", "look": "!", "wrong": "✗", "wait": "…"}
VERDICTS: dict[State, str] = {
    "fine": "check.all_fine",
    "look": "check.some_look",
    "wrong": "check.some_wrong",
    "wait": "check.try_phone",
}


@dataclass(frozen=True)
class Point:
    """What was looked at, in words, and what to do about it where it is not `fine`.

    `look`: a meeting can start, but somebody should know. `wait`: nothing is known yet.
    """

    state: State
    what: str
    do: str = ""


@dataclass(frozen=True)
class Damage:
    """A file that cannot be read; without a title it is the list of meetings itself."""

    path: str
    title: str = ""


@dataclass(frozen=True)
class Facts:
    """What `machine.py` saw. Room in bytes, times in epoch seconds."""

    folder: str
    refuses: str  # why nothing can be written there; "" where it can
    shared: bool  # others on this machine can read it
    room: int
    damaged: tuple[Damage, ...]
    key_is_weak: bool
    program: Literal["none", "here", "elsewhere"]  # whether it runs already, with this folder
    port: int
    port_is_taken: bool  # by anything but the program with this folder
    only_here: bool  # listens where no phone comes
    addresses: tuple[str, ...]
    url: str
    url_is_given: bool
    firewall: Literal["none", "windows", "mac", "ufw", "firewalld"]
    now: float
    newest: float  # the newest thing there is: an entry, or the program itself
    browser: bool | None  # whether there is one; None where that is known


@dataclass(frozen=True)
class Arrival:
    """Somebody opened the test page. `here`: on this machine. `met`: the socket opened too."""

    at: float
    address: str
    here: bool
    met: bool


def points(facts: Facts, lang: Lang, reached: bool = False) -> list[Point]:
    """In the order in which one would mend them. `reached`: a phone has just come through."""
    return [
        *_folder(facts, lang),
        *_program(facts, lang),
        *_network(facts, lang, reached),
        *(() if reached else _firewall(facts, lang)),
        _clock(facts, lang),
        *_browser(facts, lang),
    ]


def worst(found: Iterable[Point]) -> State:
    """What stands highest among them."""
    states = {point.state for point in found}
    order: tuple[State, ...] = ("wrong", "look", "wait")
    return next((state for state in order if state in states), "fine")


def phone(arrival: Arrival | None, waited: bool, lang: Lang) -> Point:
    """Whether a phone comes through. `waited`: for as long as it takes to scan a code."""
    if arrival is None:
        do = _say("check.no_phone_do", lang) if waited else ""
        return Point("look" if waited else "wait", _say("check.no_phone", lang), do)
    time = time_of_day(datetime.fromtimestamp(arrival.at), lang)
    if arrival.here:
        return Point("look", _say("check.opened_here", lang, time=time), _say("check.scan", lang))
    words = {"time": time, "address": arrival.address}
    if arrival.met:
        return Point("fine", _say("check.reached", lang, **words))
    do = _say("check.half_reached_do", lang)
    return Point("look", _say("check.half_reached", lang, **words), do)


def _folder(facts: Facts, lang: Lang) -> Iterator[Point]:
    words = {"folder": facts.folder, "room": _room(facts.room)}
    if facts.refuses:
        what = _say("check.unwritable", lang, folder=facts.folder, why=facts.refuses)
        yield Point("wrong", what, _say("check.unwritable_do", lang))
    elif facts.room < LITTLE:
        what = _say("check.little_room", lang, **words)
        yield Point("look", what, _say("check.little_room_do", lang))
    else:
        yield Point("fine", _say("check.folder", lang, **words))
    if facts.shared:
        what = _say("check.shared", lang, folder=facts.folder)
        yield Point("look", what, _say("check.shared_do", lang))
    for damage in facts.damaged:
        key = "check.damaged_meeting" if damage.title else "check.damaged_list"
        words = {"title": damage.title} if damage.title else {}
        what = tell(say(key, **words), lang)
        yield Point("wrong", what, _say("check.damaged_do", lang, path=damage.path))


def _program(facts: Facts, lang: Lang) -> Iterator[Point]:
    if facts.key_is_weak:
        yield Point("wrong", _say("command.weak_key", lang, n=KEY_LENGTH))
    if facts.program == "here":
        yield Point("fine", _say("check.runs", lang, port=facts.port))
        return
    if facts.program == "elsewhere":
        what = _say("check.in_use", lang, folder=facts.folder)
        yield Point("wrong", what, _say("check.in_use_do", lang))
    if facts.port_is_taken:
        what = _say("check.port_taken", lang, port=facts.port)
        yield Point("wrong", what, _say("check.port_taken_do", lang))
    elif facts.program == "none":
        yield Point("fine", _say("check.port_free", lang, port=facts.port))


def _network(facts: Facts, lang: Lang, reached: bool) -> Iterator[Point]:
    host = urlsplit(facts.url).hostname or ""
    mine = f"http://{next(iter(facts.addresses), '')}:{facts.port}"
    if reached:
        yield Point("fine", _say("check.url", lang, url=facts.url))
    elif not facts.addresses:
        yield Point("wrong", _say("check.no_network", lang), _say("check.no_network_do", lang))
    elif facts.only_here and not facts.url_is_given:
        yield Point("wrong", _say("check.only_here", lang), _say("check.only_here_do", lang))
    elif _is_loopback(host):
        do = _say("check.wrong_url_do", lang, url=mine)
        yield Point("wrong", _say("check.url_here", lang, url=facts.url), do)
    elif _is_private(host) and host not in facts.addresses:
        words = {"url": facts.url, "addresses": ", ".join(facts.addresses)}
        do = _say("check.wrong_url_do", lang, url=mine)
        yield Point("wrong", _say("check.url_elsewhere", lang, **words), do)
    else:
        others = [a for a in facts.addresses if a != host] if _is_private(host) else []
        do = _say("check.others", lang, addresses=", ".join(others)) if others else ""
        yield Point("fine", _say("check.url", lang, url=facts.url), do)
    yield from _secrecy(facts, host, lang)


def _secrecy(facts: Facts, host: str, lang: Lang) -> Iterator[Point]:
    """On a network of one's own http will do; over the internet it will not."""
    if facts.url.startswith("https:"):
        yield Point("fine", _say("check.https", lang))
    elif facts.url_is_given and not (_is_private(host) or _is_loopback(host) or "." not in host):
        yield Point("look", _say("check.http", lang), _say("check.http_do", lang))


def _firewall(facts: Facts, lang: Lang) -> Iterator[Point]:
    if facts.url.startswith("https:"):  # then phones come another way
        return
    if facts.firewall == "none":
        yield Point("fine", _say("check.firewall_none", lang))
        return
    what = _say("check.firewall", lang)
    match facts.firewall:
        case "windows":
            do = _say("check.firewall_windows", lang)
        case "mac":
            do = _say("check.firewall_mac", lang)
        case "ufw":
            do = _say("check.firewall_open", lang, command=f"sudo ufw allow {facts.port}/tcp")
        case "firewalld":
            command = f"sudo firewall-cmd --add-port={facts.port}/tcp"
            do = _say("check.firewall_open", lang, command=command)
    yield Point("look", what, do)


def _clock(facts: Facts, lang: Lang) -> Point:
    now = datetime.fromtimestamp(facts.now)
    words = {"day": day(now, lang), "time": time_of_day(now, lang)}
    if facts.now < facts.newest - SLACK:
        return Point(
            "wrong", _say("check.clock_wrong", lang, **words), _say("check.clock_do", lang)
        )
    return Point("fine", _say("check.clock", lang, **words))


def _browser(facts: Facts, lang: Lang) -> Iterator[Point]:
    if facts.browser:
        yield Point("fine", _say("check.browser", lang))
    elif facts.browser is False:
        do = _say("check.no_browser_do", lang, url=facts.url)
        yield Point("look", _say("check.no_browser", lang), do)


def _room(free: int) -> str:
    n, unit = (free // 1000, "GB") if free >= 1000 * MB else (free, "MB")
    return f"{n // MB}\u00a0{unit}"


def _is_private(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _say(key: str, lang: Lang, **values: Any) -> str:
    return tell(say(key, **values), lang)
