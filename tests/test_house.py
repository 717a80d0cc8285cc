"""The project's own rules: who imports whom, what a kind consists of, where every word stands."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

import phases
from facilitator.core.text import LANGS, placeholders
from facilitator.texts import ASSETS, TEXTS, BrokenTexts, read_texts

ROOT = Path(__file__).parent.parent
KINDS = {kind.model_fields["kind"].default: phases.folder(kind) for kind in phases.KINDS}
MOST_LINES = 450  # a thermometer, not a law


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of ours by its dotted name."""
    paths = [*ROOT.glob("facilitator/**/*.py"), *ROOT.glob("phases/**/*.py")]
    return {_dotted(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_package(module: str) -> bool:
    return (ROOT / module.replace(".", "/") / "__init__.py").exists()


def named_imports(module: str) -> set[str]:
    """All that a module names in an import, as dotted names; also inside functions."""
    found: set[str] = set()
    for node in ast.walk(sources()[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def _base(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    up = node.level - 1 if _is_package(module) else node.level
    parts = module.split(".")[: len(module.split(".")) - up]
    return ".".join([*parts, *filter(None, [node.module])])


def our_imports(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    known = sources()
    names = ((name, name.rpartition(".")[0]) for name in named_imports(module))
    ours = {next((n for n in pair if n in known), "") for pair in names}
    return ours - {"", module}


# Who imports whom


def pure_modules() -> list[str]:
    core = [m for m in sources() if m.startswith("facilitator.core")]
    parts = [f"phases.{kind}.{part}" for kind in KINDS.values() for part in ("rules", "views")]
    return [*core, *parts]


def loaded_by(modules: list[str]) -> set[str]:
    """What stands in sys.modules of a fresh process that imports these."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    return set(
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split()
    )


def test_core_rules_and_views_draw_no_screen_and_touch_no_disk():
    loaded = loaded_by(pure_modules())
    assert {m.split(".")[0] for m in loaded} & {"nicegui", "tinydb", "fastapi", "socketio"} == set()
    ours = {m for m in loaded if m.startswith("facilitator.")}
    assert {m for m in ours if not m.startswith("facilitator.core")} == set()


def test_the_core_knows_no_kind():
    core = [m for m in sources() if m.startswith("facilitator.core")]
    assert {m for m in loaded_by(core) if m.split(".")[0] == "phases"} == set()


def test_the_core_needs_the_standard_library_and_pydantic_alone():
    may = {*sys.stdlib_module_names, "pydantic", "facilitator"}
    for module in (m for m in sources() if m.startswith("facilitator.core")):
        assert {name.split(".")[0] for name in named_imports(module)} <= may, module


@pytest.mark.parametrize("module", pure_modules())
def test_time_chance_and_files_come_from_outside(module: str):
    outside = {"time", "datetime", "random", "secrets", "uuid", "os", "pathlib", "io", "socket"}
    outside |= {"asyncio", "threading", "logging", "subprocess", "urllib", "http", "sqlite3"}
    assert {name.split(".")[0] for name in named_imports(module)} & outside == set()
    assert "open" not in {n.id for n in ast.walk(sources()[module]) if isinstance(n, ast.Name)}


def test_a_kind_imports_the_core_and_itself_alone():
    for module in sources():
        if module.count(".") >= 2 and module.startswith("phases."):
            itself = ".".join(module.split(".")[:2])
            for ours in our_imports(module):
                pure = ours.startswith("facilitator.core")
                leads = module.endswith(".leader") and ours.startswith("facilitator.")
                assert pure or leads or ours.startswith(itself), f"{module} imports {ours}"


def test_only_the_composition_root_and_the_pages_import_pages():
    for module in sources():
        pages = {m for m in our_imports(module) if m.startswith("facilitator.pages")}
        may = module == "facilitator.__main__" or module.startswith("facilitator.pages")
        assert may or not pages, f"{module} imports {pages}"


def test_nobody_but_the_catalogue_imports_a_kind():
    for module in sources():
        if module.startswith("facilitator"):
            assert {m for m in our_imports(module) if m.startswith("phases.")} == set(), module


def test_no_circle_of_imports():
    graph = {module: our_imports(module) for module in sources()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))


def test_pages_never_name_a_kind():
    for module, tree in sources().items():
        if module.startswith("facilitator.pages"):
            for words in _strings(tree):
                named = {kind for kind in KINDS if re.search(rf"\b{kind}\b", words)}
                assert not named or " " in words, f"{module}: {words!r} names {named}"


# What a kind consists of


@pytest.mark.parametrize("folder", KINDS.values())
def test_a_kind_has_rules_views_texts_and_a_test(folder: str):
    for name in ("__init__.py", "rules.py", "views.py", "texts.toml"):
        assert (ROOT / "phases" / folder / name).is_file(), name
    assert (ROOT / "tests" / "phases" / f"test_{folder}.py").is_file()


def test_every_folder_of_phases_is_a_kind():
    folders = {path.parent.name for path in ROOT.glob("phases/*/*.py")}
    assert folders == set(KINDS.values())


def test_stored_names_are_written_by_hand_and_only_once():
    types = [event.model_fields["type"].default for event in phases.EVENTS]
    assert len(set(types)) == len(types)
    assert all(re.fullmatch(r"[a-z_]+", stored) for stored in types)


# Words


def test_a_hole_in_the_texts_is_an_error_with_the_file_and_the_key(tmp_path: Path):
    path = tmp_path / "texts.toml"
    path.write_text('[frame]\nhere = { nn = "Her" }\n', encoding="utf-8")
    with pytest.raises(BrokenTexts, match=r"texts\.toml: frame\.here: .*no text in nb, sv, da, en"):
        read_texts(path)


def test_texts_that_ask_for_different_things_are_an_error(tmp_path: Path):
    path = tmp_path / "texts.toml"
    others = 'nb = "{n} her", sv = "{n} här", da = "{n} her"'
    path.write_text(f'here = {{ nn = "{{n}} her", {others}, en = "{{m}} here" }}\n', "utf-8")
    with pytest.raises(BrokenTexts, match=r"texts\.toml: round\.here: .*placeholders differ"):
        read_texts(path, "round")


def test_every_text_stands_in_every_language():
    assert all(set(text.root) == set(LANGS) for text in TEXTS.values())


_SAYING = {"say": "", "_say": "", "refuse": "refused.", "Refused": "refused."}


def _sayings() -> Iterator[tuple[str, str, ast.expr, ast.Call]]:
    """Where something is said or refused: the module, the key's prefix, the key, the call."""
    for module, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in _SAYING:
                    yield module, _SAYING[name], node.args[0], node


def _pattern(key: ast.JoinedStr, prefix: str = "") -> str:
    """An f-string as a pattern: what is filled in is a name."""
    parts = (
        re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"([\w.]+)" for v in key.values
    )
    return re.escape(prefix) + "".join(parts)


def test_whatever_is_said_stands_in_the_texts():
    for module, prefix, key, _ in _sayings():
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            assert prefix + key.value in TEXTS, f"{module} says {prefix + key.value}"
        elif isinstance(key, ast.JoinedStr):
            pattern = _pattern(key, prefix)
            assert any(re.fullmatch(pattern, known) for known in TEXTS), f"{module}: {pattern}"


def test_every_sentence_is_given_what_it_asks_for():
    for module, prefix, key, call in _sayings():
        named = {word.arg for word in call.keywords}
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and None not in named:
            asked = placeholders(TEXTS[prefix + key.value].root[LANGS[0]])
            assert named == asked, f"{module} says {prefix + key.value}"


def test_no_text_stands_there_for_nothing():
    names, literal, patterns = set(), set(), set()
    for module, tree in sources().items():
        names |= set(_strings(tree))
        literal |= {words for words in _strings(tree) if words in TEXTS}
        if module != "facilitator.core.meeting":  # Refused puts any key after “refused.”
            patterns |= {_pattern(n) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)}
    for _, prefix, key, _ in _sayings():
        if isinstance(key, ast.Constant):
            literal.add(f"{prefix}{key.value}")
    scripts = "\n".join(p.read_text(encoding="utf-8") for p in ASSETS.rglob("components/**/*.js"))

    def used(key: str) -> bool:
        if key.startswith("screen."):
            return _in_scripts(key.removeprefix("screen."), scripts)
        filled = (re.fullmatch(pattern, key) for pattern in patterns)
        return key in literal or any(m and m.groups() and set(m.groups()) <= names for m in filled)

    unused = [key for key in TEXTS if not used(key)]
    assert not unused


def _in_scripts(name: str, scripts: str) -> bool:
    """`words.name`, words[`start_${…}`], or the 'name' in a table."""
    starts = re.findall(r"words\[`(\w+)\$\{", scripts)
    return bool(re.search(rf"\bwords\.{name}\b|'{name}'", scripts)) or name.startswith(
        tuple(starts)
    )


def _strings(tree: ast.AST) -> Iterator[str]:
    docs = {id(doc) for doc in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def _docstrings(tree: ast.AST) -> Iterator[Any]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


# Size


def test_no_file_has_outgrown_its_reader():
    paths = [p for top in ("facilitator", "phases") for p in ROOT.glob(f"{top}/**/*.py")]
    lines = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in paths}
    outgrown = {name: count for name, count in lines.items() if count > MOST_LINES}
    assert outgrown == {}
