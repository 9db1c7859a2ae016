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


_PERCENT = Phrases.of("promotion-percent")
_URGES = re.compile(
    r"(?<![a-z])(?:today|now|only|everything|weekend|sale|hurry|deals?|code|buy|shop|order|save|heute|jetzt|"
    r"nur|kaufen|sichern|alles|aktion|"
    r"hoy|ahora|solo|compr\w+|todo|oferta|aujourd'hui|maintenant|seulement|tout|offre|promo|profitez|hoje|"
    r"agora|so|tudo|aproveite|oggi|ora|"
    r"tutto|offerta|approfitti|vandaag|nu|alleen|bestel|koop|actie|gamme)(?![a-z])|!|עכשיו|היום|קנו|הנחה!|"
    r"الان|اليوم|اشتر|今|现在|全场|限時|限时|全品"
)
_ASKED = Phrases(
    spaced="discount\\w*|offers?|sale|price\\w*|coupon|voucher|promo\\w*|deals?|rabatt\\w*|preis\\w*|"
    "angebot\\w*|gutschein\\w*|descuento\\w*|"
    "precio\\w*|oferta\\w*|remise\\w*|reduction\\w*|prix|offres?|desconto\\w*|preco\\w*|sconto|sconti|"
    "prezz\\w+|offert\\w+|korting\\w*|prij\\w+",
    hebrew="הנחה|מבצע|מחיר",
    arabic="خصم|عرض|سعر",
    unspaced="折|优惠|優惠|价|割引|セール|値段|価格",
)


@rule("promotion", FindingLevel.SECOND_PAIR, texts.PROMOTION, rank=90)
def promotion(draft: Draft) -> Iterator[Span]:
    low = draft.answer.low_quiet
    asked = draft.question is not None and _ASKED.search(draft.question.low) is not None
    if not asked and _URGES.search(low):
        yield from (found.span() for found in _PERCENT.finditer(low))
    for found in _SELLS.finditer(low):
        if not _INFORMS.search(low, found.end(), found.end() + 20):
            yield found.span()
