"""For the leader: why a meeting cannot be opened, and what to do about it."""

from __future__ import annotations

from facilitator.archive import Damaged, Newer
from facilitator.core.text import Lang
from facilitator.house import House

from .home import message_page


def missing_page(house: House, meeting: str, lang: Lang) -> None:
    listing, why = house.listing(meeting), house.why_shut(meeting)
    if listing is None:
        message_page("home.no_meeting", lang)
        return
    about = {"title": "home.shut", "name": listing.title, "path": str(house.path(meeting))}
    if isinstance(why, Damaged):
        message_page("home.damaged", lang, **about, line=why.line)
    elif isinstance(why, Newer):
        message_page("home.newer", lang, **about)
    else:
        message_page("home.unreachable", lang, **about, why=getattr(why, "strerror", None) or "?")
