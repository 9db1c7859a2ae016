"""No sentence for people is written anywhere but in the catalogue: every other string in the code is looked at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "twelp"
LOOKED_AT = ("adapters/slack", "desk", "delivery", "flow/card.py", "flow/gate/__init__.py", "flow/selfservice.py")
LOOKED_AT += ("flow/volunteers.py", "flow/answer", "flow/dispatch", "flow/match/reasons.py", "flow/similar.py")
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_]+[,;:]? [^\W\d_]{2,}|[A-Z][^\W\d_]+[,;:]? [^\W\d_]{2,}")
"""Three words, or two that begin with a capital: shorter ones are steps of the journal and names of rules."""
LABEL = re.compile(r"[^\W\d_]{2,}")

OPERATORS = {"journal", "note", "_note", "Entry", "debug", "info", "warning", "error", "exception"}
"""What goes into the journal and the log, which operators read."""

SHOWING = {"words", "plain", "label", "header", "button", "link", "line", "legible", "escape", "Done", "Unclear"}
"""What shows a text to somebody: here a single word is one, too."""

FOR_OPERATORS = {
    "failures.py",
    "refusals.py",
    "requests.py",
    "transport.py",
    "connection.py",
    "unknown.py",
    "wave.py",
    "planning.py",
    "checking.py",
}
"""What went wrong with Slack, what a stranger's request is answered, why a wave has its size, what `twelp doctor`
finds: log, health, journal."""

KNOWN = {
    *("Hold it for 10 seconds: then it is on.", "my tv is off, what now?"),  # examples in a docstring
    "pause until tomorrow",  # what people write, not what they read
    *("not a question", "not our topic"),  # steps in the journal, and their reasons:
    *("in the morning's digest", "the topic's channel sees it first", "no topic matches", "as the roster says"),
    *(
        "they do not take part any more",
        " of the rules",
        "nothing of it stands",
        "to be corrected",
        "the network knows this text already",
    ),
    *(
        "no longer needed",
        "the person wants quiet",
        "its person rests",
        "a colleague answered by hand",
    ),  # why an outbox row is over
    *("did not ask ", " s after the post"),  # in the journal
    *("another worker has this row", "more for us:"),  # an error, the key of a job
    "it was not started, or is stopped",  # what health says of Slack's way to us
}
"""Strings that look like sentences and that nobody in Slack reads."""


def strays(file: Path) -> Iterator[str]:
    """Strings that look like sentences, but for docstrings, errors, the journal, the log and patterns."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        called = _name(node.func) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Raise | ast.Assert) or called in OPERATORS or called in ("compile", "split"):
            skipped.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        elif called in SHOWING and isinstance(node, ast.Call):
            shown = [a for a in node.args[-1:] if isinstance(a, ast.Constant)] if called == "Done" else node.args
            yield from (s for s in map(_said, shown[:2]) if LABEL.search(s) and called not in ("button", "link"))
    for node in ast.walk(tree):
        said = _said(node)
        if id(node) not in skipped and SENTENCE.search(said):
            yield said


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _said(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_text_that_people_read_is_in_the_catalogue():
    files = [file for place in LOOKED_AT for file in sorted((ROOT / place).rglob("*.py")) or [ROOT / place]]
    assert len(files) > 40
    looked_at = [file for file in files if file.name not in FOR_OPERATORS]
    found = {said: str(file.relative_to(ROOT)) for file in looked_at for said in strays(file)}
    assert {said: file for said, file in found.items() if said not in KNOWN} == {}
