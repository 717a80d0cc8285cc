"""Every bar of quality with the figure that shows it: writes `docs/quality.md`.

`quality.toml` lists what must be true and what shows it: rows that `make bench`, `make chaos` and
the like have kept, and tests, which are run now.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.kept import Figures, kept

ROOT = Path(__file__).parent.parent
LIST = Path(__file__).with_suffix(".toml")
PAGE = ROOT / "docs" / "quality.md"


@dataclass(frozen=True)
class Bar:
    """What must be true. `rows` are FILE/NAME of kept rows, `tests` are pytest's names."""

    what: str
    rows: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    note: str = ""


def bars() -> dict[str, list[Bar]]:
    """By section, in the order of the list."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return {
        section: [_bar(**given) for given in given_bars] for section, given_bars in listed.items()
    }


def main() -> None:
    outcomes = _run({test for section in bars().values() for bar in section for test in bar.tests})
    text = PAGE.read_text(encoding="utf-8")
    start = text.index(MARK) + len(MARK)
    PAGE.write_text(text[:start] + "\n" + "\n".join(_page(outcomes)) + "\n", encoding="utf-8")
    missing = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if NOT_YET in line]
    print(*missing, sep="\n")
    sys.exit(bool(missing))


MARK = "<!-- measured -->"
NOT_YET = "not measured"


def _page(outcomes: Outcomes) -> Iterator[str]:
    for section, listed in bars().items():
        yield f"\n## {section}\n"
        yield "| what must be true | found | shown by | date |"
        yield "|---|---|---|---|"
        for bar in listed:
            found = [*map(_figure, bar.rows), *_tested(bar, outcomes)]
            words = "<br>".join(filter(None, (*(what for what, _, _ in found), bar.note)))
            shown = "<br>".join(dict.fromkeys(how for _, how, _ in found))
            when = max((day for _, _, day in found), default="")
            yield f"| {bar.what} | {words} | {shown} | {when} |"


def _figure(row: str) -> tuple[str, str, str]:
    """What was found, how, and when."""
    file, _, name = row.partition("/")
    figures = next((row for row in kept(file) if row["name"] == name), None)
    how = f"`make {file}`"
    if figures is None:
        return f"{NOT_YET}: {row}", how, ""
    return _words(figures), how, figures["date"]


def _words(figures: Figures) -> str:
    verdict = "holds" if figures["holds"] else "**falls short**"
    reference = figures.get("reference", "–")
    beside = f"; {reference}" if reference != "–" else ""
    return f"{figures['what']}: {figures['ours']}{beside} – {figures['bar']}: {verdict}"


def _tested(bar: Bar, outcomes: Outcomes) -> Iterator[tuple[str, str, str]]:
    for test in bar.tests:
        passed, failed = outcomes.of(test)
        found = f"{passed} tests pass" if passed > 1 else "a test passes"
        if failed or not passed:
            found = f"**{failed} tests fail**" if failed else f"{NOT_YET}: {test}"
        yield found, f"`{test.removeprefix('tests/')}`", date.today().isoformat()


class Outcomes:
    """What became of each test, counted by file and by name."""

    def __init__(self) -> None:
        self._of: Counter[tuple[str, str]] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome == "failed":
            file, _, name = report.nodeid.partition("::")
            for test in {file, f"{file}::{name.partition('[')[0]}"}:
                self._of[test, report.outcome] += 1

    def of(self, test: str) -> tuple[int, int]:
        return self._of[test, "passed"], self._of[test, "failed"]


def _run(tests: set[str]) -> Outcomes:
    outcomes = Outcomes()
    pytest.main(["-q", "-n", "3", "--dist", "worksteal", *sorted(tests)], plugins=[outcomes])
    return outcomes


def _bar(what: str, rows: Iterable[str] = (), tests: Iterable[str] = (), note: str = "") -> Bar:
    return Bar(what, tuple(rows), tuple(tests), note)


if __name__ == "__main__":
    main()
