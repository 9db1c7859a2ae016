"""Which language a text is in: by its script, and among Latin ones by small words, letters and endings.

A word that several languages share counts little for each. Where next to nothing is known, it may be any of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from twelp.flow.triage import english, words

KNOWN: Final = ("en", "es", "fr", "de", "pt", "it", "nl", "he", "ar", "zh", "ja")
"""The languages that every part of triage reads; a few more are read in part."""

_MORE = {
    "es": "hola buenas gracias por qué porque cuando donde quiero necesito ustedes vosotros usted soy tienda vuestro vuestra vuestros nada todo todos solo "
    "hace hay han ha he son ser estoy está están fue era tiene tienen puede pueden quien sin sobre desde hasta entre "
    "nos les le ni si ya muy mi mis sus su ese esa eso esto estas estos unas unos favor ayuda aquí así también otra otro "
    "ahora después antes siempre días día llevo sigue siguen qué mal bien tengo tenéis habéis os",
    "fr": "bonjour salut merci je j'ai tu nous vous ils elle elles est sont suis êtes avez avons ont été être fait faire "
    "peut peux pouvez pas plus rien jamais toujours encore depuis chez avec sans sous cette cet ces mes ses ton ta tes "
    "leur leurs quand comment pourquoi qu'il qu'elle d'un d'une c'est n'est l'ai m'a mais donc aussi très bien quel "
    "quelle trop même après avant chaque hier accueil boutique magasin tout tous toute y a-t-il svp s'il plaît ça aucun où dans vos heures",
    "de": "ich du er sie es wir ihr mein meine meinen meiner dein euer eure eurem ist sind war waren bin seid hat habe "
    "haben hatte wird werden wurde kann könnt können muss müssen soll nicht nichts kein keine einen einem einer auch noch "
    "schon immer nur sehr mehr wie was wer wann warum wo beim vom zum zur nach seit bei aus über unter durch gegen ohne "
    "und oder aber wenn dass weil denn doch mal bitte danke hallo moin guten tag jetzt heute gestern morgen alles hier da "
    "dem den des im am der die das mich mir uns euch ihnen gibt geht",
    "pt": "olá oi bom dia boa tarde noite obrigado obrigada você vocês eu ele ela nós eles não sim é são está estão estou "
    "foi foram ser ter tem têm tenho fazer faço posso pode podem quero preciso meu minha meus minhas seu sua dele dela "
    "isso isto esse essa este esta aqui lá já ainda sempre nunca nada tudo todos muito mais menos bem mal quando onde "
    "como porque por que para pra pro com sem sobre até desde entre depois antes agora hoje ontem amanhã há faz dias vcs vc "
    "parem parou loja fiz deu pela pelo nas nos num numa uma uns das dos ao aos à às também só mesmo",
    "it": "ciao salve buongiorno buonasera grazie io tu lui lei noi voi loro sono sei è siamo siete era stato stata ho hai "
    "ha abbiamo avete hanno fare faccio posso può potete vorrei voglio mio mia miei mie vostro vostra vostri nostro il lo "
    "la i gli le un uno una di del della dei delle dello al alla ai alle dal dalla nel nella sul sulla con senza per tra "
    "fra su che chi cosa come quando dove perché più meno molto tanto sempre mai ancora già poi anche solo tutto tutti "
    "niente nulla questo questa quello quella qui da ore oggi ieri domani se ma però mi ti ci vi si ne c'è non siete aperti domenica hanno stato complimenti arrivato arrivata anni",
    "nl": "hoi hallo goedemorgen goedemiddag dag bedankt dank ik jij je hij zij ze wij we jullie u mijn jouw uw onze ons "
    "hun is zijn ben bent was waren heb heeft hebben had hebt wordt worden kan kunnen kunt moet moeten mag wil wilt wel "
    "niet niets geen een het de dit dat deze die er hier daar nu al nog ook maar en of want omdat als dan toen wanneer "
    "waar waarom hoe wat wie welke voor van naar met zonder op in uit bij over onder door tegen sinds na om te aan meer "
    "veel heel erg altijd nooit vandaag gisteren morgen steeds iemand alleen jullie uur dagen",
    "en": "the a an and or but i i'm i've i'd my me we you your it it's its is are was were to of in on at for with this that "
    "have has had not no can can't cannot don't does doesn't did didn't will won't so just been they them he she his her "
    "be if when what how why where who which please thanks thank there get got still from about all any am as by do how's "
    "what's that's there's you're they're we're he's isn't wasn't after before again out up down off over my our us would "
    "could should u ur im dont cant into than then too very really",
}
_ENDINGS: Final = (
    ("es", re.compile(r"ción$|ciones$|mente$|ando$|iendo$|éis$|áis$")),
    ("fr", re.compile(r"tion$|ment$|eux$|euse$|aient$|ez$|eau$|oir$|é$|ée$|ées$")),
    ("de", re.compile(r"ung$|ungen$|heit$|keit$|lich$|isch$|scht$|chen$|^ge\w+t$|tzt$")),
    ("pt", re.compile(r"ção$|ções$|mente$|ndo$|inho$|ões$|ei$|ou$")),
    ("it", re.compile(r"zione$|zioni$|mente$|ando$|endo$|ato$|ata$|iamo$|etti$|tto$|lla$")),
    ("nl", re.compile(r"heid$|lijk$|ijk$|tje$|aan$|oor$|eer$|uur$|^ge\w+d$|^ver\w+en$|sch$|ij")),
    ("en", re.compile(r"ing$|tion$|ness$|ful$|n't$|'s$|ght$|ed$")),
)
_ELISIONS: Final = (
    ("fr", re.compile(r"(?:l|d|j|n|qu|c|s|m|t|jusqu|lorsqu|aujourd)'\w")),
    ("it", re.compile(r"(?:l|d|c|un|dell|all|nell|sull|dall|quest|com|dov|cos)'\w")),
)
_LETTERS: Final = (
    ("es", "ñ¿¡"),
    ("fr", "œçèêëùûîïâà"),
    ("de", "ßäöü"),
    ("pt", "ãõçâêôáóú"),
    ("it", "èòìùà"),
    ("nl", "ëï"),
    ("tr", "ığş"),
)
_LATIN = re.compile("[a-z\u00aa-\u024f\u1e00-\u1eff]")
_SCRIPTS = tuple((re.compile(f"[{characters}]"), tongue.code) for characters, tongue in words.SCRIPTS)
WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LITTLE: Final = 1.5
"""Evidence below which a Latin text may be in any language."""
_LONG: Final = 60
"""Words that tell a language for certain."""


def _shares() -> dict[str, dict[str, float]]:
    """Each small word's share for each language it belongs to."""
    lists = {t.code: {*t.common.split(), *re.split(r"[ |]", t.thanks)} for t in words.LATIN}
    lists["en"] = set(english.COMMON)
    for code, more in _MORE.items():
        lists[code] |= set(more.split())
    owners: dict[str, list[str]] = {}
    for code, small in lists.items():
        for word in small:
            owners.setdefault(word, []).append(code)
    return {word: dict.fromkeys(codes, 1 / len(codes)) for word, codes in owners.items()}


