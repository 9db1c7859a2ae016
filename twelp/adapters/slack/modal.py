"""The windows in which an answer is written, checked and confirmed.

Two steps: the form (write; see what would be posted as you type), then the confirmation (exactly what will be public).
While somebody types, only the preview below the input is replaced: Slack keeps what is being typed as long as the input
block and element keep their ids. Source: docs.slack.dev/reference/methods/views.update (preserving input entry).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import findings, several
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.cards import question_block
from twelp.adapters.slack.pointed import context_blocks
from twelp.adapters.slack.same import variants_blocks
from twelp.adapters.slack.window_parts import (
    NOTED_BLOCK,
    PREVIEW_BLOCK,
    SHORTEN_BLOCK,
    beside,
    noted,
    preview_blocks,
    privately_blocks,
    replaced_blocks,
    similar_blocks,
    thread_blocks,
)
from twelp.adapters.slack.window_state import ANSWER_BLOCK, TEXT_LIMIT, TYPING, mark_of, pack, seen_in, unpack
from twelp.model import Form, Preview
from twelp.texts import slack as texts

View = dict[str, Any]

FORM: Final = "twelp_form"
CONFIRM: Final = "twelp_confirm"
BACK: Final = "twelp_note"

NOTE_BLOCK: Final = "note"
NOTE: Final = "twelp_note_text"
NOTE_LIMIT: Final = 500
_ERROR_LIMIT: Final = 500

_KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")


def form_view(form: Form, preview: Preview | None = None, *, block_id: str = ANSWER_BLOCK) -> View:
    """The window that opens on Answer; `preview` of the draft, when there is a draft.

    `block_id` is another than before where the text is put in by us: Slack keeps what was typed as long as it is the
    same.
    """
    element: Block = {
        "type": "plain_text_input",
        "action_id": TYPING,
        "multiline": True,
        "max_length": TEXT_LIMIT,
        "focus_on_load": True,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    if form.draft:
        element["initial_value"] = form.draft[:TEXT_LIMIT]
        block_id += mark_of(element["initial_value"])
    answer: Block = {
        "type": "input",
        "block_id": block_id,
        "dispatch_action": True,
        "label": kit.plain(texts.FORM_LABEL),
        "hint": kit.plain(texts.FORM_HINT(limit=form.limit, signature=form.signature)),
        "element": element,
    }
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": kit.label(texts.FORM_TITLE),
        "submit": kit.label(texts.PREVIEW),
        "close": kit.label(texts.CANCEL),
        "private_metadata": pack(form.question, seen=form.seen),
        "blocks": [
            question_block(form.post, form.topic, form.network, whole=True),
            *context_blocks(form.post, whole=True),
            *several.points_blocks(form.points),
            *thread_blocks(form.thread),
            *privately_blocks(form),
            answer,
            *preview_blocks(preview and replace(preview, changes=(*form.changes, *preview.changes))),
            *replaced_blocks(form.replaced),
            *similar_blocks(form.similar),
        ],
    }


def with_preview(view: Mapping[str, Any], preview: Preview, *, thread: bool = False, note: str = "") -> View:
    """The open form (as Slack sent it) with a new preview, the rest as it was.

    `thread`: from now on several posts; `note`: a line of ours above the preview.
    """
    made_anew = (NOTED_BLOCK, PREVIEW_BLOCK, SHORTEN_BLOCK)
    kept = [block for block in view["blocks"] if block.get("block_id") not in made_anew]
    below = next(n for n, block in enumerate(kept) if block["type"] == "input") + 1
    blocks = [*kept[:below], *noted(note, NOTED_BLOCK), *preview_blocks(preview), *kept[below:]]
    made = {key: view[key] for key in _KEPT if view.get(key)} | {"blocks": blocks}
    if thread:
        before = view["private_metadata"]
        made["private_metadata"] = pack(unpack(before)[0], seen=seen_in(before), thread=True)
    return made


def confirm_view(question: str, text: str, preview: Preview, seen: str = "", note: str = "") -> View:
    """The second window: word for word what will be public, and whether somebody reads it first.

    `seen`: the marks of what it shows; `note`: what has changed since it was shown before.
    """
    held = any(finding.holds for finding in preview.findings)
    is_thread = len(preview.posts) > 1
    lead = texts.CONFIRM_THREAD(posts=len(preview.posts)) if is_thread else texts.CONFIRM_LEAD
    shown = [kit.paragraph(kit.words(lead)), *kit.posts(preview.posts, whole=True)]
    return {
        "type": "modal",
        "callback_id": CONFIRM,
        "title": kit.label(texts.CONFIRM_TITLE),
        "submit": kit.label(texts.TO_REVIEW if held else texts.POST_PUBLICLY),
        "close": kit.label(texts.BACK),
        "private_metadata": pack(question, text, seen=seen, thread=is_thread),
        "blocks": [
            *noted(note),
            kit.rich("public", *shown, *beside(preview), *findings.held(preview), *variants_blocks(preview)),
            *several.covers_blocks(preview),
        ],
    }


def failed_view(message: str, text: str = "", title: str = texts.FAILED_TITLE) -> View:
    """Says why nothing was posted, and keeps the text where it can be copied."""
    shown = [kit.paragraph(kit.words(kit.legible(message, 600)))]
    if text:
        shown += [kit.paragraph(kit.words(texts.KEEP_TEXT)), kit.quote(kit.exact(text))]
    return {
        "type": "modal",
        "title": kit.label(title),
        "close": kit.label(texts.CLOSE),
        "blocks": [kit.rich("why", *shown)],
    }


def errors(preview: Preview, block_id: str = ANSWER_BLOCK) -> dict[str, str]:
    """The findings that block, as Slack shows them under the input."""
    found = " ".join(dict.fromkeys(finding.message for finding in preview.findings if finding.blocks))
    return {block_id: kit.line(found, _ERROR_LIMIT)}
