"""Which rules hold where only the customer reads: private data of theirs may be spoken of, secrets never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Rule, Span
from twelp.flow.gate.rules import RULES as PUBLIC
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_ABOUT_THE_PUBLIC: Final = frozenset(
    {"asks for private data", "repeated", "name", "mention", "cashtags", "too thin", "off topic"}
)
_NEVER: Final = frozenset({"card number", "bank account", "national id", "secret"})
"""Not even where the customer wrote it first."""

_ASKS: Final = Phrases.of("secrets-asked")
_NOT: Final = re.compile(
    r"(?:\b(?:not|never|n't|nobody|no one|nicht|nie|niemals|no|nunca|jamas|ne|jamais|nao|non|mai|niet|nooit)\b"
    r"|אל|לא|לעולם|لا|لن|不|勿|ません|ないで)[^.!?。！？\n]{0,60}$"
)
_IN_PART: Final = re.compile(
    r"(?:last|first|letzten|ultim[oa]s|derniers|laatste) (?:\w+ ){1,3}(?:of|der|de|del|van)? ?$"
)


def _asks_for_secrets(draft: Draft) -> Iterator[Span]:
    low = draft.answer.low_quiet
    for found in _ASKS.finditer(low):
        if not (_NOT.search(low[: found.start()]) or _IN_PART.search(low[: found.start()])):
            yield found.span()


ASKS_FOR_SECRETS: Final = Rule(
    "asks for a secret", FindingLevel.REFUSE, texts.ASKS_SECRET, rank=9, find=_asks_for_secrets
)

RULES: Final = (*(rule for rule in PUBLIC if rule.name not in _ABOUT_THE_PUBLIC), ASKS_FOR_SECRETS)
"""What is looked at in a private reply."""

ALWAYS: Final = tuple(rule for rule in PUBLIC if rule.name in _NEVER)
"""Those of them that no word of the customer lets pass."""