_SHARES: Final = _shares()
SMALL: Final = frozenset(_SHARES)
"""The small words of all languages."""


@dataclass(frozen=True, slots=True)
class Tongues:
    """The languages a text may be in.

    Attributes:
        best: the likeliest, as a two-letter code; empty where it is none of those known.
        likely: those whose phrases are to be trusted, the likeliest first.
        possible: those in which words that must not be missed are looked for.
    """

    best: str
    likely: tuple[str, ...]
    possible: tuple[str, ...]


@lru_cache(maxsize=256)
def spoken(said: str) -> Tongues:
    """Which languages a folded text may be in."""
    scripts = [code for pattern, code in _SCRIPTS if pattern.search(said)]
    if "ja" in scripts and "zh" in scripts:
        scripts.remove("zh")
    if not _LATIN.search(said):
        return Tongues(scripts[0] if scripts else "", tuple(scripts), tuple(scripts))
    tokens = WORD.findall(said)
    votes = _votes(said, tokens)
    most = max(votes.values(), default=0.0)
    foreign = any(not token.isascii() for token in tokens)
    if most * 9 < len(tokens) > 3 and not scripts and foreign:
        return Tongues("", (), tuple(code for code in KNOWN if code in _MORE))
    ranked = sorted((code for code in votes if votes[code] >= most * 0.75 and most), key=lambda code: -votes[code])
    likely = (*scripts, *(ranked or ["en"]))
    letters = len(_LATIN.findall(said))
    first = scripts[0] if scripts and letters < len(said.replace(" ", "")) * 0.7 else (ranked or ["en"])[0]
    if most < _LITTLE and len(tokens) <= _LONG:
        return Tongues(first, likely, tuple(dict.fromkeys([*likely, *_MORE])))
    if len(tokens) > _LONG:
        return Tongues(first, likely, likely[:2])
    close = (code for code in votes if votes[code] >= most * 0.5)
    return Tongues(first, likely, tuple(dict.fromkeys([*likely, *close])))


def _votes(said: str, tokens: list[str]) -> dict[str, float]:
    votes = dict.fromkeys(["en", *(t.code for t in words.LATIN)], 0.0)
    for token in tokens:
        for code, share in _evidence(token):
            votes[code] += share
    for code, letters in _LETTERS:
        votes[code] += sum(0.4 for letter in letters if letter in said)
    return votes


@lru_cache(maxsize=1 << 13)
def _evidence(token: str) -> tuple[tuple[str, float], ...]:
    """What one word says of the languages it may be of."""
    found = list(_SHARES.get(token, {}).items())
    if len(token) > 5 or not token.isascii():
        found += [(code, 0.25) for code, ending in _ENDINGS if ending.search(token)]
    if "'" in token:
        found += [(code, 0.5) for code, elision in _ELISIONS if elision.match(token)]
    return tuple(found)
