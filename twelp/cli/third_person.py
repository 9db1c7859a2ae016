"""Reasons that are addressed to an expert ("you stand for TV"), said about them to the operator ("stands for TV").

The journal keeps what was said, not how: a reason read from it is a `Phrase`, whose text and values are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from twelp.texts import reasons
from twelp.texts.phrase import Phrase, Text

_ABOUT_THEM: Final[Mapping[Text, Text]] = {
    reasons.YOU_STAND_FOR: Text("stands for {topics}"),
    reasons.YOU_ARE_CERTIFIED: Text("is certified for it: {names}"),
    reasons.YOU_ARE_NEW: Text("is new to this: a turn for them"),
    reasons.YOUR_TURN: Text("has waited longest: a turn for them"),
    reasons.YOU_ANSWERED: Text("answered {answered} of {asks} asks on {topic}"),
    reasons.YOURS_CAME_BACK: Text("{count} of their answers on {topic} came back"),
    reasons.IT_IS: Text("{hour} by their clock"),
    reasons.YOU_WROTE: Text("wrote here {count} min ago"),
    reasons.YOU_WRITE: Text("is writing here now"),
    reasons.YOU_REACTED: Text("reacted within minutes to {prompt} of {asks} lately"),
    reasons.YOU_HOLD: Text("holds {count} other questions", one="holds {count} other question"),
    reasons.YOU_MODERATE: Text("is a moderator"),
    reasons.YOU_ANSWERED_THEM: Text("answered this customer before, and they ask on"),
    reasons.YOU_TOOK_IT: Text("took it themselves"),
    reasons.THINKS_YOU_KNOW: Text("{who} thinks they know"),
    reasons.THINKS_YOU_KNOW_WORD: Text("{who} thinks they know: “{word}”"),
}


def about_them(reason: str) -> str:
    """The reason as the operator reads it; one that addresses nobody stays as it is.

    >>> print(about_them(reasons.IT_IS(hour="17:54")))
    17:54 by their clock
    """
    if isinstance(reason, Phrase) and (said := _ABOUT_THEM.get(reason.text)) is not None:
        return said(**reason.values)
    return _ABOUT_THEM.get(reason, reason) if isinstance(reason, Text) else reason


def joined(said: Iterable[str]) -> str:
    """All these reasons in one line, as the operator reads them."""
    return "; ".join(about_them(reason) for reason in said)
