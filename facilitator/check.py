"""`facilitator check`: is all ready for a meeting? Each point, and what to do where it is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import TextIOWrapper

from . import machine
from .command import parser, settings_of, terminal_lang
from .core.text import LANGS, Lang, say
from .readiness import SIGNS, VERDICTS, Point, points, worst
from .texts import tell


def check(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> bool:
    """Print the points; whether a meeting can start."""
    lang = terminal_lang(environ)
    options = parser(environ, lang)
    options.prog, options.description = "facilitator check", tell(say("check.help"), lang)
    options.add_argument("--lang", default=lang, choices=LANGS, help=_say("check.help_lang", lang))
    given = options.parse_args(argv)
    settings = replace(settings_of(given, environ), lang=given.lang)
    found = points(machine.look(settings), settings.lang)
    if isinstance(sys.stdout, TextIOWrapper):  # a terminal may lack the signs, not the words
        sys.stdout.reconfigure(errors="replace")
    print(*lines(found, settings.lang), sep="\n")
    return worst(found) != "wrong"


def lines(found: Sequence[Point], lang: Lang) -> list[str]:
    said = []
    for point in found:
        said.append(f"{SIGNS[point.state]} {point.what}")
        if point.do:
            said.append(f"  → {point.do}")
    return [*said, "", _say(VERDICTS[worst(found)], lang)]


def _say(key: str, lang: Lang) -> str:
    return tell(say(key), lang)
