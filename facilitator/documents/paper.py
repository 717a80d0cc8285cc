"""A document as PDF: a template under assets/documents, filled with plain data."""

from __future__ import annotations

import json
from typing import Any

from facilitator.core.text import Lang
from facilitator.texts import ASSETS

REGIONS: dict[Lang, str] = {"nn": "no", "nb": "no", "sv": "se", "da": "dk", "en": "gb"}


def pdf(template: str, lang: Lang, data: dict[str, Any]) -> bytes:
    """PDF/UA-1 as declared, in one of our languages. Users' words are data, never markup."""
    import typst  # noqa: PLC0415 - a quarter of a second that only a printer has to wait for

    filled = {**data, "lang": lang, "region": REGIONS[lang], "author": "Facilitator"}
    return typst.compile(
        str(ASSETS / "documents" / f"{template}.typ"),
        format="pdf",
        sys_inputs={"data": json.dumps(filled)},
        font_paths=[str(ASSETS / "fonts")],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
