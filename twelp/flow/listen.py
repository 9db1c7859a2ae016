"""Whether a post that was read concerns us at all, before anybody asks what it says.

Rules: never our own posts (an answer of ours must not become a question), never a post twice, never a mere repost (its
author adds no word of their own). Everything else goes on to triage; nothing is dropped here for what it says.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from twelp.model import Account, Kind, Post, Verdict

_OLD_STYLE_REPOST = re.compile(r"\s*RT\s+[@＠]\w{1,50}\s*:")
"""How people repost by hand: the words of somebody else after `RT @name:`."""


def concerns(post: Post, *, us: Account, heard: bool, handles: Collection[str] = ()) -> Verdict | None:
    """Why a post goes no further, or None: on to triage.

    Args:
        post: what was read.
        us: our account on the post's network.
        handles: our other accounts there.
        heard: whether this very post was taken in before; networks and pollers hand out the same post twice.

    Returns:
        A verdict that never asks (OWN, REPOST), with its reason; None when the post is new and somebody else's.
    """
    ours = {name.casefold() for name in (us.handle, *handles) if name}
    if post.author.id == us.id or post.author.handle.casefold() in ours:
        return Verdict(Kind.OWN, (f"written by our own account @{post.author.handle or us.handle}",))
    if heard:
        return Verdict(Kind.REPOST, ("heard before",))
    if post.repost_of is not None:
        return Verdict(Kind.REPOST, (f"reposts {post.repost_of} without a word of its own",))
    if _OLD_STYLE_REPOST.match(post.text):
        return Verdict(Kind.REPOST, ("repeats somebody else's post after “RT @…:”",))
    return None
