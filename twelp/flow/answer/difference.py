"""What a corrected text says that the one before did not, word by word, for the trail and for who wrote the first."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from twelp.texts import reasons


def differences(before: str, after: str) -> Sequence[str]:
    """Each change in the order of the text; none where the words are the same.

    >>> [str(one) for one in differences("Hold it for ten seconds.", "Hold it for twenty seconds, please.")]
    ['“ten seconds.” → “twenty seconds, please.”']
    >>> [str(one) for one in differences("Unplug it now.", "Unplug it. Wait.")]
    ['“it now.” → “it. Wait.”']
    """
    old, new = before.split(), after.split()
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = " ".join(old[a:b]), " ".join(new[c:d])
        if kind == "replace":
            found.append(reasons.BECAME(words=was, instead=now))
        elif kind == "delete":
            found.append(reasons.TAKEN_OFF(signs=was))
        elif kind == "insert":
            found.append(reasons.ADDED(words=now))
    return found
