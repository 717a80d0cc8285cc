"""What a closed meeting has forgotten cannot be worked out from all its files together.

Two meetings that differ only in who spoke how long, who gave which dot, who answered what, who
wrote which card … leave the same files, byte for byte: so nobody can tell from them which it was.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from facilitator.house import House
from facilitator.planning import Plan, planned
from tests.short import RECIPES, Sitting

START = 1_800_000_000.0  # epoch seconds
PEOPLE = ("ola", "siri", "nils", "anne", "per")
CARDS = ("Smaa rom", "Faae vaksne ute", "Ingen plan")


@dataclass(frozen=True)
class Course:
    """How a meeting went: everything here is somebody's own."""

    speaks: Mapping[str, float]  # seconds
    passes: str
    wrote: Mapping[str, str]
    dots: Mapping[str, tuple[int, ...]]
    answers: Mapping[str, Mapping[str, str]]
    objects: str
    asked: str  # to be viddevakt, and said no
    presses: str  # of two with a role, who parks the topic
    edits: str  # whose card was worded otherwise first


def swapped(values: Mapping[str, object], one: str, other: str) -> dict[str, object]:
    return {**values, one: values[other], other: values[one]}


ONE = Course(
    speaks={"ola": 37.25, "siri": 61.5, "nils": 12.75, "anne": 48.5, "per": 20.0},
    passes="nils",
    wrote=dict(zip(("ola", "siri", "anne"), CARDS, strict=True)),
    dots={"ola": (0, 1), "siri": (1,), "nils": (0, 2), "anne": (), "per": (2,)},
    answers={
        "ola": {"useful": "yes", "worked/words": "Alle snakka"},
        "siri": {"useful": "no", "worked/words": "Tida"},
        "nils": {"useful": "partly"},
        "anne": {"useful": "yes", "better/words": "Kortare"},
        "per": {"structure": "no"},
    },
    objects="siri",
    asked="anne",
    presses="ola",
    edits="ola",
)
OTHERS = {
    "who spoke how long": replace(ONE, speaks=swapped(ONE.speaks, "ola", "siri")),
    "who passed": replace(ONE, passes="anne"),
    "who wrote which card": replace(ONE, wrote=swapped(ONE.wrote, "ola", "siri")),
    "who gave which dot": replace(ONE, dots=swapped(ONE.dots, "ola", "per")),
    "which dots went together": replace(ONE, dots={**ONE.dots, "ola": (0, 2), "nils": (0, 1)}),
    "who answered what": replace(ONE, answers=swapped(ONE.answers, "ola", "siri")),
    "which answers belong together": replace(
        ONE,
        answers={
            **ONE.answers,
            "ola": {"useful": "no", "worked/words": "Alle snakka"},
            "siri": {"useful": "yes", "worked/words": "Tida"},
        },
    ),
    "who objected": replace(ONE, objects="nils"),
    "who said no to a role": replace(ONE, asked="nils"),
    "who pressed": replace(ONE, presses="siri"),
    "who mended a card": replace(ONE, edits="siri"),
}


@pytest.fixture
async def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Files, Files]:
    return await hold(tmp_path / "one", ONE, monkeypatch)


@pytest.mark.parametrize("differs", OTHERS)
async def test_files_do_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, differs: str, one: tuple[Files, Files]
) -> None:
    before, after = await hold(tmp_path / "other", OTHERS[differs], monkeypatch)
    assert before != one[0], "there was something to forget"
    assert after.keys() == one[1].keys()
    for name, data in after.items():
        assert data == one[1][name], name


async def test_what_was_taken_back_is_nowhere(one: tuple[Files, Files]) -> None:
    before, after = (b"".join(files.values()) for files in one)
    for words in (b"Bytt ordlyd", b"Trekt tilbake", b"Ordlagt annleis"):
        assert words in before
        assert words not in after


async def test_no_browser_stands_beside_a_name(one: tuple[Files, Files]) -> None:
    """A device is written nowhere but in the list of those that may show the result."""
    [log] = (data for name, data in one[1].items() if name.endswith(".journal") and "meet" in name)
    _, told = log.splitlines()
    before, _, rest = told.partition(b'"browsers":{')
    listed, _, after = rest.partition(b"}")
    assert listed == b",".join(b'"%s":"somebody"' % who.encode() for who in sorted(PEOPLE))
    for who in PEOPLE:
        assert b'"%s"' % who.encode() not in before + after
        assert b"%s/device" % who.encode() not in told


