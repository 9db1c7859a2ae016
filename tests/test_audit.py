"""The gate's audit of what was installed: what it finds, and that a service that is away is no fault."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci/audit.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


class Installed:
    """A distribution, as its metadata tell."""

    def __init__(self, version: str, requires: tuple[str, ...] = ()) -> None:
        self.version = version
        self.requires = requires


def test_a_pin_that_is_missing_wrong_or_of_no_use_is_found(
    audit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(audit, "ROOT", tmp_path)
    (tmp_path / "constraints.txt").write_text(
        "alpha==1.0\nbeta==2.0\nbeta==2.1 ; python_version > '3'\nidle==1\nwinonly==3 ; sys_platform == 'win32'\n"
    )
    installed: dict[str, Any] = {
        "twelp": Installed("0.1", ("alpha", 'beta ; extra == "more"', 'winonly ; sys_platform == "win32"')),
        "alpha": Installed("1.1", ("gamma",)),
        "beta": Installed("2.1"),
        "gamma": Installed("3.0"),
        "pip": Installed("26"),
    }
    found = list(audit.pins(installed))
    assert [line.partition(":")[0].partition(" is ")[0] for line in found] == [
        "constraints.txt",
        "constraints.txt",
        "alpha 1.1",
        "gamma 3.0",
    ]
    assert "beta is pinned twice" in found[0]
    assert "nothing needs idle" in found[1]


def test_a_version_that_its_makers_took_back_is_found(audit: ModuleType, tmp_path: Path):
    report = tmp_path / "report.json"
    items = [
        {"metadata": {"name": name, "version": "1"}, "is_yanked": taken}
        for name, taken in (("good", False), ("bad", True))
    ]
    report.write_text(json.dumps({"install": items}))
    assert [line.split()[0] for line in audit.yanked([report])] == ["bad"]


@pytest.mark.parametrize(
    ("told", "good"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND MIT AND Zlib AND CC0-1.0", True),
        ("GPL-2.0-only OR Apache-2.0", True),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-only", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_licences_that_were_agreed_to_pass_alone(audit: ModuleType, told: str, good: bool):
    assert audit.allowed(told) is good


def test_a_known_vulnerability_is_told_and_a_service_that_breaks_off_is_no_fault(
    audit: ModuleType, capsys: pytest.CaptureFixture[str]
):
    flaw = {"id": "PYSEC-1", "fix_versions": ["2.0"]}
    assert audit.told(json.dumps({"dependencies": [{"name": "a", "version": "1", "vulns": [flaw]}]}), "")
    assert not audit.told(json.dumps({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}), "")
    assert not audit.told("", "ServiceError: gone")
    assert capsys.readouterr().out.splitlines() == [
        "audit: a 1: PYSEC-1, mended in 2.0",
        "audit: no known vulnerabilities in 1 packages, says OSV",
        "audit: known vulnerabilities were NOT looked for: ServiceError: gone",
    ]
