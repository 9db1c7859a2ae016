"""`twelp gate` and `twelp voice check`: what the gate says to a text, to many, and to a company's own table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from twelp.config import Settings
from twelp.errors import ConfigError
from twelp.flow import answer as answers
from twelp.flow import gate, publish
from twelp.model import Brand, Finding, FindingLevel, Level, Roster
from twelp.networks import NetworkRules
from twelp.roster import load
from twelp.texts import reasons
from twelp.wiring import RealClock, rules

_STYLES: Final = {FindingLevel.REFUSE: "bold red", FindingLevel.SECOND_PAIR: "bold yellow", FindingLevel.WARN: "cyan"}
_VERDICTS: Final = {"refuse": "bold red", "second_pair_of_eyes": "bold yellow", "publish": "bold green"}
_WANTS: Final = ("catch", "pass")


@dataclass(frozen=True, slots=True)
class Judge:
    """The gate with a company's roster, as it stands before an answer on one network."""

    roster: Roster
    network: NetworkRules
    setting: gate.Setting

    @classmethod
    def read(cls) -> Judge:
        """With the roster that the settings name; without one, with the gate's own defaults."""
        settings, known = Settings.read(), rules()
        if settings.experts.exists():
            roster = load(settings.experts, networks=known.values())
        else:
            roster = Roster(Brand("", {}), {}, {})
        name = next((name for name in roster.brand.handles if name in known), next(iter(known)))
        return cls(roster, known[name], gate.setting_of(roster, today=RealClock().now().date()))

    def judged(self, text: str, question: str | None, initials: str, alt_texts: Sequence[str] = ()) -> dict[str, Any]:
        """Verdict, findings with places in `text`, and what would go out, as JSON has it."""
        made = answers.plain(text)
        whole = publish.compose(made.text, initials) if initials else made.text
        posts: tuple[str, ...] = (whole,)
        left = publish.left(whole, self.network)
        if left < 0 and self.network.length.threads:
            posts = publish.split(made.text, initials, self.network) if initials else self._unsigned(made.text)
            left = publish.left(posts[-1], self.network) if len(posts) > 1 else left
        found = gate.check(
            made.text,
            whole,
            posts=posts,
            left=left,
            rules=self.network,
            question=question,
            setting=self.setting,
            alt_texts=alt_texts,
        )
        own = self.setting.links
        links = publish.all_named(posts, own, self.network)
        strange = gate.strange_links(links, allowed=own, rules=self.network, text=made.text)
        findings = gate.in_order((*found, *(f for f in strange if not _told(f, found)), *self._second_key(initials)))
        return {
            "verdict": verdict(findings),
            "findings": [_as_json(finding) for finding in _placed(findings, made.text, text)],
            "posts": list(posts),
            "lengths": [self.network.length.weigh(post) for post in posts],
        }

    def _second_key(self, initials: str) -> Iterator[Finding]:
        """That a second person reads what a trainee writes; how many of their answers there were is not known here."""
        wanted = initials.casefold()
        author = next((e for e in self.roster.experts.values() if e.initials.casefold() == wanted), None)
        if author is not None and author.level is Level.TRAINEE:
            yield Finding("trainee", reasons.TRAINEE, FindingLevel.SECOND_PAIR)

    def _unsigned(self, text: str) -> tuple[str, ...]:
        """The posts of a thread, without a signature: as with the shortest one."""
        *posts, last = publish.split(text, "X", self.network)
        return (*posts, publish.unsigned(last, "X"))


def verdict(findings: tuple[Finding, ...]) -> str:
    """What becomes of an answer with these findings."""
    levels = {finding.level for finding in findings}
    stops = (FindingLevel.REFUSE, FindingLevel.SECOND_PAIR)
    return next((level.value for level in stops if level in levels), "publish")


def one(text: str, *, question: str | None, initials: str, as_json: bool) -> None:
    """Prints what the gate says to one text."""
    judge = Judge.read()
    found = judge.judged(text, question, initials)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    console.print(Text(found["verdict"].replace("_", " "), style=_VERDICTS[found["verdict"]]))
    for finding in found["findings"]:
        style = _STYLES[FindingLevel(finding["level"])]
        line = Text(f"  {finding['rule']} ", style=style)
        if finding["end"]:
            line.append(
                f"{finding['start']}-{finding['end']} “{text[finding['start'] : finding['end']]}” ", style="bold"
            )
        line.append(finding["message"], style="default")
        console.print(line)
    for post, length in zip(found["posts"], found["lengths"], strict=True):
        console.print(Text(f"{length:>4}  {post}"))