Files = dict[str, bytes]


async def hold(
    folder: Path, course: Course, monkeypatch: pytest.MonkeyPatch
) -> tuple[Files, Files]:
    """All files just before it was closed, and after it was folded."""
    with monkeypatch.context() as patch:
        chance = Random(7)  # or every house would differ from every other
        patch.setattr(secrets, "token_hex", lambda n=32: chance.randbytes(n).hex())
        patch.setattr(secrets, "token_urlsafe", lambda n=32: chance.randbytes(n).hex())
        patch.setattr(secrets, "token_bytes", lambda n=32: chance.randbytes(n))
        patch.setattr(secrets, "choice", chance.choice)
        return await _hold(folder, course)


async def _hold(folder: Path, course: Course) -> tuple[Files, Files]:
    clock = [START]
    house = House(folder, now=lambda: clock[0])
    plan = Plan(recipe="bti-system", name="Systemmoete", leader="Kari", lang="nn", people="6")
    meeting = await house.plan(planned(plan, RECIPES).model_copy(update={"leader": "leader"}))
    table = Held(house, meeting, clock)
    await table.begins(course)
    await table.agrees(course)
    await table.goes_round(course)
    await table.chooses(course)
    await table.evaluates(course)
    before = files(folder)
    await table.do("leader", "close")
    await table.until_folded()
    return before, files(folder)


class Held(Sitting):
    def __init__(self, house: House, meeting: str, clock: list[float]) -> None:
        super().__init__(house.live(meeting))
        self._house, self._meeting, self._clock = house, meeting, clock
        self._device = "device"

    async def begins(self, course: Course) -> None:
        await self.join(*PEOPLE)
        await self.to("roles")
        await self.do("leader", "ask_role", role="viddevakt", who=course.asked)
        await self.do(course.asked, "decline_role", role="viddevakt")
        await self.do("ola", "take_role", role="viddevakt")
        await self.do("siri", "take_role", role="scribe")
        await self.do(course.presses, "park", text="Parkeringa")

    async def agrees(self, course: Course) -> None:
        await self.to("status-quo")
        for words in ("Bytt ordlyd", "Nokre leikar aaleine"):
            await self.do("leader", "word", phase="status-quo", text=words)
        version = self.live.decided.states["status-quo"].version  # type: ignore[attr-defined]
        about = {"phase": "status-quo", "wording": version}
        await self.do(course.objects, "object", **about, reason="For trongt")

    async def goes_round(self, course: Course) -> None:
        await self.to("factors")
        await self.forward()
        while (who := self.live.decided.states["factors"].turns.now) != "leader":  # type: ignore[attr-defined]
            self._clock[0] += course.speaks[who]
            how = "pass" if who == course.passes else "done"
            seen = self.live.decided.place
            await self.do(who, "end_turn", phase="factors", seen=seen, how=how)
        for text in CARDS:
            [writer] = (who for who, wrote in course.wrote.items() if wrote == text)
            await self.do(writer, "add_card", phase="factors", text=text)
        gone = await self.do(course.edits, "add_card", phase="factors", text="Ordlagt annleis")
        await self.do(course.edits, "edit_card", card=gone.n, text="Trekt tilbake")
        await self.do(course.edits, "withdraw_card", card=gone.n)

    async def chooses(self, course: Course) -> None:
        await self.to("choose")
        cards = list(self.live.decided.cards)
        for who, given in course.dots.items():
            chosen = [cards[index] for index in given]
            await self.do(who, "give_dots", phase="choose", cards=chosen)
        await self.do("leader", "show_dots", phase="choose")
        await self.do("leader", "choose_card", phase="choose", card=cards[0])

    async def evaluates(self, course: Course) -> None:
        await self.to("evaluate")
        for who, answers in course.answers.items():
            await self.do(who, "answer", phase="evaluate", answers=answers)
        await self.do("leader", "show_answers", phase="evaluate")
        await self.go(len(self.live.decided.phases))

    async def to(self, phase: str) -> None:
        self._clock[0] += 40
        await self.go([p.id for p in self.live.decided.phases].index(phase))

    async def until_folded(self) -> None:
        async with asyncio.timeout(20):
            while not (listing := self._house.listing(self._meeting)) or not listing.folded:
                await asyncio.sleep(0.005)


def files(folder: Path) -> Files:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
