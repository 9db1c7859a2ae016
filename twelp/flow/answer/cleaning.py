"""What an expert typed, made safe to keep and to show: the same text for the draft, the preview and the public.

Rules: no word is changed. Only what nobody sees or meant goes: control, bidirectional and zero-width characters (which
can make a text look different from what it says), spaces at the ends, more than one empty line in a row. Joiners stay
where they build an emoji or where a script needs them (Persian, Hindi …).
"""

from __future__ import annotations

import re
import unicodedata

_ENTITY = re.compile(r"&(amp|lt|gt);")
_PLAIN = {"amp": "&", "lt": "<", "gt": ">"}

_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters but tab and line ends
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"  # unseen
    "\ud800-\udfff"  # halves of characters
    "]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_JOINERS = re.compile("[\u200c\u200d]+")
_MANY_SPACES = re.compile(r"[^\S\n]{2,}")
_EMPTY_LINES = re.compile(r"\n{3,}")


def clean(text: str, *, escaped: bool = True) -> str:
    """The text as it may be kept and shown: NFC, nothing unseen in it, nothing at its ends.

    Args:
        text: what was typed.
        escaped: whether it comes escaped the way Slack does it (`&amp;`, `&lt;`, `&gt;` and nothing else); they are
            turned back once. With False the function changes nothing on a second pass.

    >>> clean("  Hold\\u202e it &amp; wait \\n\\n\\n\\n10 s.\\x00 ")
    'Hold it & wait\\n\\n10 s.'
    """
    if escaped:
        text = unescaped(text)
    text = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    text = unicodedata.normalize("NFC", _JOINERS.sub(_joiner, text))
    text = _MANY_SPACES.sub(" ", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", text).strip()


def unescaped(text: str) -> str:
    """What was typed, of what Slack sends: `&amp;`, `&lt;` and `&gt;` are turned back, each once.

    >>> unescaped("&lt;HDMI&gt; &amp;lt;")
    '<HDMI> &lt;'
    """
    return _ENTITY.sub(lambda m: _PLAIN[m[1]], text)


def _joiner(found: re.Match[str]) -> str:
    """One joiner where it stands between two characters that a joiner may join; nothing elsewhere."""
    text, start, end = found.string, found.start(), found.end()
    if start == 0 or end == len(text):
        return ""
    before, after = text[start - 1], text[end]
    return found[0][0] if _joins(before) and _joins(after) else ""


def _joins(character: str) -> bool:
    """Emoji (and what varies them) join, and so do letters and marks of scripts that know no capitals."""
    category = unicodedata.category(character)
    if character in "\u2194\u2195":  # 🙂‍↔️ and 🙂‍↕️: the arrows count as mathematics
        return True
    return category in ("So", "Sk", "Mn", "Mc") or (category == "Lo" and ord(character) > 0x0590)
