"""How customers say that an answer did not help, that they need none any more, and how people send others to us.

Each table is by language; what is looked for is folded (`folded`). Scripts that put no spaces between words
are looked for anywhere, the others as whole words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

_READ: Final = 5_000
_NOT_SAID: Final = re.compile(r"https?://\S+|(?<![\w@＠])[@＠]\w+")
_APOSTROPHES: Final = str.maketrans("’‘ʼ＇`´", "''''''")
_NOT_HELPED: Final = {
    "en": (
        r"(?:did|does|do|is|was|has|have|still|would|will|are)(?:n'?t| not)(?: (?!need)\w+){0,2} (?:work\w*|help\w*|"
        r"fix\w*|change\w*|solve\w*|do (?:it|anything)|any(?:thing|more)?)|not work\w*|"
        r"no (?:luck|joy|change|difference|use|good|dice|improvement|success)|still (?:not|no|the same|same|broken|"
        r"happen\w*|does|won'?t|can'?t|isn'?t|"
        r"doesn'?t|didn'?t|nothing|having|get\w*|on|red|dead|black|stuck|down)|same (?:issue|problem|thing|error|"
        r"result|here|again|as before)|(?:tried|done|(?<!that )(?<!this )(?<!what )(?<!which )did) (?:that|it|this|all|"
        r"both|everything|already)|already "
        r"(?:tried|did|done)|that'?s not (?:it|the)|to no avail|nothing (?:happens|happened|changed|works)|"
        r"(?:made|makes) no|(?:it'?s |is )?back again|came back|worse now"
    ),
    "es": (
        r"(?:no|sigue sin|tampoco) (?:me )?(?:funciona\w*|funcion\w+|sirve|sirvi[oó]|ayud\w+|va)|sigue igual|sigo "
        r"igual|lo mismo|ya (?:lo )?(?:prob[eé]|intent[eé]|hice)|nada cambi\w+|todav[ií]a no"
    ),
    "fr": (
        r"(?:ne )?(?:marche|fonctionne|aide|change) (?:toujours )?(?:pas|rien)|(?:n'a|a) (?:pas|rien) (?:march\w+|"
        r"fonctionn\w+|aid\w+|chang\w+)|toujours (?:pas|rien|pareil|le m[eê]me|la m[eê]me)|pareil|d[eé]j[aà] "
        r"(?:essay\w+|fait)|rien n'y fait"
    ),
    "de": (
        r"(?:funktioniert|geht|klappt|hilft|ging|klappte) (?:leider |immer noch |so |auch )*(?:nicht|nichts|nix)|"
        r"(?:hat|bringt|brachte) (?:leider |auch )*(?:nicht|nichts|nix)(?: \w+)?|immer noch|weiterhin|"
        r"(?:schon|bereits) (?:probiert|gemacht|versucht|getan)|gleiche[rs]? (?:problem|fehler)|dasselbe|keine "
        r"(?:änderung|besserung|veränderung)"
    ),
    "pt": (
        r"n[aã]o (?:funciona\w*|funcion\w+|deu|ajud\w+|resolv\w+|adiant\w+)|continua|mesm[oa] (?:problema|coisa|erro)|"
        r"j[aá] (?:tentei|fiz|testei)|ainda n[aã]o"
    ),
    "it": (
        r"non (?:funziona\w*|ha funzionato|va|è servito|aiuta|cambia)|ancora (?:niente|nulla|non|lo stesso)|stesso "
        r"(?:problema|errore)|gi[aà] (?:provato|fatto)|niente da fare"
    ),
    "nl": (
        r"werkt (?:nog )?(?:steeds )?niet|nog steeds|hielp niet|helpt niet|(?:al|reeds) (?:geprobeerd|gedaan)|zelfde "
        r"(?:probleem|fout)|lukt niet"
    ),
    "he": r"לא עובד\w*|לא עזר\w*|לא עבד\w*|עדיין|ניסיתי|אותה בעיה|אותו דבר|כבר עשיתי",
    "ar": r"لا يعمل|لم يعمل|ما يشتغل|لم ينجح|ما زال\w*|لا زال\w*|لازال\w*|جربت|نفس المشكلة|بدون فائدة",
}
_NOT_HELPED_UNSPACED: Final = (
    "没用|沒用|不行|还是|還是|仍然|试过|試過|不管用|没效果|沒效果|没有效果|沒有效果|一样的问题|一樣的問題|"
    "ダメ|だめ|駄目|直らない|直りません|変わらない|変わりません|まだ|試しました|試したけど|やってみました|できない|できません|動かない|同じです"
)
_SETTLED: Final = {
    "en": (
        r"never ?mind|nvm|(?:sorted|fixed|solved|resolved|figured|worked|found|got)(?: it| that| this)? (?:out |it )?"
        r"(?:by )?(?:myself|ourselves|out|now|already|itself)|(?:no longer|don'?t|do not|dont) need (?:\w+ )?(?:help|"
        r"any(?:more)?|it|this|an answer)|forget (?:it|about it|this)|ignore (?:this|that|me|my \w+)|disregard|false "
        r"alarm|(?:it|all|everything|that|this)(?:'?s| is| has| was)? (?:all |been |now )?(?:sorted|fixed|solved|"
        r"resolved|good|working|fine)(?: now| again)?|works? (?:now|again)|working (?:now|again)|problem (?:solved|"
        r"fixed|gone)|found (?:it|the (?:answer|problem|issue))|all (?:good|set|sorted)|(?:that|this|which) "
        r"did (?:it|the trick)|(?:that|this) (?:worked|helped|(?:fixed|solved|sorted) (?:it|that|the \w+))"
    ),
    "es": (
        r"ya (?:est[aá]|funciona|lo (?:resolv[ií]|solucion[eé]|arregl[eé]|encontr[eé]))|olv[ií]d\w+|no importa|"
        r"solucionado|resuelto|arreglado|ya no (?:hace falta|necesito)"
    ),
    "fr": (
        r"laiss\w+ tomber|c'est (?:bon|r[eé]gl[eé]|r[eé]solu)|r[eé]solu|oubliez|plus besoin|[cç]a (?:re)?marche "
        r"(?:maintenant|[aà] nouveau)|j'ai trouv[eé]"
    ),
    "de": (
        r"(?:hat sich )?erledigt|vergesst es|vergiss es|schon gut|gel[oö]st|(?:geht|funktioniert|l[aä]uft|klappt) "
        r"(?:jetzt|wieder)|nicht mehr n[oö]tig|selbst (?:gefunden|gel[oö]st|geschafft)|habe? es (?:gefunden|"
        r"geschafft)"
    ),
    "pt": (
        r"deixa (?:pra|para) l[aá]|resolvido|j[aá] (?:resolvi|consegui|funcion\w+|est[aá])|esque[cç]\w+|"
        r"n[aã]o precis\w+ mais"
    ),
    "it": (
        r"lasci\w* stare|lasciate perdere|risolto|non (?:importa|serve pi[uù])|come non detto|ora funziona|"
        r"ho trovato"
    ),
    "nl": r"laat maar|opgelost|gefixt|al gelukt|niet meer nodig|werkt (?:nu|weer)|gevonden",
    "he": r"עזבו|הסתדר\w*|לא משנה|נפתר\w*|כבר לא צריך|פתרתי|מצאתי",
    "ar": r"لا يهم|تم الحل|انحلت|خلاص|حلت المشكلة|وجدت الحل|لم أعد بحاجة|يعمل الآن",
}
_SETTLED_UNSPACED: Final = (
    "不用了|解决了|解決了|搞定|没事了|沒事了|已经好了|已經好了|自己弄好|不需要了|"
    "解決しました|解決した|自己解決|もう大丈夫|直りました|治りました|忘れてください|わかりました"
)
_BUT: Final = re.compile(
    r"(?<!\w)(?:but|except|however|unless|now and then|aber|außer|pero|excepto|mais|sauf|mas|exceto|ma|però|"
    r"(?<!laat )maar|אבל)(?!\w)|ولكن|لكن|但是|可是|但|でも|けど|ただ"
)
"""What takes back half of it."""
_SENDS: Final = (
    r"(?:ask|asking|asked|try|tried|contact|message|messaged|dm|tag|tagged|call|email|e-mail|follow|tell|ping|hit up|"
    r"reach(?:ed)? out to|talk(?:ed)? to|speak to|spoke to|write to|see|check out|visit|go to|head to|pregunt\w+ a|"
    r"contact\w+ a|escrib\w+ a|demand\w+ à|contact\w+|écri\w+ à|frag\w*(?: mal)?|schreib\w*(?: mal)?(?: an)?|"
    r"wend\w+ dich an|pergunt\w+ a[o]?|fal\w+ com(?: a| o)?|chied\w+ a|scriv\w+ a|vraag(?: het)?(?: aan)?|"
    r"תשאלו את|תפנו ל|اسأل(?:وا)?|تواصل(?:وا)? مع)"
)
_SELF: Final = (
    r"i|i'm|i've|im|ive|my|me|mine|we|our|us|yo|mi|me|je|j'ai|mon|ma|mes|moi|ich|mein\w*|mir|mich|wir|eu|meu|minha|"
    r"io|mio|mia|ho|ik|mijn|אני|שלי|לי|أنا|عندي|لدي"
)


def folded(text: str) -> str:
    """The text as it is compared: without handles and links, one case, one kind of apostrophe.

    >>> folded("@acme It’s  BACK https://t.co/1")
    "it's back"
    """
    bare = _NOT_SAID.sub(" ", unicodedata.normalize("NFC", text[:_READ]).translate(_APOSTROPHES))
    return " ".join(bare.casefold().split())


def not_helped(bare: str) -> str:
    """The words by which somebody says that it did not help; empty where nobody does.

    >>> not_helped("tried that, still no picture"), not_helped("that did the trick"), not_helped("thanks, that did it!")
    ('tried that', '', '')
    >>> not_helped("i did it twice"), not_helped("did that already, no change")
    ('did it', 'did that')
    """
    return _seen(_pattern("not_helped"), bare)


def settled(bare: str) -> str:
    """The words by which somebody says that they need no answer any more; empty where nobody does.

    >>> settled("never mind, sorted it myself"), settled("how do i sort it?"), settled("that did it, thanks")
    ('never mind', '', 'that did it')
    """
    return "" if _BUT.search(bare) else _seen(_pattern("settled"), bare)


def sends_to(text: str, handles: Iterable[str]) -> str:
    """The words by which a post sends others to one of these accounts, without a word of its author's own trouble.

    >>> sends_to("any questions? ask @VoltHelp", ["volthelp"]), sends_to("I asked @VoltHelp", ["volthelp"])
    ('ask @volthelp', '')
    """
    folded = text.casefold()
    if re.search(rf"(?<!\w)(?:{_SELF})(?!\w)", folded):
        return ""
    names = "|".join(re.escape(handle.casefold()) for handle in handles)
    found = re.search(rf"(?<!\w){_SENDS} (?:the (?:team|folks|people) at )?[@＠](?:{names})(?!\w)", folded)
    return found[0] if found else ""


@cache
def _pattern(which: str) -> re.Pattern[str]:
    spaced, unspaced = (_NOT_HELPED, _NOT_HELPED_UNSPACED) if which == "not_helped" else (_SETTLED, _SETTLED_UNSPACED)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced.values())})(?!\w)|{unspaced}")


def _seen(pattern: re.Pattern[str], bare: str) -> str:
    found = pattern.search(bare)
    return found[0].strip() if found else ""
