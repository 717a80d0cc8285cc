"""A pseudonym lasts as long as its key; the key lasts until it is forgotten."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from facilitator import seals as seals_module
from facilitator.seals import Seals


@pytest.fixture
def stem(tmp_path: Path) -> Path:
    return tmp_path / "meeting"


def keys(stem: Path) -> list[Path]:
    return sorted(stem.parent.glob("*.key"))


def test_one_person_has_one_pseudonym_in_a_phase_and_another_in_the_next(stem: Path) -> None:
    seals = Seals(stem)
    assert seals.pseudonym(0, "ola") == seals.pseudonym(0, "ola")
    assert (
        len({seals.pseudonym(0, "ola"), seals.pseudonym(1, "ola"), seals.pseudonym(0, "siri")}) == 3
    )
    assert "ola" not in seals.pseudonym(0, "ola")


def test_a_pseudonym_is_the_same_after_a_restart(stem: Path) -> None:
    seals = Seals(stem)
    before = seals.pseudonym(2, "ola")
    seals.save()
    assert Seals(stem).pseudonym(2, "ola") == before
    assert Seals(stem).phases == (2,)


def test_a_key_is_written_only_when_it_is_saved_and_is_its_owners_alone(stem: Path) -> None:
    seals = Seals(stem)
    seals.pseudonym(0, "ola")
    assert keys(stem) == []
    old = os.umask(0)
    try:
        seals.save()
    finally:
        os.umask(old)
    assert [path.stat().st_mode & 0o777 for path in keys(stem)] == [0o600]


def test_a_forgotten_key_is_gone_and_the_next_one_is_another(stem: Path) -> None:
    seals = Seals(stem)
    before = seals.pseudonym(0, "ola")
    seals.save()
    seals.forget(0)
    assert keys(stem) == []
    assert seals.phases == Seals(stem).phases == ()
    assert seals.pseudonym(0, "ola") != before


def test_a_key_is_overwritten_before_its_file_goes(
    stem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seals = Seals(stem)
    seals.pseudonym(0, "ola")
    seals.save()
    left: list[bytes] = []
    really_unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda p: (left.append(p.read_bytes()), really_unlink(p)))
    seals.forget(0)
    assert left == [bytes(32)]


def test_a_forgotten_key_is_overwritten_in_memory_too(stem: Path) -> None:
    seals = Seals(stem)
    seals.pseudonym(0, "ola")
    seals.save()
    for each in (seals, Seals(stem)):
        key = each._keys[0]
        assert any(key)
        each.forget(0)
        assert not any(key)
        assert len(key) == 32


def test_forgetting_what_was_never_saved_is_no_error(stem: Path) -> None:
    seals = Seals(stem)
    seals.pseudonym(0, "ola")
    seals.forget(0)
    seals.forget(7)
    assert seals.phases == ()


def test_a_key_that_could_not_be_saved_is_saved_next_time(
    stem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seals = Seals(stem)
    before = seals.pseudonym(0, "ola")

    def full(file: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(seals_module.os, "write", full)
        with pytest.raises(OSError, match="No space"):
            seals.save()
    seals.save()
    assert Seals(stem).pseudonym(0, "ola") == before


def test_half_a_key_is_not_taken_for_saved(stem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seals = Seals(stem)
    before = seals.pseudonym(0, "ola")
    really_write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(seals_module.os, "write", lambda file, data: really_write(file, data[:7]))
        with pytest.raises(OSError):
            seals.save()
    seals.save()
    assert Seals(stem).pseudonym(0, "ola") == before


@pytest.mark.parametrize("left", [os.urandom(31), bytes(32)], ids=["half", "overwritten"])
def test_what_a_crash_or_a_backup_left_of_a_key_is_not_used_and_does_not_stay(
    stem: Path, left: bytes
) -> None:
    """31 known bytes of 32 are as good as all of them; 32 zeros are known to everybody."""
    stem.with_name("meeting-0.key").write_bytes(left)
    assert Seals(stem).phases == ()
    assert keys(stem) == []


def test_the_keys_of_two_meetings_do_not_meet(tmp_path: Path) -> None:
    one, other = Seals(tmp_path / "one"), Seals(tmp_path / "other")
    assert one.pseudonym(0, "ola") != other.pseudonym(0, "ola")
    one.save()
    other.save()
    one.forget(0)
    assert [path.name for path in keys(tmp_path / "one")] == ["other-0.key"]
