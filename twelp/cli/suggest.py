"""`twelp roster suggest`: what people repaired and answered, as a proposed change of experts.yaml to read and apply."""

from __future__ import annotations

import dataclasses
import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from twelp.adapters.store import SqlStore
from twelp.config import Settings
from twelp.errors import RosterError, StoreError
from twelp.flow.learn import Change, Declined, Proposal, Taught, propose
from twelp.flow.match.clean import words
from twelp.flow.nearness import Vector, neighbours
from twelp.model import JournalStep, Roster
from twelp.roster import check as check_text
from twelp.roster import load
from twelp.roster.amend import Amendment, amend
from twelp.wiring import RealClock, meaning, reading, rules

_CLOSE: Final = 0.6
"""The least cosine of two words that are counted together, as they mean nearly the same."""
_CLOSE_WORDS: Final = 4


def suggest(file: Path | None, *, as_json: bool, write: bool) -> int:
    """Prints the proposals with their evidence and the change they make; with `write`, makes it.

    Raises:
        StoreError: there is no database yet.
        RosterError: the roster has errors.
    """
    settings = Settings.read()
    path = file or settings.experts
    roster = load(path)
    store = reading(settings)
    if store is None:
        raise StoreError("there is no database yet, so nothing was learned: run twelp first", absent=True)
    try:
        proposals = proposed(roster, store, meaning(settings))
    finally:
        store.close()
    before = path.read_bytes().decode("utf-8")
    after, refused = amended(before, proposals)
    _must_be_good(after, path)
    diff = "".join(
        difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{path.name}", f"b/{path.name}")
    )
    written = write and after != before
    if written:
        path.write_bytes(after.encode("utf-8"))
    if as_json:
        found = [dataclasses.asdict(p) for p in proposals]
        shown = {"file": str(path), "proposals": found, "by_hand": refused, "diff": diff, "written": written}
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _print(path, roster, proposals, refused, diff, written=written)
    return 0


def proposed(roster: Roster, store: SqlStore, known: Vector | None = None) -> tuple[Proposal, ...]:
    """The proposals that the store's rows speak for; `known` tells what words mean."""
    with store.read() as tx:
        authors = tx.authors()
        taught = [
            Taught(question, topic, frozenset(words(text)), authors.get(question, ""))
            for question, text, topic in tx.learned()
            if topic is not None
        ]
        declined = [
            Declined(entry.subject, entry.actor, topic, str(entry.detail.get("to", "")))
            for entry in tx.entries_since((JournalStep.NOT_ME, JournalStep.PASS_TO))
            for topic in entry.detail.get("topics", ())
        ]
    own = _words((roster.brand.name, *roster.brand.handles.values()))
    topics = roster.topics.values()
    written = {t.id: own | _words((t.name, *t.keywords, *t.aliases)) for t in topics}
    background = [(t.id, frozenset(words(example))) for t in topics for example in t.examples]

    def close(telling: Iterable[str], standing: Iterable[str]) -> Mapping[str, Sequence[str]]:
        return neighbours(telling, standing, known, limit=_CLOSE_WORDS, least=_CLOSE) if known else {}

    return propose(roster, taught, declined, written=written, background=background, close=close)


def amended(text: str, proposals: Iterable[Proposal]) -> tuple[str, list[str]]:
    """The roster's text with the proposals in it, and what a person must do by hand."""
    refused = []
    for proposal in proposals:
        try:
            text = amend(text, [_amendment(proposal)])
        except RosterError as error:
            refused.append(str(error))
    return text, refused


def _amendment(proposal: Proposal) -> Amendment:
    if proposal.change is Change.ADD_KEYWORD:
        return Amendment("topics", proposal.entry, "keywords", proposal.value)
    remove = proposal.change is Change.REMOVE_TOPIC
    return Amendment("experts", proposal.entry, "topics", proposal.value, remove)


def _must_be_good(text: str, path: Path) -> None:
    roster, mistakes = check_text(text, str(path), RealClock().now().date(), networks=rules().values())
    if roster is None:
        wrong = "\n".join(str(m) for m in mistakes if m.severity == "error")
        raise RosterError(f"the proposed change would break the roster, so nothing was written:\n{wrong}")


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))


def _print(
    path: Path, roster: Roster, proposals: Iterable[Proposal], refused: list[str], diff: str, *, written: bool
) -> None:
    console = Console(highlight=False)
    for proposal in proposals:
        line = Text(f"{proposal.change} ", style="bold")
        line.append(f"“{proposal.value}” ", style="cyan")
        line.append(f"{'from' if proposal.change is Change.REMOVE_TOPIC else 'to'} {_entry(roster, proposal)}: ")
        line.append(f"{proposal.why} ({', '.join(proposal.questions)})", style="default")
        console.print(line, soft_wrap=True)
    for message in refused:
        console.print(Text(message, style="yellow"), soft_wrap=True)
    if not diff:
        console.print("Nothing to change: neither repairs nor answers speak for it yet.")
        return
    console.print()
    print(diff, end="")
    done = f"{path} is changed. Restart twelp to use it." if written else "Add --write to make this change."
    console.print(Text(done, style="bold"))


def _entry(roster: Roster, proposal: Proposal) -> Any:
    if proposal.change is Change.ADD_KEYWORD:
        return roster.topics[proposal.entry].name
    return roster.experts[proposal.entry].name
