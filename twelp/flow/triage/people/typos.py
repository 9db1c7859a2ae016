"""Slips of the finger in words that must not be missed: "swolen", "expolded", "electricuted".

Only words of six letters and more, their first letter right, one slip in them (two from ten letters on), and none that
is a word of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from twelp.flow.triage.people.lines import folded

_WORDS: Final = tuple(
    folded(
        """battery batteries charger charging exploded exploding explosion smoking swollen swelling bulging bloated burning
    melted melting sparks sparking electric electrocuted electrocution shocked swallowed swallowing choking choked injured
    hospital ambulance poisoned poisoning overheating suicide suicidal lawyer attorney solicitor lawsuit ombudsman
    regulator journalist phishing impersonating scammer vulnerability boycott protest racist discrimination wheelchair
    disabled insulin funeral bereavement deceased pregnant monoxide flames toddler daughter scalded stitches unconscious
    explotó explosión incendió bombona hinchada descarga electrocutó hospital abogado denuncia periodista boicot
    explosé brûlure électrocuté étincelles gonflée hôpital avocat plainte journaliste
    explodiert verbrannt stromschlag verschluckt krankenhaus rechtsanwalt verbraucherzentrale
    explodiu pegando engoliu choque hospital advogado jornalista
    esploso bruciato gonfiata ospedale avvocato giornalista
    ontploft verbrand ziekenhuis advocaat journalist"""
    ).split()
)
_OWN: Final = frozenset(
    """explored exploring explorer explore insured layers lawyers prison poison poisons protect protects protein protested
    protests cooking chocking choosing checking leading sparkling parking blending breeding stocks stocked sharks spanks
    shackled smocking stoking smiling buried burying burger burners turning learning morning evening barring bearing
    charged charges charge changer changing chatting chasing charming charter hospitals electrics electrical elected
    swapping swelled selling bulking building bulbing bidding melting meeting malted molten enabled disable disables
    funerals present presents pregnancy journalists racists boycotts boycotted sparkle flamed frames flights follow
    followed shocks shocker shaking showing slammer stammer scanner scammers fishing pushing insulting consulting
    regular regulators attorneys solicitors batter batteries swallow swallows daughters toddlers toggled chocked decreased addictive addiction disabling insuring inquired électricité electricite elettricita eletricidade electricidad electricity""".split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W\d_]{6,24}")


def mended(said: str, known: frozenset[str]) -> str:
    """Folded text with such slips put right; the very same where there is none.

    Args:
        said: folded text.
        known: small words that are right as they are.
    """
    return _WORD.sub(lambda found: found[0] if found[0] in known else _meant(found[0]), said)


@lru_cache(maxsize=1 << 14)
def _meant(word: str) -> str:
    if word in _OWN or word in _WORDS:
        return word
    slips = 2 if len(word) >= 10 else 1
    near = [other for other in _WORDS if other[0] == word[0] and abs(len(other) - len(word)) <= slips]
    best = extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
    return best[0] if best else word
