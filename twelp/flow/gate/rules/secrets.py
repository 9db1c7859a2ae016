"""Secrets: passwords, one-time codes, PINs, keys of programs, Wi-Fi. How to set a password is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Hit, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_KEY = re.compile(
    r"(?<![A-Za-z0-9])(?:[srp]k_(?:live|test)_[A-Za-z0-9]{8,}|AKIA[0-9A-Z]{12,}|gh[pousr]_[A-Za-z0-9]{16,}|"
    r"github_pat_\w{16,}|"
    r"glpat-[\w-]{12,}|xox[abposr]-[\w-]{8,}|xapp-[\w-]{8,}|AIza[\w-]{20,}|ya29\.[\w-]{12,}|SG\.[\w-]{12,}\.[\w-]{8,}|"
    r"eyJ[\w-]{10,}\.[\w-]{6,}(?:\.[\w-]*)?|sk-[A-Za-z0-9-]{16,}|key-[0-9a-f]{20,}|[Bb]earer [\w.~+/-]{16,})"
    r"|-----BEGIN [A-Z ]{0,20}PRIVATE KEY|(?<![A-Za-z])(?:ssh-rsa|ssh-ed25519) AAAA"
)
_WORDS = Phrases.of("secrets")
_JOINS = (
    r"is|é|è|was|ist|war|lautet|es|est|e|era|sera|are|to|for|the|your|you|set|use|der|das|die|su|tu|la|el|le|il|"
    r"lo|o|a|de|do|da|del|du|"
    r"votre|ton|sua|tua|uw|je|het|staff|guest|wifi|wi-?fi|wlan|router|admin|temporary|temp|new|neues|nueva|"
    r"nova|nuova|nouveau|"
    r"nieuwe|shop|store|portal|account|konto|cuenta|compte|conta|now|still|again|jetzt|ahora|maintenant|agora|"
    r"adesso|nu|"
    r"di|in|accesso|i|para|fur|pour|per|voor|mein|dein|ihr|ihre|il tuo|als"
)
_VALUE = re.compile(
    rf"(?P<between>(?:[ \t:：=\-–→>“\"'`«„(]|(?i:{_JOINS})(?![A-Za-z0-9\u00c0-\u024f])|הוא|היא|שלך|שלכם|הזמני|"
    rf"הזמנית|هي|هو|الخاص|الخاصه|بك|"
    r"المؤقته|是|为|為|は|の){0,16}?)"
    rf"(?<![A-Za-z0-9])(?!(?i:{_JOINS})(?![A-Za-z0-9\u00c0-\u024f]))(?P<value>[A-Za-z0-9][^\s,;“”\"'`»)。、，]{{2,40}})"
)
_PLAIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f'’-]+[.!?]?$")
_QUOTED = re.compile(r"[“\"'`«„]$")
_ASSIGNED = re.compile(r"[:=：→]|\b(?:is|ist|lautet|es|est|e|é|è|was|era)\b|是|为|為|は|היא|הוא|هي|هو")
_UNSET = re.compile(
    r"(?:default|factory|standard|werkseitig|voreingestellt|por defecto|predeterminad|de fabrica|par defaut|"
    r"d'usine|padrao|"
    r"predefinit|standaard|fabrieks|ברירת|افتراضي|默认|預設|出厂|初期|デフォルト)"
)
_MEASURE = re.compile(
    r"\d+(?:[-–]\d+)?(?: ?(?:characters?|digits?|letters?|times|minutes?|min|seconds?|days?|hours?|h|zeichen|"
    r"stellen|mal|"
    r"caracteres|cifras|d[ií]gitos|veces|caract[eè]res|chiffres|fois|minutos|caratteri|cifre|tekens|cijfers|"
    r"位|桁|分|回|次))"
    r"|\d(?:-digit|-stellig)"
)


@rule("secret", FindingLevel.REFUSE, texts.KEY, rank=13)
def keys(draft: Draft) -> Iterator[Span]:
    """Keys of programs, by how they begin."""
    yield from (found.span() for found in _KEY.finditer(draft.answer.plain))


@rule("secret", FindingLevel.REFUSE, texts.SECRET, rank=14, private=True)
def secrets(draft: Draft) -> Iterator[Span | Hit]:
    """What stands behind a word for a secret and is no word of a sentence."""
    low, plain = draft.answer.low_quiet, draft.answer.quiet
    for word in _WORDS.finditer(low):
        found = _VALUE.match(plain, word.end())
        if found is None:
            continue
        start, end = found.span("value")
        if _MEASURE.match(low, start) or not _is_secret(found, plain[start:end].rstrip(".!?…")):
            continue
        end = start + len(plain[start:end].rstrip(".!?…"))
        if _UNSET.search(low, max(word.start() - 40, 0), start):
            yield Hit(start, end, texts.DEFAULT_SECRET, FindingLevel.WARN)
        else:
            yield start, end


def _is_secret(found: re.Match[str], value: str) -> bool:
    between = found["between"]
    assigned = bool(_ASSIGNED.search(between.lower()))
    if len(value) < 3 or value.endswith("@") or re.match(r"\d{1,2}[.:/]\d", value):
        return False
    if _QUOTED.search(between):
        return assigned or any(sign.isdigit() for sign in value)
    if _PLAIN_WORD.match(value):
        return bool(re.search(r"[:=：]", between)) and " " not in value and not value[0].isupper() and len(value) > 5
    kinds = sum((any(s.isalpha() for s in value), any(s.isdigit() for s in value), not value.isalnum()))
    if value.isdigit():
        return len(value) >= 3 and (assigned or not between.strip() or len(value) >= 4)
    return kinds >= 2 and (assigned or any(s.isdigit() for s in value))


@rule("secret", FindingLevel.REFUSE, texts.SECRET, rank=16)
def apart(draft: Draft) -> Iterator[Span]:
    """A value that is set apart some words behind ("password's on the note: Gr33nTea"), and codes of doors."""
    low, plain = draft.answer.low_quiet, draft.answer.quiet
    for word in _WORDS.finditer(low):
        found = _SET_APART.match(plain, word.end())
        if found and not _MEASURE.match(low, found.start("value")):
            yield found.span("value")
    yield from (found.span("value") for found in _PASS.finditer(plain))
    for found in _THE_CODE.finditer(low):
        yield next(found.span(name) for name in ("value", "hebrew", "arabic") if found[name])
    for pattern in (_USED, _LOOKS_SO):
        yield from (found.span("value" if "value" in pattern.groupindex else 0) for found in pattern.finditer(plain))
    for pattern in (_FOR, _PAIR, _WIFI, _SENT):
        yield from (found.span("value") for found in pattern.finditer(low))
    yield from (found.span("code" if found["code"] else "second") for found in _DOOR.finditer(low))


_MIXED = r"(?=[^\s]*\d)(?=[^\s]*[A-Za-z])(?![^\s]*\.[a-z]{2,}/)"
_SET_APART = re.compile(rf"[^.!?\n:=]{{0,45}}[:=：“\"] ?(?P<value>{_MIXED}[^\s,;“”\"]{{5,40}})")
_FOR = re.compile(
    r"(?<!error )(?<!area )(?<!zip )(?<!country )(?<!postal )(?<!fault )(?<!product )"
    r"(?<!discount )(?<!promo )(?<![a-z])"
    r"(?:passcode|pin|code|password|key ?code|codigo|clave|codice|mot de passe|code secret|senha|contrasena|"
    r"passwort|wachtwoord|kennwort)"
    r" (?:for|to|of|on|at|in|de|del|della|di|do|da|van|fur|pour|au|voor)(?![a-z])[^.!?\n\d]{0,32}(?:is|:|=|es|"
    r"est|e|ist|lautet)\s*"
    r"(?P<value>\d{4,8})(?!\d)"
)
_PAIR = re.compile(
    r"(?:log ?in|logon|sign in|credentials|zugang|zugangsdaten|acceso|acces|acesso|accesso|inloggen)[^.!?\n]{0,20}?"
    r"(?P<value>[\w.@-]{3,20} ?/ ?(?=\S*[\d!$#])\S{4,20})"
)
_WIFI = re.compile(
    r"(?<![a-z])(?:wi-?fi|wlan|hotspot|network|netzwerk|red|reseau|rete|netwerk)(?![a-z])[^.!?\n]{0,14}(?:is|:|=|ist|es|est|e)\s"
    r"(?P<value>[\w-]{3,24} ?/ ?[\w!$#@-]{4,24})"
)
_SENT = re.compile(
    r"(?<!error )(?<!area )(?<!zip )(?<!country )(?<!postal )(?<!fault )(?<!product )(?<!discount )(?<!promo )"
    r"(?<![a-z])(?:code|otp|passcode|codigo|codice|tan|pin)(?: was|:| is| war| lautet| es| est| era| e) "
    r"(?P<value>\d{3}[ -]\d{3})(?!\d)"
)
"""A name and its key, and six digits in two halves, as codes are shown."""

_USED = re.compile(
    r"(?i:use|with|type|enter|try|mit|usa|use|utilisez|usi) (?P<value>(?=\S*\d)(?=\S*[A-Za-z])[^\s,;/]{6,30}) "
    r"(?i:to (?:get|log|sign) in|to unlock|as (?:the |your )?(?:password|pin|login))"
)
_LOOKS_SO = re.compile(
    r"(?<!\S)(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)(?=[^\s@#$%&*!?^]+[@#$%&*!?^]+[A-Za-z\d])[A-Za-z][A-Za-z\d@#$%&*!?^_-]{6,29}(?![^\s.,;!?)])"
)
"""Large and small letters, digits and signs in one word, as passwords have to have them; no name has them."""

_THE_CODE = re.compile(
    r"(?<![a-z])(?:the|your|our|door|that|der|ihr|el|su|tu|le|votre|o|il|de|uw|je) (?:code|pin|combination|"
    r"kode|codigo|codice|passcode|pincode)"
    r" (?:is|ist|lautet|es|est|e)\s?:?\s?(?P<value>\d{4,8})(?!\d)"
    r"|(?<![\u05d0-\u05ea])(?:הקוד|הפין|קוד הכניסה|הקוד הסודי)(?: שלך)? (?:הוא|:) ?(?P<hebrew>\d{3,8})(?!\d)"
    r"|(?:الكود|الرمز|رمزك|الرقم السري)(?: هو|:) ?(?P<arabic>\d{3,8})(?!\d)"
)
_PASS = re.compile(r"(?<![A-Za-z])(?i:pass|pw|psw|mdp|contr)\s?[:=]\s?(?P<value>[A-Za-z0-9][^\s,;]{3,40})")
_DOOR = re.compile(
    r"(?:code|codigo|codice|kode|kombination|combination|combo)(?![a-z])[^.!?\n\d]{0,15}"
    r"(?:gate|door|entry|entrance|building|lock|safe|alarm|garage|lobby|locker|tur|tor|haus|tresor|puerta|"
    r"portal|porte|portail|"
    r"immeuble|porta|portao|cancello|cassaforte|deur|poort|kluis|back room|office|"
    r"store ?room)[^.!?\n\d]{0,20}(?P<code>\d{3,8})(?!\d)"
    r"|(?:gate|door|alarm|safe|locker) code[^.!?\n\d]{0,12}(?P<second>\d{3,8})(?!\d)"
)


@rule("secret", FindingLevel.REFUSE, texts.SECRET, rank=15)
def backwards(draft: Draft) -> Iterator[Span]:
    """The code before its word: "482913 is your code"."""
    yield from (found.span("code") for found in _BACKWARDS.finditer(draft.answer.low_quiet))


_BACKWARDS = re.compile(
    r"(?<![\w.])(?P<code>\d{4,8}|[a-z]{0,4}\d{3}[- ]\d{3}) (?:is|ist|es|est|e) (?:the|your|you?r|ihr|dein|tu|"
    r"su|votre|ton|il tuo|"
    r"o seu|je|uw) (?:\w+ ){0,2}(?:code|pin|otp|password|passwort|codigo|clave|contrasena|codice|senha|"
    r"wachtwoord|puk)\b"
)
