"""Looks at what a build installed: pins, licences, yanked versions, and known vulnerabilities where OSV answers.

    python .ci/audit.py REPORT…    in the environment that was installed, with pip's reports (`pip install --report`)

Status 1 when something is wrong. A service that is away is told in one line and fails nothing.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
import venv
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
OURS = "twelp"
TOOLS = {"pip", "setuptools", "wheel"}
OSV = os.environ.get("OSV_URL", "https://api.osv.dev/v1/query")

ALLOWED = {
    "0bsd",
    "apache",
    "bsd",
    "cc0",
    "cnri",
    "isc",
    "lgpl",
    "lesser general public",
    "mit",
    "mozilla",
    "mpl",
    "psf",
    "zlib",
}
"""Words of licences that were agreed to; of an expression every part must hold one, of alternatives any."""

AGREED_TO = {"pytest-timeout"}
"""Packages whose metadata names something vague beside an allowed licence, looked at by hand."""


def main() -> int:
    """Runs every check; 1 when one of them found something."""
    installed = {canonicalize_name(d.metadata["Name"]): d for d in metadata.distributions()}
    found = [*pins(installed), *licences(installed), *yanked(Path(file) for file in sys.argv[1:]), *misfits()]
    for line in found:
        print(f"audit: {line}")
    if not found:
        print(f"audit: {len(installed)} packages: pinned, used, of allowed licences, fitting, none yanked")
    return 1 if vulnerable() or found else 0


def pins(installed: dict[str, metadata.Distribution]) -> Iterator[str]:
    """Pins that are missing, double, unused, or not what was installed."""
    wanted = [Requirement(line) for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line.strip()]
    here: dict[str, Requirement] = {}
    for pin in wanted:
        name = canonicalize_name(pin.name)
        if pin.marker is None or pin.marker.evaluate():
            if name in here:
                yield f"constraints.txt: {name} is pinned twice: {here[name]} and {pin}"
            here[name] = pin
    used = needed(installed)
    for name in sorted({canonicalize_name(pin.name) for pin in wanted} - used):
        yield f"constraints.txt: nothing needs {name}; make the file anew (CONTRIBUTING.md)"
    for name, distribution in installed.items():
        if name not in here and name not in TOOLS | {OURS}:
            yield f"{name} {distribution.version} is installed and not pinned (CONTRIBUTING.md: Pins)"
        elif name in here and not here[name].specifier.contains(distribution.version, prereleases=True):
            yield f"{name} {distribution.version} is installed, and constraints.txt says {here[name].specifier}"


def needed(installed: dict[str, metadata.Distribution]) -> set[str]:
    """What we need with all our extras, on any system, and what that needs."""
    found: set[str] = set()
    left = [(OURS, frozenset({"*"}))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while left:
        name, extras = left.pop()
        if (name, extras) in seen or name not in installed:
            continue
        seen.add((name, extras))
        for line in installed[name].requires or ():
            requirement = Requirement(line)
            if may_apply(requirement.marker, extras):
                other = canonicalize_name(requirement.name)
                found.add(other)
                left.append((other, frozenset(requirement.extras)))
    return found


def may_apply(marker: Marker | None, extras: frozenset[str]) -> bool:
    """Whether a requirement with that marker may apply somewhere, with these extras; `*` stands for all."""
    asked = set(re.findall(r"""extra\s*==\s*["']([^"']+)""", str(marker))) if marker else set()
    return not asked or "*" in extras or bool(asked & extras)


def licences(installed: dict[str, metadata.Distribution]) -> Iterator[str]:
    """Packages of a licence that nobody agreed to, or of none."""
    for name, distribution in sorted(installed.items()):
        told = licence(distribution)
        if name not in TOOLS | {OURS} | AGREED_TO and not allowed(told):
            yield f"{name}: licence {told or 'unknown'} was not agreed to (ALLOWED in .ci/audit.py)"


def licence(distribution: metadata.Distribution) -> str:
    """What the package says of itself: an expression, else classifiers, else a word."""
    said = distribution.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    classifiers = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier", []) if c.startswith("License ::")]
    return " AND ".join(classifiers) or str(said.get("License", "")).partition("\n")[0]


def allowed(expression: str) -> bool:
    """Whether every part of it, or one alternative, is allowed.

    >>> allowed("MIT AND (GPL-3.0 OR Apache-2.0)"), allowed("GPL-3.0-only"), allowed("")
    (True, False, False)
    """
    return bool(expression) and all(
        any(any(re.search(rf"\b{word}", part.lower()) for word in ALLOWED) for part in re.split(r"\bOR\b", piece))
        for piece in re.split(r"\bAND\b", expression)
    )


def yanked(reports: Iterable[Path]) -> Iterator[str]:
    """Versions that their makers took back, as the index told pip when it installed them (PEP 592)."""
    for report in reports:
        for item in json.loads(report.read_text("utf-8"))["install"]:
            if item.get("is_yanked"):
                yield f"{item['metadata']['name']} {item['metadata']['version']} was yanked by its makers; pin another"


def misfits() -> Iterator[str]:
    """What pip finds that does not fit together."""
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    if done.returncode:
        yield from done.stdout.splitlines()


def vulnerable() -> bool:
    """Asks OSV for known vulnerabilities, by pip-audit, where it can be reached; True when there are any."""
    try:
        body = json.dumps({"package": {"name": "pip", "ecosystem": "PyPI"}, "version": "26.3"}).encode()
        with urllib.request.urlopen(urllib.request.Request(OSV, body), timeout=5) as answer:
            json.load(answer)
    except (OSError, ValueError) as error:
        print(f"audit: known vulnerabilities were NOT looked for: {OSV} cannot be reached ({error})")
        return False
    with TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pip-audit>=2.10,<3"]
        if subprocess.run(install, check=False).returncode:
            print("audit: known vulnerabilities were NOT looked for: pip-audit could not be installed")
            return False
        libraries = next(path for path in sys.path if path.endswith("site-packages"))
        command = [python, "-m", "pip_audit", "--vulnerability-service", "osv", "--osv-url", OSV, "--path", libraries]
        command += ["--skip-editable", "--progress-spinner", "off", "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return told(done.stdout, done.stderr)


def told(answer: str, why: str) -> bool:
    """Prints what pip-audit found; True when that is anything."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        print(f"audit: known vulnerabilities were NOT looked for: {(why.strip() or 'no answer').splitlines()[-1]}")
        return False
    found = [(package, flaw) for package in packages for flaw in package.get("vulns", ())]
    for package, flaw in found:
        mended = ", ".join(flaw.get("fix_versions", ())) or "no version yet"
        print(f"audit: {package['name']} {package['version']}: {flaw['id']}, mended in {mended}")
    if not found:
        print(f"audit: no known vulnerabilities in {len(packages)} packages, says OSV")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
