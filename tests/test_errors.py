"""Addresses that lead nowhere, and our own mistakes: one plain page in the browser's language."""

from __future__ import annotations

import subprocess
import sys

import pytest

from facilitator.core.text import LANGS, Lang
from facilitator.texts import TEXTS
from tests.server import ROOT, Server
from tests.visitor import Visitor

# A page that fails, in a process of its own: NiceGUI has one app per process.
BROKEN = """
from fastapi import FastAPI
from fastapi.testclient import TestClient
from nicegui import ui
from facilitator.pages import errors

@ui.page('/broken')
def broken() -> None:
    raise RuntimeError('the secret of the house')

errors.register()
outer = FastAPI()
ui.run_with(outer, storage_secret='-' * 20)
with TestClient(outer, raise_server_exceptions=False) as browser:
    answer = browser.get('/broken', headers={'accept-language': 'da'})
print(answer.status_code, answer.text)
with TestClient(outer) as server:
    server.get('/broken')  # raises what the server logs
"""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", ["/nowhere", "/lead/x/y/z", "/?older=many"])
def test_an_address_that_leads_nowhere_is_said_so_in_the_browsers_language(
    app_server: Server, path: str, lang: Lang
) -> None:
    answer = Visitor(app_server, lang).get(path)
    assert answer.status == 404
    assert TEXTS["home.no_page_title"].root[lang] in answer.text
    assert TEXTS["home.to_home"].root[lang] in answer.text
    assert f'<html lang="{lang}">' in answer.text
    assert "This page doesn't exist" not in answer.text


def test_a_language_chosen_before_is_kept_there_too(app_server: Server) -> None:
    visitor = Visitor(app_server, "en")
    visitor.get("/lang/sv")
    assert TEXTS["home.no_page"].root["sv"] in visitor.get("/nowhere").text


def test_our_own_mistake_is_said_without_its_details() -> None:
    command = [sys.executable, "-c", BROKEN]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.startswith("500"), done.stderr
    assert TEXTS["home.failed_title"].root["da"] in done.stdout
    assert "secret of the house" not in done.stdout
    assert "RuntimeError: the secret of the house" in done.stderr
