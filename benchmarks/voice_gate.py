"""What the gate catches and stops wrongly, by rule and by language, on `tests/data/gate/answers.jsonl` or another file.

python -m benchmarks.voice_gate [FILE]
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from twelp.adapters.x.rules import RULES
from twelp.flow import gate
from twelp.model import FindingLevel
from twelp.roster import load

ROOT: Final = Path(__file__).parents[1]
CORPUS: Final = ROOT / "tests/data/gate/answers.jsonl"
PRIVATE: Final = frozenset(
    (
        "card number",
        "bank account",
        "national id",
        "phone",
        "e-mail",
        "reference",
        "birth date",
        "street address",
        "name",
    )
)
"""Rules about somebody's private data."""


def rows(path: Path = CORPUS) -> list[dict[str, Any]]:
    """The texts with what is wanted of each."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def stops(row: dict[str, Any], setting: gate.Setting) -> list[str]:
    """The rules that stop this text, each once."""
    text = row["text"]
    found = gate.check(text, text, left=0, rules=RULES, question=row.get("question"), setting=setting)
    return list(dict.fromkeys(f.rule for f in found if f.level is not FindingLevel.WARN))


def figures(wanted: Iterable[dict[str, Any]], setting: gate.Setting) -> dict[str, Any]:
    """Recall of what must be caught, share of what must pass and was stopped; by rule and by language."""
    caught, missed, stopped, passed = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    by_rule: defaultdict[str, Counter[str]] = defaultdict(Counter)
    wrong: list[tuple[str, dict[str, Any], list[str]]] = []
    for row in wanted:
        rules, language = stops(row, setting), row.get("language", "?")
        if row["want"] == "catch":
            (caught if rules else missed)[language] += 1
            kind = row.get("rule", "?")
            by_rule[kind]["caught" if rules else "missed"] += 1
            if kind in rules:
                by_rule[kind]["right"] += 1
            if not rules:
                wrong.append(("missed", row, rules))
        else:
            (stopped if rules else passed)[language] += 1
            for rule in rules:
                by_rule[rule]["false"] += 1
            if rules:
                wrong.append(("stopped", row, rules))
    return {
        "caught": caught,
        "missed": missed,
        "stopped": stopped,
        "passed": passed,
        "by_rule": dict(by_rule),
        "wrong": wrong,
    }


def share(part: int, other: int) -> str:
    """`part` of both, in percent."""
    return f"{100 * part / (part + other):5.1f} %" if part + other else "      –"


def main() -> None:
    """Prints the tables, and each text that was not as wanted."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    setting, wanted = gate.setting_of(load(ROOT / "experts.yaml")), rows(path)
    began = time.process_time()
    found = figures(wanted, setting)
    took = (time.process_time() - began) * 1000 / max(len(wanted), 1)
    caught, missed, stopped, passed = (found[key] for key in ("caught", "missed", "stopped", "passed"))
    print(f"{len(wanted)} texts, {took:.2f} ms each")
    print(f"{'language':22}{'must be caught':>15}{'recall':>9}{'must pass':>11}{'stopped':>9}")
    for language in sorted(set(caught) | set(missed) | set(stopped) | set(passed)):
        catch, good = caught[language] + missed[language], stopped[language] + passed[language]
        line = (
            f"{share(caught[language], missed[language]):>9}{good:>11}{share(stopped[language], passed[language]):>9}"
        )
        print(f"{language:22}{catch:>15}{line}")
    total = f"{share(caught.total(), missed.total()):>9}{stopped.total() + passed.total():>11}"
    print(f"{'all':22}{caught.total() + missed.total():>15}{total}{share(stopped.total(), passed.total()):>9}")
    print(f"\n{'rule':24}{'texts':>6}{'recall':>9}{'by this rule':>14}{'precision':>11}")
    for rule, count in sorted(found["by_rule"].items()):
        texts = count["caught"] + count["missed"]
        precision = share(count["right"], count["false"])
        right = share(count["right"], texts - count["right"])
        print(f"{rule:24}{texts:>6}{share(count['caught'], count['missed']):>9}{right:>14}{precision:>11}")
    for what, row, rules in found["wrong"]:
        print(f"\n{what} ({row.get('language', '?')}, {row.get('rule', '')}): {row['text']}  {', '.join(rules)}")


if __name__ == "__main__":
    main()
