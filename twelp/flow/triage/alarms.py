"""Insults, advertising, and what is private: what must not go the ordinary way besides what is in `people/`.

Patterns are matched on folded text, see `signs.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

INSULTS = (
    r"fuck (?:you|u|off|yourself|yourselves|ya|y'all|this company|your company|them|@?\w+cares?)|f u|stfu|gtfo|go "
    r"to hell|rot in hell|burn in hell|kill yourselves|kill yourself|kys|eat shit|(?:piece|pieces|load|bunch|"
    r"sack) of (?:shit|crap|trash|garbage|scum)|(?:fucking |f'?ing |effing )?(?:shit|shitty|trash|garbage|crap|"
    r"crappy|dogshit|bullshit) (?:company|service|brand|people|team|app|support)|(?:fucking |bloody |damn |total |"
    r"complete |absolute |you |u |bunch of |pack of )(?:idiots?|morons?|imbeciles?|assholes?|arseholes?|bastards?|"
    r"scum|dumb ?asses|twats?|wankers?|dickheads?|bitch(?:es)?|liars?|thieves|crooks|clowns?|cunts?|pricks?)|"
    r"(?:you|u)(?:'re| are|r)? (?:all )?(?:so )?(?:fucking )?(?:stupid|idiots?|morons?|pathetic|scum|assholes?|"
    r"dumb|retarded|worthless)|hijos? de puta|puta madre|mierda de (?:empresa|compañía)|fils de pute|connards?|"
    r"arschl(?:och|öcher)|hurensöhne|vaffanculo|filhos? da puta|vai se foder|сволочи|уроды|בני זונות|垃圾公司|"
    r"傻逼|死ね|orospu"
)
"""Insults at people; each is matched whole."""

PITCHES = (
    r"follow (?:me|back|4 follow|for follow)|f4f|free (?:followers|likes|bitcoin|crypto|btc|robux|money|iphones?|"
    r"gift ?cards?)|(?:buy|get|gain) (?:\w+ )?followers|(?:crypto|bitcoin|btc|eth|nft|forex|token|memecoin) "
    r"(?:\w+ )?(?:giveaway|signals?|trading|investments?|airdrop|presale|drop|mint|expert|trader|pump)|airdrop|"
    r"presale|giveaway|(?:earn|make|made|earning|making) (?:up to |over )?[$€£]? ?\d[\d,.]*k?\+?(?: ?[$€£])? "
    r"(?:\w+ )?(?:a |per |every |in |each |from |daily|weekly)|work from home|passive income|double your|get rich|"
    r"financial freedom|(?:dm|inbox|message|text|contact|whatsapp|telegram|write|hit up|reach out to) (?:me|us|"
    r"him|her|@?\w+ on) (?:now|to|for|on|if)|(?:recover|recovered|recovery of|hack|unlock)\w* (?:your|my|any|all) "
    r"(?:\w+ )?(?:accounts?|funds|wallet|password|instagram|money)|whatsapp|telegram|click (?:the link|here|below|"
    r"my)|link in (?:bio|my bio)|check (?:out )?my (?:bio|page|channel|profile|link|new|soundcloud|mixtape|pinned|"
    r"onlyfans)|subscribe to my|onlyfans|casino|viagra|cialis|adult dating|hot (?:girls|singles)|promo code|use "
    r"(?:my )?code|discount code|limited (?:time )?offer|100% (?:legit|guaranteed)|legit(?:imate)? (?:hacker|"
    r"trader)|thank me later|guaranteed (?:profit|returns?)|essay (?:help|due|writing)|assignments? (?:help|due)|"
    r"buy now|order now|sugar (?:daddy|baby|mummy)|expert (?:trader|hacker)|elon ?musk"
)
"""What advertisers write; one alone is no proof."""

ELSEWHERE = (
    r"(?:check|see|read|look at|replied|reply|respond|responded|answer|sent|send|sending|in|via|by|your|my|ur|"
    r"done|slid|just|i'll|ill|will) (?:\w+ ){0,2}(?:dm'?s?|d\.m\.|pm|inbox|direct message|private message)|"
    r"(?:dm'?s?|pm|direct message|message|inbox) (?:is |has been |was |have been )?(?:sent|done|replied|incoming|"
    r"ed|answered)|dm'?d|dm'?ed|pm'?d|pm'?ed|just messaged|messaged (?:you|u)|te (?:envié|mandé|escribí) (?:un |"
    r"por )?(?:dm|md)|mp envoyé|dm (?:enviado|enviada|verstuurd|geschickt)|md enviado|inviato (?:in )?dm"
)
"""What points at private messages."""

_READ = 25_000

_CARD = re.compile(r"(?<![\w.,/-])\d(?:[ -]?\d){12,18}(?![\w-])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?!\w)")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,5}\)[ .-]?)?\d{2,5}[ .-]\d{3,4}[ .-]?\d{3,4}(?![\w.-])"
)
_NUMBER = re.compile(
    r"\b(?:order|case|ticket|tracking|account|booking|reservation|confirmation|invoice|reference|ref|serial|imei|"
    r"customer|member|pedido|commande|bestellung|bestellnummer|encomenda|ordine|sipariş)\b\W{0,4}(?:number|no|nr|"
    r"id|is|code|num)?\W{0,4}#? ?(?=[a-z-]{0,6}\d)[a-z0-9-]{5,30}\b|(?<![\w.,/:$€£¥-])\d{9,24}(?![\w])",
    re.IGNORECASE,
)


def private(text: str) -> Iterator[str]:
    """What the text holds that is its author's alone, in words ("a card number"), never the thing itself.

    Args:
        text: as written: an e-mail address must not have been taken for a mention.
    """
    text = text[:_READ]
    if any(luhn.is_valid(re.sub(r"\D", "", found[0])) for found in _CARD.finditer(text)):
        yield "a card number"
    elif _NUMBER.search(text):
        yield "an order or account number"
    if _EMAIL.search(text):
        yield "an e-mail address"
    if _PHONE.search(text):
        yield "a phone number"
