"""X's rules as the decisions need them: length, links, mentions, repeats, who may be replied to, prices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import quote, urlencode

from twelp.adapters.x import counting
from twelp.adapters.x.fields import hour_of, public_url
from twelp.adapters.x.parse import NETWORK
from twelp.networks import Length, MayReply, NetworkRules, Prices, Rate

_MENTION: Final = re.compile(
    r"(?:(?<![A-Za-z0-9_!#$%&*@＠])|(?<=(?<![A-Za-z0-9_+~.-])[rR][tT]))[@＠]([A-Za-z0-9_]{1,20})(?![@＠])"
)
"""What X takes for a mention; an e-mail address is none. Source: twitter-text, valid preceding characters."""

_SURE_LINK: Final = re.compile(
    r"(?<![A-Za-z0-9@＠$#＃])https?://(?:[a-z0-9-]{1,63}\.){1,6}"
    r"(?:com|net|org|info|biz|edu|gov|shop|store|app|dev|tech|online|site|[a-z]{2})(?::\d{1,5})?/"
    r"[a-z0-9_!*';:=+,.$%#\[\]~@|&/-]*",
    re.IGNORECASE | re.ASCII,
)
"""What X surely takes for a link, in which an @ mentions nobody: not every ending is one, and `,` or `"` may end it."""


def find_mentions(text: str) -> Iterator[str]:
    """The handles that X will take a text to name.

    >>> list(find_mentions("Ask @VoltHelp, not help@volt.com or https://volt.com/@bob."))
    ['VoltHelp']
    """
    return (found[1] for found in _MENTION.finditer(_SURE_LINK.sub(" ", text)))


def intent_url(post_id: str, text: str) -> str:
    """Where a person may post `text` by hand under that post."""
    return "https://x.com/intent/post?" + urlencode({"in_reply_to": post_id, "text": text}, quote_via=quote)


def private_url(ours: str, theirs: str) -> str:
    """Where a person sees what two accounts write to each other privately."""
    first, second = sorted((ours, theirs), key=int)
    return f"https://x.com/messages/{first}-{second}"


RULES: Final = NetworkRules(
    name=NETWORK,
    display_name="X",
    length=Length(counting.LIMIT, counting.weigh, link=counting.LINK, wide=counting.WIDE),
    handle=re.compile(r"^@?[A-Za-z0-9_]{1,15}$"),
    handle_form="an X user name like VoltHelp: letters, digits and _, at most 15",
    find_links=counting.find_links,
    find_mentions=find_mentions,
    may_mention_others=False,
    most_cashtags=1,
    shortener="t.co",
    refuses_repeats_for=timedelta(hours=24),
    may_reply=MayReply.SUMMONED,
    private_messages=True,
    most_posts=Rate(100, timedelta(minutes=15)),
    most_deletes=Rate(50, timedelta(minutes=15)),
    prices=Prices(read=0.001, look_up=0.005, reply=0.010, private_read=0.010, private_send=0.015),
    private_url=private_url,
    url=public_url,
    intent_url=intent_url,
    hour_of=hour_of,
    load=counting.load,
)
"""Source: X's rules for user names (at most 15) and automation; docs.x.com, counting characters, pay-per-use (2026).
That a text is taken once a day is from memory. Replies to others cannot be edited."""
