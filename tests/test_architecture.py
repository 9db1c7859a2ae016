"""The house's own rules: floors, independence, no circles; and that the README tells what is there."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_floors_hold():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_the_bot_says_nothing_and_starts_nothing():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import twelp.config, twelp.model, twelp.flow.dispatch"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_verb_that_the_readme_names_exists():
    from typer.main import get_command

    from twelp.cli.app import app

    root = get_command(app)
    verbs = set(root.commands)  # type: ignore[attr-defined]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`?twelp ([a-z]+)", readme)) - {"brings"}
    assert named <= verbs, named - verbs
    for group in ("roster", "sandbox", "db"):
        inner = set(root.commands[group].commands)  # type: ignore[attr-defined]
        assert set(re.findall(rf"twelp {group} ([a-z]+)", readme)) <= inner


def test_the_gate_installs_and_tests_as_the_readme_says():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    gate = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.findall(r"^Tests: `(.*)`$", readme, re.MULTILINE) == ['pip install -e ".[dev]" && pytest']
    assert "s/^Tests: `\\(.*\\)`$/\\1/p' README.md" in gate, (
        "a newcomer's command is taken from the README, word for word"
    )
    assert "pip install -e . && twelp" in readme
    assert '-e ".[dev]"' in gate, "and once more with the pins"
    newest, pinned = (
        f"<({python} -m pip freeze --exclude-editable)" for python in ('"$work/newcomer/bin/python"', "python")
    )
    both = re.escape(f"if diff {newest} {pinned}; then") + r"\n  say .*\nelse\n  say .*\n  pytest\nfi$"
    assert re.search(both, gate, re.MULTILINE), "but where the newest versions are the pinned ones"


def test_every_link_in_the_docs_leads_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_each_stop_of_the_way_is_where_the_flow_says() -> None:
    """A stranger follows a post and an answer from `flow/__init__.py`, and finds each file and function it names."""
    told = ast.get_docstring(ast.parse((ROOT / "twelp/flow/__init__.py").read_text(encoding="utf-8"))) or ""
    stops = re.findall(r"`((?:\w+/)+\w+)(?:\.py|\.(\w+))?`", told)
    assert len(stops) > 20
    for path, name in stops:
        file = ROOT / "twelp" / f"{path}.py"
        assert file.exists(), path
        assert not name or f"def {name}(" in file.read_text(encoding="utf-8"), f"{path}.{name}"


_A_NETWORK = re.compile(r"\bX\b|^x$|\bx:|x\.com|[tT]weet|[tT]witter")


def _said(tree: ast.Module) -> Iterator[ast.Constant]:
    """The strings of a module's code; docstrings are none."""
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node


@pytest.mark.parametrize(
    "part", ["flow", "desk", "texts", "delivery", "listener", "reading", "roster", "model", "ports", "engine"]
)
def test_decisions_and_texts_name_no_network(part: str) -> None:
    """A second network brings its rules and its name along; nothing here is written for one of them."""
    for path in sorted((ROOT / "twelp" / part).rglob("*.py")):
        for node in _said(ast.parse(path.read_text(encoding="utf-8"))):
            assert not _A_NETWORK.search(node.value), f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}"


_PARTS = ("desk", "delivery")
_MOST_METHODS = 10
_MOST_OFFERED = 12
_MOST_LINES, _MEDIAN_LINES = 400, 120


def _classes(part: str) -> Iterator[tuple[Path, ast.ClassDef]]:
    for path in sorted((ROOT / "twelp" / part).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield path, node


@pytest.mark.parametrize("part", _PARTS)
def test_who_does_things_holds_others_and_inherits_from_none(part: str) -> None:
    """Composition: a reader finds where a method is by the name of what it is called on."""
    ours = {node.name for _, node in _classes(part) if "Protocol" not in map(ast.unparse, node.bases)}
    bases = {(node.name, ast.unparse(base)) for _, node in _classes(part) for base in node.bases}
    assert not {(name, base) for name, base in bases if base in ours}


def test_no_module_is_longer_than_a_reader_keeps_in_mind() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "twelp").rglob("*.py")}
    assert {str(path): length for path, length in lengths.items() if length > _MOST_LINES} == {}
    assert statistics.median(lengths.values()) <= _MEDIAN_LINES


