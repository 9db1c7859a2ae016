"""The store's statements stand under names, each with a sentence; those about tables that grow are looked at."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from benchmarks import filling
from tests import postgres
from tests.adapters.store.test_indexes import GROWS, KEY, NOW, WHO, whole
from twelp.adapters.store import SqlStore, base, queries
from twelp.adapters.store.columns import Utc
from twelp.adapters.store.tx import SqlTx

STORE = Path(str(base.__file__)).parent
PARTS = [part.name for part in pkgutil.iter_modules(queries.__path__) if part.name not in ("pieces", "stages")]
SELDOM = {
    "journal.COUNTED": "counts all rows, for `twelp status` of a test and for benchmarks",
    "journal.NOTED": "reads the whole journal, for `twelp audit`",
    "journal.PROGRESS": "counts all posts, while somebody watches",
    "journal.NEWEST_BUT": "at the start",
    "history.AUTHORS": "at the start of a replay",
}
"""Statements that may read all of a table, and why that is no harm."""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """A year of history, for all statements."""
    with ExitStack() as leaving:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('queries') / 'twelp.db'}"
        else:
            url = leaving.enter_context(postgres.database(request.getfixturevalue("postgres_server")))
        made = SqlStore(url)
        leaving.callback(made.close)
        filling.remember(made, 1_000)
        yield made


def named() -> Iterator[tuple[str, Any]]:
    for part in PARTS:
        for name, found in vars(importlib.import_module(f"{queries.__name__}.{part}")).items():
            if name.isupper() and name[0] != "_":
                yield f"{part}.{name}", found


@pytest.mark.parametrize("part", PARTS)
def test_each_name_has_its_sentence(part: str):
    body = ast.parse((STORE / "queries" / f"{part}.py").read_text(encoding="utf-8")).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id.isupper() and target.id[0] != "_":
            said = after.value if isinstance(after, ast.Expr) else None
            assert isinstance(said, ast.Constant), f"{part}.{target.id}"
            assert re.match(r"[A-Z“].*\.$", str(said.value), re.DOTALL), f"{part}.{target.id}"


def test_no_statement_stands_beside_the_code():
    """What is made anew at each use, as it depends on what is asked, may."""
    for path in sorted(STORE.glob("*.py")):
        if path.name in ("job_tables.py", "tables.py", "schema.py", "indexes.py"):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign):
                assert not re.search(r"\bsa\.(select|insert|update|delete|text)\(", ast.unparse(node)), path.name


def test_what_is_seldom_done_is_there():
    assert SELDOM.keys() <= dict(named()).keys()


READS = (sa.Select, sa.CompoundSelect, sa.Delete)
ABOUT_WHAT_GROWS = {
    name: found
    for name, found in named()
    if isinstance(found, READS) and re.search(rf"twelp_({GROWS})\b", str(found)) and name not in SELDOM
}


def sample(bind: sa.BindParameter[Any]) -> Any:
    """Something that may be there."""
    if bind.expanding:
        return [KEY]
    if bind.key == "most" or isinstance(bind.type, sa.Integer):
        return 5
    if isinstance(bind.type, Utc):
        return NOW
    return {"network": "x", "expert": WHO, "stored": "asked", "stage": "asked", "errand": "reply"}.get(bind.key, KEY)


@pytest.mark.parametrize("name", ABOUT_WHAT_GROWS)
def test_no_statement_reads_all_of_a_table_that_grows(store: SqlStore, name: str):
    """By its name, whoever uses it; `test_indexes` looks at what is done with several."""
    statement = ABOUT_WHAT_GROWS[name]
    given = {bind.key: sample(bind) for bind in statement.compile().binds.values() if bind.required}

    def run(tx: SqlTx) -> None:
        if isinstance(statement, sa.Delete):
            tx.do(statement, given)
        else:
            tx.rows(statement, given)

    assert whole(store, run) == []
