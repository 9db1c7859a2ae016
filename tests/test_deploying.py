"""What is shipped for those who run twelp: units that systemd takes, settings that exist, files that are there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from twelp.config import Settings
from twelp.wiring.roles import Role

HERE = Path(__file__).parent.parent
DEPLOY = HERE / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_units(unit: Path, tmp_path: Path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    text = unit.read_text()
    for name in ("User", "Group"):  # which this machine does not have
        text = re.sub(rf"^{name}=.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(ExecStart)=\S+", r"\1=/bin/true", text, flags=re.MULTILINE)
    made = tmp_path / unit.name.replace("@.", "@work.")
    made.write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", str(made)], capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if unit.stem.rstrip("@") in line]
    assert (done.returncode, told) == (0, []), done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_what_there_is(unit: Path):
    found = re.search(r"^ExecStart=/srv/twelp/venv/bin/twelp (\S+)$", unit.read_text(), re.MULTILINE)
    assert found is not None
    assert found[1] in ("run", "%i")
    assert {role.value for role in Role} == {"listen", "work", "slack", "web"}, "twelp@.service and the docs name them"


def test_settings_that_are_named_exist():
    named = set(re.findall(r"\b(?:TWELP_[A-Z_]+|PORT|DATABASE_URL)\b", (DEPLOY / "Containerfile").read_text()))
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    named |= set(composed["services"]["twelp"]["environment"])
    fields = Settings.model_fields.items()
    known = {field.alias or name.upper() for name, field in fields} | {f"TWELP_{name.upper()}" for name, _ in fields}
    assert named <= known, named - known


def test_files_that_are_named_exist():
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["twelp"]
    assert (DEPLOY / composed["build"]["context"] / composed["build"]["dockerfile"]).is_file()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert all((HERE / name).exists() for line in copied for name in line.split())
    volume = composed["volumes"][0].split(":")
    assert (DEPLOY / volume[0]).is_file()
    assert volume[1:] == ["/srv/twelp/experts.yaml", "ro"]
