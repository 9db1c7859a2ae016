"""Details: what customers of a recording wrote on in their own threads, and whether it came before those who asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from twelp.cli.recorded import Recorded
from twelp.model import AskRole, Entry, JournalStep, Kind, Roster, Verdict
from twelp.ports import Tx

_ADDS: Final = (Kind.FOLLOW_UP, Kind.SETTLED, Kind.EDITED, Kind.REPEATED)
"""What belongs to a question that is open: its cards and its holder have it."""
_GOES_ON: Final = (Kind.REPLY, Kind.UNHELPED)
"""What goes on after an answer: its author hears first."""
_NO_DETAIL: Final = (Kind.THANKS, Kind.OPT_OUT)


def count(tx: Tx, posts: Sequence[Recorded], ids: Mapping[str, str], network: str, roster: Roster) -> dict[str, int]:
    """What became of the posts with which customers went on in their own threads.

    Args:
        tx: reads the replayed database.
        posts: of the recording, oldest first.
        ids: of recorded posts on the local network, by their ids in the recording.
        network: its name.
        roster: for names.

    Returns:
        `details`: posts of a customer below a question of theirs, but thanks and new questions; `details_to_asker`: of
        these, those that came before whoever was asked or answered; `details_dropped`: those that reached nobody;
        `asked_anew`: posts below a question of theirs that became questions of their own; `reopened`: how often a
        question that was over went on.
    """
    found: Counter[str] = Counter(dict.fromkeys(("details", "details_to_asker", "details_dropped", "asked_anew"), 0))
    authors = {post.id: post.author for post in posts}
    threads: dict[str, str] = {}
    questions: set[str] = set()
    for post in posts:
        root = threads[post.id] = threads.get(post.reply_to or "", post.id)
        key = f"{network}:{ids.get(post.id, '')}"
        if root != post.id and authors[root] == post.author and f"{network}:{ids.get(root, '')}" in questions:
            found.update(_became(tx, key, tx.post(key), roster))
        belongs_to = tx.belongs_to(key)
        if belongs_to is not None:
            questions.add(belongs_to)
    reopened = sum(1 for one in questions for line in tx.trail(one) if line.step is JournalStep.REOPENED)
    return {**found, "reopened": reopened}


def _became(tx: Tx, key: str, heard: tuple[object, Verdict] | None, roster: Roster) -> Iterable[str]:
    verdict = heard[1] if heard is not None else None
    if verdict is not None and verdict.kind in _NO_DETAIL:
        return ()
    if verdict is not None and tx.belongs_to(key) == key:
        return ("asked_anew",)
    if verdict is None or verdict.kind not in (*_ADDS, *_GOES_ON):
        return ("details", "details_dropped")
    question = tx.belongs_to(key)
    reached = question is not None and _reached(tx, question, key, verdict.kind, roster)
    return ("details", "details_to_asker") if reached else ("details",)


def _reached(tx: Tx, question: str, key: str, kind: Kind, roster: Roster) -> bool:
    """Whether it came before somebody who was asked, or after an answer, before who wrote that."""
    if kind in _ADDS:
        return any(ask.role is not AskRole.CHANNEL for ask in tx.asks(question))
    answer = tx.spoke_last(question)
    author = roster.experts.get(answer.expert) if answer is not None else None
    return author is not None and _told(tx.trail(question), f"post {key}", author.name)


def _told(trail: Sequence[Entry], post: str, author: str) -> bool:
    """Whether the author was asked after the line about this post."""
    since = next((place for place, line in enumerate(trail) if line.actor == "customer" and post in line.reasons), None)
    later = trail[since:] if since is not None else ()
    return any(line.step is JournalStep.ASK and line.reasons[:1] == (author,) for line in later)
