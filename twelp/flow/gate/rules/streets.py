"""Street addresses, as eleven languages write them. A shop's address is public where the answer calls it ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Hit, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_CAPITAL = r"[A-Z\u00c0-\u00de][\w'’.-]+"
_PARTS = r"(?:(?:de|del|des|du|la|las|los|le|les|l'|d'|do|da|dos|das|di|della|dei|degli|e|van|den|der|y) ?){0,3}"
_NUMBER = r",?\s?(?:n[º°.ro]{0,3}\.?\s?|núm\.?\s?|número\s|numero\s)?\d{1,4}\s?[a-zA-Z]?(?![\w%])"
_NO_ROAD = r"(?!(?i:usb|flash|hard|thumb|pen|disk|disc|ssd|google|one|hybrid|test|cloud|network|external)\b)"
_TECH = (
    r"(?!HDMI|USB|Wi-?Fi|WLAN|Bluetooth|LAN|Ethernet|VPN|DVI|SCART|AUX|NFC|AirPlay|RJ|App|Port|Kabel|Cavo|"
    r"Internet|Display|"
    r"Type|Android|Windows|Google|Chrome|Mail|E-Mail|Web|Router|Software|Update|Version|[A-Z0-9]{2,}\b)"
)
_STREET = re.compile(
    # 12 High Street, 1600 N Pennsylvania Ave, 221b baker street
    rf"(?<![\w.$€£])\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?(?:{_NO_ROAD}(?:{_CAPITAL}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}"
    r"(?:Street|Str|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Crescent|Terrace|Square|"
    r"Parkway|Pkwy|Highway|"
    r"Mews|Gardens|Grove|Close|Way|Row|Hill)\b\.?"
    r"|(?<![\w.$€£])\d{1,5}[a-z]? (?:[a-z]+ ){1,2}(?i:street|road|avenue|lane|boulevard)\b"
    # Hauptstraße 12, Kerkstraat 5
    r"|(?<!\w)(?!Steck|Speicher|Arbeits|Stell|Park|Sitz|Lade|Um|Hin|Rück|Aus|Ein|Ruck)[A-ZÄÖÜ][\wäöüß-]*"
    r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ufer|damm|chaussee|straat|laan|plein|gracht|kade|singel|dijk|steeg)"
    r" \d{1,4} ?[a-z]?(?!\w)|(?<!\w)[A-ZÄÖÜ][\wäöüß-]+ (?:Straße|Strasse|Str\.|Allee|Weg|Platz|"
    r"Ring) \d{1,4} ?[a-z]?(?!\w)"
    # 12 rue de la Paix
    r"|(?<![\w.])\d{1,4}(?: ?bis| ?ter)?,? (?i:rue|avenue|av\.|boulevard|bd|place|impasse|allée|chemin|quai|"
    r"route|cours|square)"
    rf" {_PARTS}{_CAPITAL}"
    # Calle Mayor 12, Rua Augusta, 100, Via Roma 5
    r"|(?<!\w)(?i:calle|c/|avenida|avda?\.?|paseo|plaza|carretera|camino|ronda|travesía|rua|travessa|praça|"
    r"largo|estrada|"
    rf"alameda|viale|piazza|corso|vicolo) {_PARTS}{_CAPITAL}(?: {_PARTS}{_CAPITAL}){{0,3}}{_NUMBER}"
    rf"|(?<!\w)[Vv]ia {_PARTS}{_TECH}[A-Z][a-zà-ù]{{2,}}(?: {_PARTS}[A-Z][a-zà-ù]+){{0,2}}{_NUMBER}"
    # רחוב הרצל 12, شارع التحرير 15
    r"|(?:רחוב|רח'|שדרות|שד'|סמטת) [\u05d0-\u05ea'\"-]+(?: [\u05d0-\u05ea'\"-]+){0,2},? ?\d{1,4}"
    r"|شارع(?: [\u0621-\u064a]+){1,4},? ?(?:رقم ?)?\d{1,4}|\d{1,4} شارع(?: [\u0621-\u064a]+){1,3}"
    # 建国路88号, 渋谷区道玄坂1-2-3
    r"|[\u4e00-\u9fff]{1,12}(?:路|街|巷|弄|大道)\d{1,5}(?:弄\d{1,4})?[号號]"
    r"|[\u4e00-\u9fff]{1,6}[都道府県市区町村][\u3040-\u30ff\u4e00-\u9fff]{0,12}\d{1,4}(?:丁目|番地?|"
    r"-\d{1,4}(?:-\d{1,4})?)"
)
_POSTCODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?![A-Za-z0-9])")
_POSTCODE_WORDS = Phrases(
    spaced="postcode|post code|zip|live[sd]?|living|your (?:home |delivery )?address|deliver(?:ed|y)? to"
)
_OURS = Phrases.of("streets-ours")
_THEIRS = Phrases.of("streets-theirs")


@rule("street address", FindingLevel.SECOND_PAIR, texts.STREET, rank=24, private=True)
def streets(draft: Draft) -> Iterator[Span | Hit]:
    plain, low = draft.answer.quiet, draft.answer.low_quiet
    if not draft.answer.digits:
        return
    for found in _STREET.finditer(plain):
        start = max(found.start() - 70, 0)
        if _OURS.search(low, start, found.end() + 40) and not _THEIRS.search(low, start, found.start()):
            yield Hit(*found.span(), texts.OWN_STREET, FindingLevel.WARN)
        else:
            yield found.span()
    for found in _POSTCODE.finditer(plain):
        if _POSTCODE_WORDS.search(low, max(found.start() - 40, 0), found.start()):
            yield found.span()
