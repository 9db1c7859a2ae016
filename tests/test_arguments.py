"""Benchmarks refuse what cannot be meant, in one line, before anything runs."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import postgres


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("crash --rounds 0", "--rounds: 0: expected a whole number, 1 or more"),
        ("crash --rounds many", "--rounds: many: expected a whole number, 1 or more"),
        ("crash --questions -3", "--questions: -3: expected"),
        ("crash --only nonsense,stop", "no torment nonsense on sqlite; there are call, called, clock"),
        ("crash --sum gone.jsonl", f"gone.jsonl cannot be read: {os.strerror(errno.ENOENT)}"),
        ("crash --sum nothing.jsonl", "nothing.jsonl holds no figures"),
        ("crash --sum notes.txt", "notes.txt: line 1 holds no figures as --into writes them"),
        ("crash --into notes.txt", "notes.txt: line 1 holds no figures as --into writes them"),
        ("crash --into .", f". cannot be written: {os.strerror(errno.EISDIR)}"),
        ("crash --keep full", "full is not empty"),
        ("crash --keep notes.txt", f"notes.txt cannot be used: {os.strerror(errno.EEXIST)}"),
        ("crash --database postgres", "not installed: install them"),
        ("crash --takeover", "not installed: install them"),
        ("faults --questions 0", "--questions: 0: expected"),
        ("faults --database postgres", "not installed: install them"),
        ("throughput --questions 0", "--questions: 0: expected"),
        ("throughput --quick", "not installed: install them"),
        ("latency --questions 0", "--questions: 0: expected"),
        ("latency --rate nan", "--rate: nan: expected a number above 0"),
        ("fuzz --cases 0", "--cases: 0: expected"),
        ("fuzz --keep gone/file", f"gone/file cannot be written: {os.strerror(errno.ENOENT)}"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_runs(
    given: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(postgres, "programs", lambda: None)
    Path("notes.txt").write_text("hello\n")
    Path("nothing.jsonl").touch()
    Path("full").mkdir()
    Path("full", "a.db").touch()
    name, *arguments = given.split()
    monkeypatch.setattr(sys, "argv", [name, *arguments])
    with pytest.raises(SystemExit) as ended:
        import_module(f"benchmarks.{name}").main()
    assert ended.value.code == 2
    assert why in " ".join(capsys.readouterr().err.split())