def test_no_class_offers_more_than_a_reader_keeps_in_mind() -> None:
    """Protocols, too: who depends on one depends on few things."""
    larger = {}
    for path in sorted((ROOT / "twelp").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and len(_offered(node)) > _MOST_OFFERED + _edits(node):
                larger[f"{path.relative_to(ROOT)}: {node.name}"] = len(_offered(node))
    assert larger == {}


def _edits(node: ast.ClassDef) -> int:
    """A network on which posts can be changed in place, or found by their words, has one method more for each."""
    return len({"Edits", "Searches"}.intersection(map(ast.unparse, node.bases)))


def _offered(node: ast.ClassDef) -> list[str]:
    return [m.name for m in node.body if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef) and m.name[0] != "_"]


_BY_ROWS = ("desk", "delivery", "listener", "reading")


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for part in _BY_ROWS:
        for path in sorted((ROOT / "twelp" / part).glob("*.py")):
            name = f"twelp.{part}" if path.stem == "__init__" else f"twelp.{part}.{path.stem}"
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> dict[str, str]:
    """What a module imports by name, and from where."""
    return {
        n.name: node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for n in node.names
    }


def test_each_part_says_which_rows_it_touches() -> None:
    """Only the desk's list of what can happen, which hands them out, knows all rows at once."""
    whole = {name for name, tree in _modules() if _imported(tree).get("Tx", "").startswith("twelp.ports")}
    assert whole == {"twelp.desk"}


def _row_protocols() -> dict[str, set[str]]:
    """What each group of rows in `ports` offers, by its name."""
    found = {}
    for path in (ROOT / "twelp/ports").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("Tx"):
                found[node.name] = set(_offered(node))
    return found | {"JobsTx": found["JobsTx"] | {"enqueue", "cancel", "reschedule", "list"}}  # the last: of `Jobs`


def test_no_part_says_that_it_touches_what_neither_it_nor_its_parts_touch() -> None:
    offered, trees = _row_protocols(), dict(_modules())
    rows = {
        (name, node.name): [ast.unparse(base) for base in node.bases if ast.unparse(base) != "Protocol"]
        for name, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name.endswith("Rows")
    }

    def listed(module: str) -> set[str]:
        """What this module says, and what those say that it imports."""
        found = {base for (name, _), bases in rows.items() if name == module for base in bases}
        for name, source in _imported(trees[module]).items():
            found |= {name} if name.endswith("Tx") else set(rows.get((source, name), ()))
        return found

    for (module, name), bases in rows.items():
        if module == "twelp.desk.rows" or "Desk" in _imported(trees[module]):
            continue  # the desk as a whole touches all
        tree = trees[module]
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        parts = {f"{source}.{part}" for part, source in _imported(tree).items()} | set(_imported(tree).values())
        theirs = set().union(*(listed(part) for part in parts if part in trees and part != "twelp.desk.rows"))
        for base in bases:
            if base in offered:
                assert used & offered[base] or base in theirs, f"{module}: {name} lists {base}"


@pytest.mark.parametrize("part", _PARTS)
def test_no_class_does_more_than_ten_things(part: str) -> None:
    for path, node in _classes(part):
        methods = [m.name for m in node.body if isinstance(m, ast.FunctionDef) and not m.name.startswith("_")]
        assert len(methods) <= _MOST_METHODS, f"{path.name}: {node.name} has {len(methods)}: {', '.join(methods)}"


@pytest.mark.parametrize("part", _PARTS)
def test_nobody_uses_what_is_private_to_another(part: str) -> None:
    for path in sorted((ROOT / "twelp" / part).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                owner = ast.unparse(node.value)
                assert owner in ("self", "cls"), f"{path.name}:{node.lineno}: {owner}.{node.attr}"
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("twelp."):
                private = [name.name for name in node.names if name.name.startswith("_")]
                assert not private, f"{path.name}:{node.lineno} imports {private}"


def test_whatever_others_ask_of_the_desk_is_in_its_list() -> None:
    """Some of them know the desk by a protocol of their own, or measured and traced: types alone would not tell."""
    listed = set(re.findall(r"self\.(\w+)", (ROOT / "twelp/desk/__init__.py").read_text(encoding="utf-8")))
    listed |= {"jobs", "roster", "matcher", "policy"}
    for part in ("adapters/slack", "delivery", "listener", "wiring", "cli"):
        for path in sorted((ROOT / "twelp" / part).rglob("*.py")):
            asked = set(re.findall(r"\b_?desk\.([a-z_]+)\(", path.read_text(encoding="utf-8")))
            assert asked <= listed, f"{path}: {asked - listed}"
