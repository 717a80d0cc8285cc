"""A meeting is held with a real server and real sockets, closed and left; then every byte of every
file, and of the server's memory, is searched.

For the memory, Python and its C library are told to overwrite what they free, so that whatever is
found is something that we still hold. What stays in freed memory without that, SECURITY.md says.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.bench.gathering import Gathering, Phone, gathering
from tests.bench.server import LEADER_KEY
from tests.server import Server, free_port

NAMES = ("Zqola", "Zqsiri", "Zqnils", "Zqanne")
GONE = ("Zqtrekt kort", "Zqbytt ordlyd", "Zqbytt kort", "Zqgamal innvending")
LASTS = ("Zqkort av Ola", "Zqkort av Siri", "Zqordlyd", "Zqinnvending", "Zqnotat", "Zqtema")
ANSWERS = tuple(f"Zqsvar {number}" for number in range(len(NAMES)))
PATIENCE = 30.0  # seconds

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="only Linux shows the memory of another process"
)


class Hasty(Server):
    """It lets go of what nobody looks at after a moment."""

    module = "tests.hasty"
    environ: ClassVar = {"FACILITATOR_LEADER_KEY": LEADER_KEY}


class Overwriting(Hasty):
    """And whatever memory it frees, it overwrites."""

    environ: ClassVar = {
        **Hasty.environ,
        "PYTHONMALLOC": "debug",
        "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=171",
    }


@dataclass
class Traces:
    """All by which somebody, or what was said, could be found again."""

    words: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, *traces: str | bytes) -> None:
        for number, trace in enumerate(traces, 1):
            self.words[f"{name} {number}"] = trace.encode() if isinstance(trace, str) else trace

    def names(self, *kinds: str) -> set[str]:
        return {name for name in self.words if name.startswith(kinds)}

    def found(self, places: Iterable[bytes]) -> set[str]:
        left, found = dict(self.words), set()
        for place in places:
            here = {name for name, trace in left.items() if trace in place}
            found |= here
            left = {name: trace for name, trace in left.items() if name not in here}
        return found


@asynccontextmanager
async def _running(server: Hasty) -> AsyncIterator[Traces]:
    await asyncio.to_thread(server.start)
    try:
        yield Traces()
    finally:
        server.stop()


async def test_after_closing_and_leaving_nothing_of_a_meeting_is_found(tmp_path: Path) -> None:
    server = Overwriting(tmp_path / "data", free_port())
    async with _running(server) as traces:
        async with _meeting(server, traces) as table:
            assert traces.found(_memory(server.pid)) == set(traces.words), "all is there to find"
            assert traces.found(_files(server)) == set(traces.words)
            await _is_closed(table)
            await _until(lambda: _folded(server))
            lasting = traces.names("lasts", "answer", "name", "browser")
            assert traces.found(_files(server)) == lasting
            _no_browser_beside_a_name(server, traces)
            held = traces.found(_memory(server.pid))
            assert held <= lasting | traces.names("page"), "with its screens still open"
        await _until(lambda: not traces.found(_memory(server.pid)))
        assert traces.found(_files(server)) == lasting


async def test_the_key_of_the_answers_is_overwritten_in_memory_too(tmp_path: Path) -> None:
    """Also where nothing overwrites what is freed: without it no pseudonym can be made anew."""
    server = Hasty(tmp_path / "data", free_port())
    async with _running(server) as traces, _meeting(server, traces) as table:
        assert traces.names("key") <= traces.found(_memory(server.pid))
        await _is_closed(table)
        await _until(lambda: _folded(server))
        await _until(lambda: not traces.names("key") & traces.found(_memory(server.pid)))


async def _is_closed(table: Gathering) -> None:
    await table.quiet()
    await table.lead.do("begin", index=len(table.lead.draw()["agenda"]["steps"]))
    await table.quiet()
    await table.lead.do("close")


@asynccontextmanager
async def _meeting(server: Server, traces: Traces) -> AsyncIterator[Gathering]:
    async with gathering(server.url, "bti-system") as table:
        phones = [await _enter(table, name) for name in NAMES]
        await _is_held(table, phones)
        [log] = (server.folder / "meetings").glob("*.journal")
        rows = [json.loads(line.partition(b" ")[2])[2] for line in log.read_bytes().splitlines()]
        sealed = [row for row in rows if row["event"]["type"] in ("answered", "dots_given")]
        traces.add("pseudonym", *{row["by"] for row in sealed}, *{row["op"] for row in sealed})
        traces.add("key", *(path.read_bytes() for path in log.parent.glob("*.key")))
        traces.add("browser", *(str(phone.me) for phone in phones))
        traces.add("page", *(f"/{phone._device}." for phone in phones))
        traces.add("name", *NAMES)
        traces.add("gone", *GONE)
        traces.add("lasts", *LASTS)
        traces.add("answer", *ANSWERS)
        assert len(traces.names("key")) == 1
        assert len(traces.names("pseudonym")) == 2 * (len(NAMES) + len(NAMES))
        yield table


async def _enter(table: Gathering, name: str) -> Phone:
    phone = await table.phone()
    await phone.open()
    await phone.enter(name)
    return phone


async def _is_held(table: Gathering, phones: list[Phone]) -> None:
    ola, siri, nils, _ = phones
    await table.begin("roles")
    await siri.do("take_role", role="scribe")
    await siri.do("park", text="Zqtema")
    await table.begin("status-quo")
    wording = 0
    for words, reason in (("Zqbytt ordlyd", "Zqgamal innvending"), ("Zqordlyd", "Zqinnvending")):
        await table.lead.do("word", phase="status-quo", text=words)
        wording = await _next_wording(table, wording)
        await nils.do("object", phase="status-quo", wording=wording, reason=reason)
    await siri.do("note", phase="status-quo", text="Zqnotat")
    await table.begin("factors")
    await ola.do("add_card", phase="factors", text="Zqkort av Ola")
    await siri.do("add_card", phase="factors", text="Zqbytt kort")
    await nils.do("add_card", phase="factors", text="Zqtrekt kort")
    await table.quiet()
    cards = {face["text"]: int(face["id"]) for face in table.room.draw()["cards"]["cards"]}
    await siri.do("edit_card", card=cards["Zqbytt kort"], text="Zqkort av Siri")
    await nils.do("withdraw_card", card=cards["Zqtrekt kort"])
    await table.begin("choose")
    for phone in phones:
        await phone.do("give_dots", phase="choose", cards=[cards["Zqkort av Ola"]])
    await table.lead.do("show_dots", phase="choose")
    await table.quiet()
    await table.begin("evaluate")
    for phone, words in zip(phones, ANSWERS, strict=True):
        await phone.do("answer", phase="evaluate", answers={"worked/words": words})


async def _next_wording(table: Gathering, old: int) -> int:
    """As the leader view shows it, which hears last."""
    while True:
        form = table.lead.draw().get("object-for", {"args": {"wording": old}})
        if (wording := int(dict(form["args"])["wording"])) != old:
            return wording
        await table.lead.hear(len(table.lead.heard) + 1)


def _folded(server: Server) -> bool:
    [log] = (server.folder / "meetings").glob("*")
    return log.read_bytes().count(b"\n") == 2


def _no_browser_beside_a_name(server: Server, traces: Traces) -> None:
    """Only in the list of those that may show the result, by the alphabet."""
    [log] = (server.folder / "meetings").glob("*.journal")
    [_, told] = (json.loads(line.partition(b" ")[2])[2] for line in log.read_bytes().splitlines())
    listed = told["event"].pop("browsers")
    browsers = [traces.words[name].decode() for name in sorted(traces.names("browser"))]
    assert list(listed) == sorted(browsers)
    assert not [who for who in browsers if who in json.dumps(told)]


async def _until(true: Any) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                if await asyncio.to_thread(true):
                    return
            except ValueError:  # a key that is just being deleted lies there too
                pass
            await asyncio.sleep(0.1)


def _files(server: Server) -> Iterator[bytes]:
    for path in server.folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()
    yield server.log().encode()


def _memory(pid: int) -> Iterator[bytes]:
    """Every part of a process's memory that it can write to."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            where, may, *_ = line.split()
            if may.startswith("rw") and "[vvar" not in line:
                begin, end = (int(address, 16) for address in where.split("-"))
                memory.seek(begin)
                try:
                    yield memory.read(end - begin)
                except OSError:  # unmapped meanwhile
                    continue