def many(path: Path) -> None:
    """Prints one JSON line for each text of a file, in its order.

    Raises:
        ConfigError: the file cannot be read, or a row has no text.
    """
    judge = Judge.read()
    for _, row in _rows(path):
        print(json.dumps(judge.judged(*_asked(row)), ensure_ascii=False), flush=True)


def check_table(path: Path, *, as_json: bool) -> int:
    """Plays a table of texts that must be caught or pass, and prints each that was not; 1 when there was one.

    Raises:
        ConfigError: the file cannot be read, or a row does not say what it wants.
    """
    judge = Judge.read()
    differences: list[dict[str, Any]] = []
    count = 0
    for number, row in _rows(path):
        want = str(row.get("want") or "").strip().lower()
        if want not in _WANTS:
            raise ConfigError(f"{path}:{number}: want is {want!r}. Expected one of {', '.join(_WANTS)}.")
        count += 1
        text, found = str(row["text"]), judge.judged(*_asked(row))
        got = "pass" if found["verdict"] == "publish" else "catch"
        wrong_rule = row.get("rule") and want == "catch" and row["rule"] not in {f["rule"] for f in found["findings"]}
        if got != want or wrong_rule:
            differences.append({"line": number, "want": want, "got": got, **found, "text": text})
    if as_json:
        print(json.dumps({"texts": count, "differences": differences}, ensure_ascii=False, indent=2))
    else:
        _print_differences(path, differences, count)
    return 1 if differences else 0


def _print_differences(path: Path, differences: list[dict[str, Any]], count: int) -> None:
    console = Console(highlight=False)
    for one in differences:
        rules_seen = ", ".join(dict.fromkeys(f["rule"] for f in one["findings"])) or "nothing seen"
        console.print(
            Text(f"{path}:{one['line']}: wanted {one['want']}, got {one['got']} ({rules_seen}): {one['text']}")
        )
    console.print(f"{count} texts, {len(differences)} not as wanted.")


def _told(finding: Finding, found: tuple[Finding, ...]) -> bool:
    return any(
        other.rule == finding.rule and other.start < finding.end and finding.start < other.end for other in found
    )


def _placed(findings: tuple[Finding, ...], cleaned: str, typed: str) -> Iterator[Finding]:
    """The findings with their places in what was typed, where cleaning moved them."""
    if cleaned == typed or not findings:
        yield from findings
        return
    at = [len(typed)] * (len(cleaned) + 1)
    for tag, c1, c2, t1, t2 in SequenceMatcher(None, cleaned, typed, autojunk=False).get_opcodes():
        for place in range(c1, c2):
            at[place] = t1 + (place - c1 if tag == "equal" else 0)
        if c2 < len(at):
            at[c2] = t2
    for finding in findings:
        end = at[finding.end - 1] + 1 if finding.end else 0
        yield replace(finding, start=at[finding.start] if finding.end else 0, end=min(end, len(typed)))


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "start": finding.start,
        "end": finding.end,
        "message": str(finding.message),
    }


def _asked(row: Mapping[str, Any]) -> tuple[str, str | None, str, tuple[str, ...]]:
    alt = row.get("alt") or ()
    alt_texts = (alt,) if isinstance(alt, str) else tuple(map(str, alt))
    return str(row["text"]), row.get("question") or None, str(row.get("as") or ""), alt_texts


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of JSON lines, or of CSV with a heading, by their line."""
    try:
        raw = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise ConfigError(f"{path}: cannot be read ({wrong}). Expected JSON lines or CSV in UTF-8.") from None
    if path.suffix.lower() == ".csv":
        found: Iterator[tuple[int, Any]] = enumerate(csv.DictReader(raw.splitlines(keepends=True)), 2)
    else:
        found = ((n, _object(path, n, line)) for n, line in enumerate(raw.split("\n"), 1) if line.strip())
    for number, row in found:
        if not isinstance(row.get("text"), str):
            raise ConfigError(f"{path}:{number}: there is no text. Expected text, and question and as where known.")
        yield number, row


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ConfigError(f'{path}:{number}: no JSON object. Expected one a line, like {{"text": "Hold it."}}.')
    return found
