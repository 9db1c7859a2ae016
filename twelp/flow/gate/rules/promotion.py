"""Advertisement: an answer helps and sells nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_SELLS = Phrases.of("promotion-sells")
_INFORMS = re.compile(
    r"(?<![a-z])(?:no longer|not|isn't|ended|expired|over|beendet|abgelaufen|terminad\w*|expir\w*|scadut\w*|"
    r"verlopen)(?![a-z])"
    r"|已结束|已過期|終了"
)


@rule("promotion", FindingLevel.SECOND_PAIR, texts.PROMOTION, rank=90)
def promotion(draft: Draft) -> Iterator[Span]:
    low = draft.answer.low_quiet
    for found in _SELLS.finditer(low):
        if not _INFORMS.search(low, found.end(), found.end() + 20):
            yield found.span()
