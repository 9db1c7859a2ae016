"""The house's own rules: floors, independence, no circles; and that the README tells what is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

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
    assert re.search(r"^pytest$", gate, re.MULTILINE)


def test_every_link_in_the_docs_leads_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!http|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
