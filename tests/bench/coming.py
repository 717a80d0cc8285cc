"""How people get in: the page's weight, many at once, a start, a restart; what a phone costs."""

from __future__ import annotations

import asyncio
import random
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic

from . import server
from .gathering import AT_ONCE, Gathering, Phone, gathering
from .phones import Lost, Socket, browser, in_turn
from .row import Figures, Measure, Row, at, both, ms, times

ALONE = 10  # phones that come one after the other
ARRIVE = 10.0  # seconds in which everybody scans the code
TYPING = 2.0  # seconds until a name has been typed
FIRST = 25  # phones that come before memory is measured
GROUP = 25  # phones whose owners then come in at the same moment


async def joining(phones: int = 200) -> Figures:
    """Cold phones scan the code, and their owners give their names."""
    with server.ours() as app:
        async with gathering(app.origin) as meeting:
            alone = [(await _arrive(meeting))[1] for _ in range(1 + ALONE)]
            chance, begun = random.Random(1), monotonic()

            async def come(number: int) -> tuple[float, float]:
                await asyncio.sleep(begun + chance.uniform(0, ARRIVE) - monotonic())
                phone, waited = await _arrive(meeting)
                await asyncio.sleep(TYPING)
                sent = monotonic()
                return waited, await phone.enter(f"Namn {number}") - sent

            came = await in_turn(phones, phones, come)
    return {
        "p50": at(0.5, [waited for waited, _ in came]),
        "p95": at(0.95, [waited for waited, _ in came]),
        "entered": at(0.95, [entered for _, entered in came]),
        "first": alone[0],
        "alone": at(0.5, alone[1:]),
    }


def judge_joining(f: Figures) -> Row:
    ratio = f["p95"] / f["alone"]
    return Row(
        "200 cold phones in 10 s: page usable, p50 / p95",
        f"{both(f)}; name → in p95 {ms(f['entered'])}",
        f"alone p50 {ms(f['alone'])}; the very first {ms(f['first'])}",
        times(ratio, 3),
        ratio <= 3,
        f"200 phones, {ALONE} alone",
    )


async def weight() -> Figures:
    """The phone page on the wire, with its socket: for a browser that has nothing or all of it."""
    with server.ours() as app:
        async with gathering(app.origin) as meeting:
            phone, _ = await _arrive(meeting)
    with server.reference("empty") as app:
        async with browser(app.origin) as empty:
            await empty.load("/", cold=True)
    return {
        "bytes": sum(answer.size for answer in phone.own.answers),
        "requests": len(phone.own.answers) + 1,
        "warm": sum(not answer.kept for answer in phone.own.answers) + 1,
        "empty_bytes": sum(answer.size for answer in empty.answers),
        "empty_requests": len(empty.answers) + 1,
    }


def judge_weight(f: Figures) -> Row:
    return Row(
        "phone page on the wire",
        f"{f['bytes'] / 1000:.0f} KB, {f['requests']:.0f} requests, warm {f['warm']:.0f}",
        f"NiceGUI's empty page {f['empty_bytes'] / 1000:.0f} KB, {f['empty_requests']:.0f}",
        "≤ 380 KB, ≤ 16 requests, warm ≤ 2",
        f["bytes"] <= 380_000 and f["requests"] <= 16 and f["warm"] <= 2,
        "gzip; headers, font and socket counted",
    )


async def memory(phones: int = 150) -> Figures:
    """What one more phone costs, after the first few."""
    with server.ours() as app:
        async with gathering(app.origin) as meeting:
            await meeting.fill(FIRST)
            before = app.memory
            for _ in range(0, phones, GROUP):
                await meeting.fill(GROUP)
            ours = app.memory - before
    with server.reference("empty") as app:
        async with AsyncExitStack() as stack:
            await _open_empty(stack, app.origin, FIRST)
            before = app.memory
            await _open_empty(stack, app.origin, phones)
            empty = app.memory - before
    return {"ours": ours / phones, "empty": empty / phones}


async def _open_empty(stack: AsyncExitStack, origin: str, count: int) -> None:
    async def open_one(_: int) -> None:
        own = await stack.enter_async_context(browser(origin))
        socket = await stack.enter_async_context(Socket("/"))
        await socket.connect(own.sockets, await own.load("/"))

    await in_turn(count, AT_ONCE, open_one)


def judge_memory(f: Figures) -> Row:
    ratio = f["ours"] / f["empty"]
    return Row(
        "memory per phone",
        f"{f['ours'] / 1000:.0f} KB",
        f"NiceGUI's empty page {f['empty'] / 1000:.0f} KB",
        times(ratio, 1.15),
        ratio <= 1.15,
        f"150 phones after the first {FIRST}, all in",
    )


async def start() -> Figures:
    """From the command to the first page."""
    with server.ours() as app:
        ours = app.started
    with server.reference("empty") as app:
        return {"ours": ours, "empty": app.started}


def judge_start(f: Figures) -> Row:
    ratio = f["ours"] / f["empty"]
    return Row(
        "start → first page",
        ms(f["ours"]),
        f"empty NiceGUI app {ms(f['empty'])}",
        times(ratio, 1.5),
        ratio <= 1.5,
        "1 start",
    )


async def restart(phones: int = 300) -> Figures:
    """The server is killed and started again, and everybody reloads within a second."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, server.ours(Path(folder)) as app:
        async with gathering(app.origin) as meeting:
            await meeting.fill(phones)
            app.stop()
            with server.ours(Path(folder), app.port):
                begun = monotonic()

                async def reload(number: int) -> float:
                    phone = Phone(meeting.phones[number].own, meeting.code)
                    await meeting.stack.enter_async_context(phone)
                    await asyncio.sleep(begun + number / phones - monotonic())
                    asked = monotonic()
                    live = await phone.open()
                    if not phone.inside:
                        raise Lost("a phone came back as a stranger")
                    return live - asked

                waits = await in_turn(phones, phones, reload)
                return {"all": monotonic() - begun, "p95": at(0.95, waits)}


def judge_restart(f: Figures) -> Row:
    return Row(
        "300 phones reload within a second after a restart: the last live",
        f"{ms(f['all'])}; each p95 {ms(f['p95'])}",
        "–",
        "≤ 3 s",
        f["all"] <= 3,
        "300 phones that have the files; all come back as themselves",
    )


MEASURES = (
    Measure("joining", joining, judge_joining),
    Measure("weight", weight, judge_weight, runs=1),
    Measure("memory", memory, judge_memory),
    Measure("start", start, judge_start),
    Measure("restart", restart, judge_restart),
)


async def _arrive(meeting: Gathering) -> tuple[Phone, float]:
    """A phone that has nothing yet, and how long its owner waited for the page."""
    phone = await meeting.phone()
    scanned = monotonic()
    return phone, await phone.open(cold=True) - scanned
