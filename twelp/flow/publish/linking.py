"""Which words of a post the network will make links of, and which of them look like a slip of the finger.

Some networks link every word that ends like a domain: `off.It` after a missing space leads to a stranger's site. Where
the links stand is asked of the network's rules. A link that was written with `https://`, or leads to a domain of the
company's own, was meant. Of the others, a capital behind the last dot, or a link that is only a part of a longer word,
is surely a slip; a file's name or a little word (`off.it`, `readme.md`) may be one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from twelp.model import Link
from twelp.networks import NetworkRules

_MEANT: Final = frozenset(("com", "net", "org", "edu", "gov"))
"""Endings that begin no sentence and end no file's name."""

_WORDS: Final = frozenset(
    """am an as at be by day do er es et got here how hot il im in is ist it la li me my na new next no now off one open
    press read save so su to top um us you""".split()  # noqa: SIM905  (reads as the list it is)
)
_FILES: Final = frozenset(("cab", "md", "mm", "mov", "pl", "ps", "py", "rs", "sh", "zip"))
_HOST = re.compile(r"(?:https?://)?(?:[^/?#@\s]*@)?([^/?#:\s]+)", re.IGNORECASE)
_LETTER: Final = "0-9A-Za-z_\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
"""Not `\\w`: that is a letter in scripts that part no words, too."""

_BEGUN = re.compile(rf"[{_LETTER}]['’]?$")
_GOES_ON = re.compile(rf"\.[{_LETTER}]|[_@]")


def named(text: str, own: Collection[str], rules: NetworkRules) -> tuple[Link, ...]:
    """Every link the network will make of this post, each once, in the order in which they stand.

    Args:
        text: the post word for word.
        own: the domains that the company's answers may lead to; those below them count, too.
        rules: the network's.
    """
    return tuple(dict.fromkeys(_link(text, start, end, own) for start, end in rules.find_links(text)))


def parted(text: str, own: Collection[str], rules: NetworkRules) -> str:
    """The text with a space in every link that looks like a slip: `off. It` for `off.It`."""
    for start, end in reversed(rules.find_links(text)):
        text = text[:start] + (_link(text, start, end, own).instead or text[start:end]) + text[end:]
    return text


def _link(text: str, start: int, end: int, own: Collection[str]) -> Link:
    words = text[start:end]
    found = _HOST.match(words)
    host = (found[1] if found else words).lower().rstrip(".")
    known = any(host == domain or host.endswith(f".{domain}") for domain in map(str.lower, own))
    if known or re.match(r"https?://|www\.", words, re.IGNORECASE):
        return Link(words, _ascii(host), known)
    written = words[: len(host)]
    name, _, ending = written.rpartition(".")
    small = ending.lower()
    begins = ending[:1].isupper() and ending[1:].islower()
    sure = bool(_BEGUN.search(text[max(start - 2, 0) : start]))
    sure = sure or (small not in _MEANT and (begins or bool(_GOES_ON.match(text, end))))
    if not sure and ("/" in words or small not in _WORDS | _FILES):
        return Link(words, _ascii(host))
    gap = " ." if small in _FILES and not begins else ". "
    return Link(words, _ascii(host), sure=sure, instead=f"{name}{gap}{ending}{words[len(written) :]}")


def _ascii(host: str) -> str:
    """The host as computers call it: what looks like another's name shows here."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def all_named(posts: Sequence[str], own: Collection[str], rules: NetworkRules) -> tuple[Link, ...]:
    """The links of several posts, each once."""
    return tuple(dict.fromkeys(link for post in posts for link in named(post, own, rules)))
