"""Signs of emphasis, taken off where they are that, and left where they are anything else.

A sign stands around words: after no letter, before no letter, close to the words inside, on one line. `5*3`, `a_b`,
`~20 minutes`, `*#06#`, `* item` and `^_^` are none. Scripts without capitals write on without a space (按*设置*键), so
only letters that know capitals, and digits, count as letters here.
Source: docs.slack.dev/messaging/formatting-message-text, basic formatting; commonmark.org for the doubled ones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from twelp.texts import reasons

LETTER: Final = (
    "0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u036f\u0370-\u058f\u10a0-\u10ff"
    "\u1c80-\u1cbf\u1e00-\u1fff"
)
"""Of Latin, Greek, Cyrillic, Armenian and Georgian, with their marks; and digits."""

_LONGEST: Final = 500
_OPENS: Final = frozenset("\"'“‘„‚«‹([{<¿¡「『（《【@&…")
_CLOSES: Final = frozenset("\"'”’»›)]}>」』）》】.,:;!?…。、！？：；%‰°+&")


@dataclass(frozen=True, slots=True)
class _Sign:
    """One kind: its character, how many may stand together, what must not stand before and behind.

    Between two characters of `inside` it is no sign: `5*3`, `snake_case`.
    """

    character: str
    most: int
    before: str
    behind: str
    inside: str = ""
    anything: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        sign = re.escape(self.character)
        glued = f"|(?<=[{self.inside}]){sign}(?=[{self.inside}])" if self.inside else ""
        inside = f"(?:[^{sign}\\n]{glued}|(?<=\\s){sign}(?=\\s)){{1,{_LONGEST}}}?"
        return re.compile(
            f"(?<![{LETTER}{sign}{self.before}])({sign}{{1,{self.most}}})(?![\\s{sign}])({inside})(?<![\\s{sign}])\\1"
            f"(?![{LETTER}{sign}{self.behind}]|{self.behind_words})"
        )

    @property
    def behind_words(self) -> str:
        """File names and addresses: `__init__.py`, `_jo_@volt.example`."""
        return f"\\.[{LETTER}]" if self.character == "_" else "(?!)"


_SIGNS: Final = (
    _Sign("`", 2, "", "", anything=True),
    _Sign("*", 3, r"#\\)\]%@&^.", "#", inside="0-9"),
    _Sign("_", 3, r"\\/@#$^)\]", r"@/\\", inside=LETTER),
    _Sign("~", 2, r"\w\\/.", r"\w"),
)
_PATTERNS: Final = tuple((sign, sign.pattern) for sign in _SIGNS)

_FENCE = re.compile(r"[^\S\n]{0,9}(?<!`)```(?!`)\n?((?=\s*[^\s`])(?:(?!```).){1,4000})```(?!`)[^\S\n]{0,9}", re.DOTALL)
_QUOTE = re.compile(r"^[^\S\n]*>{1,3}(?![>=<_.\-~):;])[^\S\n]*(?![\s\d$€£¥.,=+<-]|$)", re.MULTILINE)


def take_off(text: str, changes: list[str]) -> str:
    """The text without signs of emphasis, one layer of each kind; what was taken off is added to `changes`."""
    if "```" in text:
        text = _FENCE.sub(lambda found: _unfenced(found, changes), text)
    if ">" in text:
        text, count = _QUOTE.subn("", text)
        if count:
            changes.append(reasons.TAKEN_OFF(signs=">"))
    for sign, pattern in _PATTERNS:
        if sign.character in text:
            text = _without(text, sign, pattern, changes)
    return text


def _unfenced(found: re.Match[str], changes: list[str]) -> str:
    """What stands in the fence, parted from what stands beside it."""
    changes.append(reasons.TAKEN_OFF(signs="```…```"))
    text, inside = found.string, found[1].strip()
    before, behind = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    lines = "\n" if "\n" in inside else " "
    lead = "" if not before or before.isspace() else lines
    return f"{lead}{inside}{'' if not behind or behind in ' .,;:!?)' or behind.isspace() else lines}"


def _without(text: str, sign: _Sign, pattern: re.Pattern[str], changes: list[str]) -> str:
    made, at, start = [], 0, 0
    while found := pattern.search(text, start):
        if not sign.anything and not _words(found[2]):
            start = found.start() + len(found[1])
            continue
        made.append(text[at : found.start()] + found[2])
        changes.append(reasons.TAKEN_OFF(signs=f"{found[1]}…{found[1]}"))
        at = start = found.end()
    return "".join(made) + text[at:]


def _words(inside: str) -> bool:
    """Whether this begins and ends as words do: what stands inside signs of emphasis, and not of something else."""
    first, last = inside[0], inside[-1]
    begins = _stands(first) or first in _OPENS or (first in "#+-−–.$" and inside[1:2].isalnum())
    return begins and (_stands(last) or last in _CLOSES)


def _stands(character: str) -> bool:
    """Letters, digits, marks, currency, emoji with what varies them, an address that was set aside."""
    category = unicodedata.category(character)
    return category[0] in "LNM" or category in ("So", "Sc", "Co", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"
