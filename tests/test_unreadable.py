"""What the leader is told when a file cannot be read: what, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.damage import whole_line
from tests.server import Server, free_port
from tests.test_pages import code_in, start
from tests.visitor import FORM, Visitor

PRAISED = {"n": 2, "at": 2e9, "by": "", "op": "", "event": {"type": "praised"}}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (b"00000000 {}\n", "is damaged: {path}, line 2. It has not been changed. Restore it"),
        (
            whole_line(["log", 2, PRAISED]),
            "was written by a newer version of the program: {path}. Update the program",
        ),
    ],
    ids=["damaged", "newer"],
)
def test_a_meeting_that_cannot_be_opened(app_server: Server, more: bytes, said: str) -> None:
    leader, stranger = Visitor(app_server).lead(), Visitor(app_server)
    meeting = leader.post("/new", FORM).to.removeprefix("/lead/")
    code = code_in(leader.get("/").text, meeting)
    path = app_server.folder / "meetings" / f"{meeting}.journal"
    whole = path.read_bytes()
    app_server.kill()
    path.write_bytes(whole + more)
    app_server.start()
    for page in ("lead/{}", "room/{}", "lead/{}/phone"):
        text = leader.get(f"/{page.format(meeting)}").text
        assert f"The file of the meeting “Teammøte” {said.format(path=path)}" in text
    assert "The meeting cannot be opened" in leader.get("/").text, "the list says so too"
    assert "Tell the chair" in stranger.get(f"/j/{code}").text
    assert path.read_bytes() == whole + more
    other = leader.post("/new", FORM).to
    assert "cannot be opened" not in leader.get(other).text, "the others go on"
    path.unlink()
    text = leader.get(f"/lead/{meeting}").text
    assert f"cannot be read: {path} (No such file or directory)" in text
    path.write_bytes(whole)
    assert "cannot be" not in leader.get(f"/lead/{meeting}").text, "put back, it opens"


def test_a_list_of_meetings_from_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.journal"
    path.write_bytes(whole_line(["meetings", 1, {"id": "m", "state": "dreamt"}]))
    ended = start("--data", str(tmp_path), "--port", str(free_port()))
    assert ended.returncode != 0
    assert f"written by a newer version of the program: {path}" in ended.stderr
    assert "Traceback" not in ended.stderr
