"""What a window carries unseen, and what is read of it when it comes back.

A window's own state travels in its `private_metadata`: the question's id, the marks of what the window shows, the word
`thread` where a long text is to go out as several posts, and in the confirmation the text as typed, on the lines after
it. `TEXT_LIMIT` keeps that within Slack's 3,000 characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zlib import crc32

from twelp.adapters.slack import blocks as kit
from twelp.flow.answer import unescaped

ANSWER_BLOCK: Final = "answer"
TYPING: Final = "twelp_typing"
TEXT_LIMIT: Final = 2_000
METADATA_LIMIT: Final = 3_000
_THREAD_WORD: Final = "thread"
_MARK: Final = "~"
_MARKS: Final = 60
"""Characters that marks take at most."""


def next_block(view: Mapping[str, Any]) -> str:
    """The id of the input block in a window in which its text is put in anew."""
    number = answer_block(view).removeprefix(ANSWER_BLOCK).partition(_MARK)[0]
    return f"{ANSWER_BLOCK}{int(number or 1) + 1}"


def drafted(draft: str, block_id: str) -> str:
    """The id of an input block in which this draft is put in; see `meant`."""
    return block_id + mark_of(draft)


def answer_block(view: Mapping[str, Any]) -> str:
    """The id of the input block of an open form."""
    found = (block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input")
    return next(found, ANSWER_BLOCK)


def pack(question: str, text: str = "", *, seen: str = "", thread: bool = False) -> str:
    """A window's `private_metadata`: the question's id, marks of what is shown, and on the lines after it the text."""
    head = " ".join(filter(None, (question, seen, _THREAD_WORD if thread else "")))
    return f"{head}\n{text}" if text else head


def unpack(private_metadata: str) -> tuple[str, str]:
    """What `pack` packed: question and text."""
    head, _, text = private_metadata.partition("\n")
    return head.partition(" ")[0], text


def seen_in(private_metadata: str) -> str:
    """The marks of what a window shows; empty where it was opened before there were any."""
    words = private_metadata.partition("\n")[0].split(" ")
    return words[1] if len(words) > 1 and words[1] != _THREAD_WORD else ""


def as_thread(view: Mapping[str, Any]) -> bool:
    """Whether a long text in this window is to go out as several posts."""
    return bool(view["private_metadata"].partition("\n")[0].endswith(f" {_THREAD_WORD}"))


def carries(question: str, text: str) -> bool:
    """False when the text is too long to travel with the confirmation."""
    return kit.width(pack(question, text, seen="." * _MARKS, thread=True)) <= METADATA_LIMIT


def typed(view: Mapping[str, Any], block: str = "", action: str = TYPING) -> str:
    """What is in an open window's input (the form's by default), as it was typed; empty when nothing is."""
    block = block or answer_block(view)
    value = view.get("state", {}).get("values", {}).get(block, {}).get(action, {}).get("value")
    return meant(value or "", block)


def meant(value: str, block_id: str) -> str:
    """What stands in an input, of what Slack sends: its escapes turned back, but not those of a draft of ours."""
    return value if block_id.endswith(mark_of(value) or _MARK) else unescaped(value)


def mark_of(draft: str) -> str:
    """What the input's id tells of a draft that looks escaped: one that comes back as it was put in was not escaped."""
    return f"{_MARK}{crc32(draft.encode()):x}" if unescaped(draft) != draft else ""
