"""What stands at the end of a run: how many posts and answers, and whether anything was lost or posted twice.

With a local X, that is counted from X's own record, and not from the bot's database alone.
"""

from __future__ import annotations

from collections import Counter

import httpx

from twelp.cli.account import Sum
from twelp.cli.doubled import doubled
from twelp.errors import StoreError
from twelp.ports import Store, Tx
from twelp.wiring import LOCAL


def summary(found: Sum, store: Store[Tx], brand: str, sandbox_url: str | None) -> list[str]:
    """Lines for the operator.

    Args:
        found: what the account has told.
        store: the bot's database.
        brand: our handle on the local X.
        sandbox_url: where the local X is, if there is one.
    """
    checked = _checked(store, brand, sandbox_url) if sandbox_url is not None else ""
    waiting = _under_way(store)
    under_way = [f"{waiting} still under way."] if waiting else []
    return [found.told(), *under_way, *([checked] if checked else [])]


def _under_way(store: Store[Tx]) -> int:
    """Questions that have not come to an end; 0 where the database does not answer any more."""
    try:
        with store.read() as tx:
            return sum(tx.under_way().values())
    except StoreError:
        return 0


def _checked(store: Store[Tx], brand: str, url: str) -> str:
    """X's own record held against ours; empty where either does not answer any more."""
    try:
        answer = httpx.get(f"{url}/_sandbox/x/posts", timeout=5, trust_env=False)
        posts = [post for post in answer.raise_for_status().json()["posts"] if not post["deleted"]]
        asked = {str(p["id"]) for p in posts if p["author"] != brand and f"@{brand}".lower() in p["text"].lower()}
        replies = Counter(str(p["in_reply_to"]) for p in posts if p["author"] == brand)
        with store.read() as tx:
            heard = tx.known_posts(f"{LOCAL}:{post_id}" for post_id in asked)
            twice = doubled(tx, {post_id: number for post_id, number in replies.items() if post_id in asked})
    except (httpx.HTTPError, ValueError, KeyError, TypeError, StoreError):
        return ""
    unread = len(asked) - len(heard)
    said = f"{unread} not read yet" if unread else "every post was read"
    return f"By the local X's own record: {said}, {twice or 'none'} answered twice."
