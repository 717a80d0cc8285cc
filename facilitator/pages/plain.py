"""Plain pages: headings, links and forms as NiceGUI elements, sent the way browsers always did.

They need no script of their own, so a page that is half loaded, or whose server has just been
started again, still works. User text is set as a value, never parsed as properties.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from starlette.requests import Request

from facilitator.core.text import LANGS, Lang
from facilitator.texts import TEXTS

from .picture import drawn

# As whoever reads it likes it; the screens of a meeting see to it themselves (screen.js).
_AT_NIGHT = (
    "<script>if (matchMedia('(prefers-color-scheme: dark)').matches)"
    " document.documentElement.dataset.theme = 'dark'</script>"
)
LANG_NAMES: dict[Lang, str] = {lang: TEXTS["language.name"].root[lang] for lang in LANGS}


def tag(
    element_name: str, text: str = "", classes: str = "", /, **attributes: str | bool
) -> TextElement:
    """An element with text and attributes. A trailing _ in an attribute's name is dropped."""
    element = TextElement(tag=element_name, text=text).classes(classes)
    for key, value in attributes.items():
        if value is not False:
            element.props[key.rstrip("_").replace("_", "-")] = value
    return element


@contextmanager
def page(title: str, lang: Lang) -> Iterator[None]:
    """The body of a plain page with its heading."""
    begin(title, lang)
    ui.add_head_html(_AT_NIGHT)
    with tag("main", "", "page"):
        tag("h1", title)
        yield


def begin(title: str, lang: Lang) -> None:
    """What every page of ours starts with. Quasar's page would be a main landmark around ours."""
    ui.page_title(title)
    ui.add_head_html(_speaks(lang))
    ui.add_body_html(_without_script(lang))
    around = ui.context.client.content.parent_slot
    assert around is not None
    around.parent.tag = "div"


def _speaks(lang: Lang) -> str:
    """The page's language, before anything is drawn: Quasar knows no Nynorsk.

    What NiceGUI says while a page is slow to load is English; it is said in the page's language.
    """
    slow = json.dumps(TEXTS["home.slow"].root[lang], ensure_ascii=False)
    return (
        f'<script>document.documentElement.lang = "{lang}"</script>'
        f"<style>#esm-fallback {{ font-size: 0 }}"
        f" #esm-fallback::after {{ font-size: 1rem; padding: 1rem; content: {slow} }}</style>"
    )


def _without_script(lang: Lang) -> str:
    """Said where there would be nothing at all but a wish for a newer browser."""
    only = "<style>#esm-fallback { display: none !important }</style>"
    words = TEXTS["check.no_script"].root[lang]
    return f'<noscript>{only}<p class="notice">{words}</p></noscript>'


def plate(address: str, name: str) -> None:
    """The picture of an address, in the page itself: nobody else can fetch it."""
    source = f"data:image/svg+xml;base64,{b64encode(drawn(address)).decode()}"
    tag("img", "", "plate", src=source, alt=name)


def lang_of(request: Request) -> Lang:
    """Chosen before, or the first of the browser's languages that we speak; Nynorsk otherwise."""
    wanted = [request.scope.get("session", {}).get("lang", "")]  # none where all went wrong
    header = request.headers.get("accept-language", "")
    wanted += [part.partition(";")[0].strip().lower()[:2] for part in header.split(",")]
    for name in wanted:
        for lang in LANGS:
            if name == lang:
                return lang
        if name == "no":
            return "nb"
    return LANGS[0]


def field(
    name: str, label: str, value: str = "", hint: str = "", /, **attributes: str | bool
) -> None:
    with tag("div", "", "field"):
        tag("label", label, for_=name)
        told = _told_by(name, hint)
        tag("input", "", "input", id=name, name=name, value=value, **told, **attributes)
        _hint(name, hint)


def lines(name: str, label: str, value: str, hint: str = "", /, **attributes: str | bool) -> None:
    """A field for several lines; it grows with what is written."""
    with tag("div", "", "field"):
        tag("label", label, for_=name)
        told = _told_by(name, hint)
        tag("textarea", "", "input", id=name, name=name, value=value, **told, **attributes)
        _hint(name, hint)


def _told_by(name: str, hint: str) -> dict[str, str | bool]:
    return {"aria_describedby": f"{name}-hint"} if hint else {}


def _hint(name: str, words: str) -> None:
    if words:
        tag("small", words, "hint", id=f"{name}-hint")


def choice(name: str, label: str, options: dict[str, str], value: str) -> None:
    with tag("div", "", "field"):
        tag("label", label, for_=name)
        with tag("select", "", "input", id=name, name=name):
            for key, text in options.items():
                tag("option", text, value=key, selected=key == value)


def chips(name: str, legend: str, options: dict[str, str], value: str) -> None:
    """One of a few, all of them in sight."""
    with tag("fieldset", "", "field"):
        tag("legend", legend)
        with tag("div", "", "chips"):
            for key, text in options.items():
                with tag("label", "", "chip"):
                    checked = key == value
                    tag("input", type="radio", name=name, value=key, checked=checked)
                    tag("span", text)


def ticks(legend: str, options: dict[str, str], ticked: Collection[str]) -> None:
    """Each is a field of its own: in or not."""
    with tag("fieldset", "", "field"):
        tag("legend", legend)
        for name, text in options.items():
            with tag("label", "", "tick"):
                tag("input", type="checkbox", id=name, name=name, checked=name in ticked)
                tag("span", text)


def button(text: str, look: str = "main") -> None:
    tag("button", text, f"button {look}", type="submit")


def link(text: str, path: str, classes: str = "") -> None:
    tag("a", text, classes, href=path)
