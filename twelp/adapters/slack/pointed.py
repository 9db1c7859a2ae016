"""What a question points at, and who says it: the post it answers, the one it quotes, pictures in words."""

from __future__ import annotations

from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import Account, Media, Post
from twelp.texts import slack as texts

_NAME_LIMIT: Final = 80
_SHORT: Final = 300
_WHOLE: Final = 30_000
"""More than any post has. Source: X, posts of at most 25,000 characters."""


def context_blocks(post: Post, *, whole: bool = False) -> list[Block]:
    """What the question points at, below its own words: the post it answers, the one it quotes, pictures.

    `whole`: for a window, which shows every word, and pictures by a link alone: Slack refuses a window with a picture
    that it cannot fetch.
    """
    said: list[Block] = []
    for lead, pointed in ((texts.IN_REPLY_TO, post.parent), (texts.SHOWS, post.quoted)):
        if pointed is not None:
            who = kit.words(author_of(pointed.author), bold=True)
            parts = kit.in_parts(kit.legible(pointed.text, _WHOLE)) if whole else [kit.line(pointed.text, _SHORT)]
            said += [kit.paragraph(*kit.sentence(lead, who=who)), *map(kit.quote, parts)]
            said += [_in_words(media) for media in pointed.media]
    said += [_in_words(media) for media in post.media]
    words = [kit.rich("context", *said)] if said else []
    pictures = [] if whole else [media for media in post.media if media.kind == "photo" and kit.is_link(media.url)]
    return [
        *words,
        *(kit.image(f"picture{number}", media.url, _described(media)) for number, media in enumerate(pictures)),
    ]


def _in_words(media: Media) -> Block:
    """A picture in words, leading to it where that is known."""
    words = _described(media)
    return kit.paragraph(kit.link(media.url, words) if kit.is_link(media.url) else kit.words(words))


def _described(media: Media) -> str:
    kind = texts.PICTURES.get(media.kind, texts.PICTURES["photo"])
    if not media.alt_text:
        return texts.PICTURE_UNDESCRIBED(kind=kind)
    return texts.DESCRIBED(kind=kind, words=kit.line(media.alt_text, _SHORT))


def author_of(author: Account) -> str:
    """An author's name and handle, as far as the network tells."""
    name = kit.line(author.name, _NAME_LIMIT) if author.name.strip() else ""
    if not author.handle:
        return name or texts.A_CUSTOMER
    handle = kit.handle(author.handle, _NAME_LIMIT)
    return texts.AUTHOR(name=name, handle=handle) if name else handle
