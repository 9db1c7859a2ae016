"""Variants: one confirmed answer, worded for each of several customers who ask the same.

Rules: only what stands around the answer differs: a salutation with the customer's own handle, and its place. The
answer's own words stay as they were confirmed. Each variant is shown before it is confirmed, `{handle}` standing for
the customer's. A variant that does not fit the longest handle is left out; an answer of several posts has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from zlib import crc32

from twelp.networks import NetworkRules

HANDLE: Final = "{handle}"
_LONGEST_HANDLE: Final = "@" + "m" * 30

_AROUND: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("Hi {handle}! {answer}", "{handle} Hello! {answer}", "Hello {handle}, thanks for writing. {answer}"),
    "de": ("Hallo {handle}! {answer}", "{handle} Guten Tag! {answer}", "Danke für die Nachricht, {handle}. {answer}"),
    "es": ("¡Hola, {handle}! {answer}", "{handle} ¡Hola! {answer}", "Gracias por escribir, {handle}. {answer}"),
    "fr": ("Bonjour {handle} ! {answer}", "{handle} Bonjour ! {answer}", "Merci de votre message, {handle}. {answer}"),
    "it": ("Ciao {handle}! {answer}", "{handle} Ciao! {answer}", "Grazie del messaggio, {handle}. {answer}"),
    "nl": ("Hallo {handle}! {answer}", "{handle} Hallo! {answer}", "Dank voor je bericht, {handle}. {answer}"),
    "pt": ("Olá {handle}! {answer}", "{handle} Olá! {answer}", "Obrigado pela mensagem, {handle}. {answer}"),
}
_BARE: Final = ("{handle} {answer}",)


def variants(posts: Sequence[str], language: str, rules: NetworkRules) -> tuple[str, ...]:
    """What the others get, each one of these; empty: there is no way that fits, or the answer has several posts."""
    if len(posts) != 1:
        return ()
    ways = (*_AROUND.get(language, ()), *_BARE)
    made = (way.replace("{answer}", _escaped(posts[0])) for way in ways)
    return tuple(one for one in made if rules.length.weigh(worded(one, _LONGEST_HANDLE)) <= rules.length.limit)


def worded(variant: str, handle: str) -> str:
    """The variant for one customer, word for word.

    >>> worded("Hi {handle}! Unplug it.", "@lea")
    'Hi @lea! Unplug it.'
    """
    return variant.replace(HANDLE, handle)


def variant_for(question: str, among: Sequence[str]) -> str:
    """Which variant a question's customer gets: always the same, and all are used about as often."""
    return among[crc32(question.encode()) % len(among)]


def _escaped(answer: str) -> str:
    """An answer that itself says `{handle}` means no customer."""
    return answer.replace(HANDLE, "{ handle }")
