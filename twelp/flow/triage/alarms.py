"""What must not go the ordinary way: danger and protest, insults, advertising, private matters.

Rules: crisis words are few and plain, because a crisis waits for people while a question must not; figures of speech
("I'm dying", "my battery died") are none. Patterns are matched on folded text, see `signs.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

SELF_HARM = (
    r"(?:kill|killing|hurt|hurting|harm|harming|hang|hanging|cutting) (?:myself|himself|herself|themselves)|"
    r"suicid\w{1,6}|end(?:ing)? my (?:own )?life|take my own life|want to die|wanna die|don't want to (?:live|be "
    r"alive)|no reason to live|suicidarme|matarme|me suicider|umbringen|selbstmord|me matar|suicídio|intihar|"
    r"להתאבד|самоубий\w{1,6}|自杀|自殺|死にたい|자살"
)
SAFETY = (
    r"(?:caught|catch|catches|catching|set|sets) (?:on )?fire|(?:is|was|are|were) on fire|burst into flames?|"
    r"exploded|exploding|explodes|explosion|(?:started|starts|is|was|began) smoking|smoke (?:is )?(?:coming|came|"
    r"pouring)|electric(?:al)? shock|electrocut\w{1,4}|got (?:a )?shocked|burn(?:t|ed|s|ing) (?:my|his|her|our) "
    r"(?:\w+ )?(?:hands?|fingers?|face|legs?|arms?|skin|house|son|daughter|kids?|child|baby|bed)|gas leak|carbon "
    r"monoxide|house fire|(?:in|to|at|the) (?:the )?(?:hospital|emergency room|a&e)|ambulance|(?:badly|seriously|"
    r"got|was|were|been) injured|choking hazard|(?:food|got|been) poison(?:ing|ed)|se (?:incendió|quemó|prendió "
    r"fuego)|explotó|a pris feu|explosé|in brand geraten|explodiert|pegou fogo|explodiu|ha preso fuoco|esploso|in "
    r"brand gevlogen|ontploft|patladı|yangın|התפוצץ|עלה באש|انفجر|احترق|взорвал\w{1,3}|загорел\w{1,3}|爆炸|着火|"
    r"著火|起火|爆発|発火|폭발"
)
THREAT = (
    r"(?:i'?ll|i will|gonna|going to|i'm going to|we will|we'll) (?:\w+ )?(?:kill|shoot|bomb|stab|burn down|blow "
    r"up) (?:you|u|your|them|everyone|all|the)|bomb threat|bomb (?:in|at) (?:the|your)|death threats?"
)
PROTEST = (
    r"boycott\w{0,20}|protest(?:s|ers?|ing|ed)?|strike(?:s)? (?:at|against|by) |picket\w{0,4}|racis[tm]|(?:racial|"
    r"sex|gender) (?:profil|discriminat)\w{2,5}|discriminat\w{2,5} against|sexual(?:ly)? (?:harass|"
    r"assault)\w{2,5}|human rights|slave labou?r|child labou?r|sweatshops?|class action|data breach|boicot\w{0,4}|"
    r"boykott\w{0,4}"
)
CRISES = (
    ("self-harm", SELF_HARM),
    ("safety", SAFETY),
    ("threat", THREAT),
    ("protest", PROTEST),
)
"""What a crisis is called (`texts.reasons.ALARMS`), and the words it is seen by."""

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
