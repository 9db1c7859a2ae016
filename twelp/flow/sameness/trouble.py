"""Trouble: signs of what is wrong, as people write them, by kind; several languages, one kind.

A kind stands for all its wordings: "is the site down", "won't load", "nothing works", "geht nicht", "no funciona".
"""

from __future__ import annotations

import re
from typing import Final

_KINDS: Final = {
    "down": (
        r"down|offline|outage|outages|unavailable|not available|unreachable|not reachable|dead|"
        r"kaputt|out of (?:order|service)|went out|is out|gone|"
        r"(?:not|isnt|arent|stopped|quit|wont|never) (?:work\w*|respond\w*|load\w*|open\w*|start\w*|connect\w*)|"
        r"(?:doesnt|dosent|dosnt|doesn|dont|didnt|does not|do not|did not|cant|cannot|can not|wont|will not|"
        r"not|never|refus\w+ to|unable to|fail\w* to|no longer) (?:\w+ ){0,2}(?:work\w*|load\w*|open\w*|"
        r"connect\w*|respond\w*|log\w*|sign\w*|reach\w*|get (?:in|on|through)|access|use|start)|"
        r"nothing (?:work\w*|load\w*|happen\w*)|"
        r"no (?:connection|service|response|internet|network|signal|access)|"
        r"connection (?:lost|error|failed|refused|dropp\w*)|"
        r"(?:lost|drop\w*|keeps? (?:losing|dropping)|los\w*) (?:the |my |its )?(?:connection|signal|service)|"
        r"server (?:error|down|problem\w*|issue\w*)|error 50[0-9]|timed? ?out|time ?outs?|"
        r"timing out|crash\w*|(?:blank|white|black|frozen) (?:page|screen)|stuck (?:on|at)|"
        r"(?:having|any) (?:problems|issues|trouble)|problems with|issues with|broken|borked|"
        r"geht (?:\w+ ){0,3}(?:nicht|nix|nichts)|funktioniert (?:\w+ ){0,3}nicht|"
        r"(?:ladt|laedt|lade) (?:\w+ ){0,2}nicht|nicht erreichbar|stor\w*|ausfall|ausgefallen|"
        r"keine? (?:verbindung|netz|internet|zugriff)|nichts geht|"
        r"komme? (?:\w+ ){0,3}nicht (?:rein|drauf)|"
        r"no (?:me )?(?:funciona\w*|va|carga\w*|anda|abre|conecta\w*|responde\w*)|caid[oa]s?|"
        r"se cayo|sin (?:servicio|conexion|internet|acceso)|"
        r"no (?:tengo|tiene|tenemos|hay|me llega) (?:internet|conexion|servicio|wifi|red|senal)|"
        r"no (?:puedo|deja) (?:\w+ ){0,2}(?:entrar|acceder|conectar\w*|abrir)|"
        r"ne (?:marche|fonctionne|charge|repond) (?:plus|pas)|en panne|hors service|inaccessible|"
        r"impossible de"
    ),
    "no picture": (
        r"no (?:picture|image|video|signal)|black screen|blank screen|"
        r"screen (?:is |stays |goes |went )?(?:black|blank|dark)|kein bild|schwarzer bildschirm|"
        r"sin imagen|pantalla negra|pas d ?image"
    ),
    "no sound": (r"no (?:sound|audio)|cant hear|silent|muted?|kein ton|sin sonido|pas de son"),
    "slow": (r"slow\w*|lagg?\w*|buffer\w*|stutter\w*|langsam|lento|lenta|lent"),
    "late": (
        r"late|delayed?|not arrived|hasnt arrived|still waiting|where is my|verspatet|"
        r"nicht angekommen|retrasad\w*|no ha llegado|en retard"
    ),
    "charged": (
        r"charged (?:me )?twice|double charg\w*|charged again|doppelt (?:abgebucht|berechnet)|"
        r"cobrad\w* dos veces|debite deux fois"
    ),
    "leaks": (r"leak\w*|drip\w*|water (?:on|under|everywhere)|undicht|lauft aus|gotea|pierde agua|fuite"),
    "no charge": (r"(?:wont|not|doesnt|stopped) charg\w*|ladt nicht|no carga la bateria"),
}
_COMPILED: Final = {kind: re.compile(rf"\b(?:{pattern})\b") for kind, pattern in _KINDS.items()}


def trouble_in(plain: str) -> frozenset[str]:
    """The kinds of trouble that a text, in small letters and without accents and apostrophes, tells of.

    >>> sorted(trouble_in("is the site down? nothing loads")), sorted(trouble_in("how do i pair my buds"))
    (['down'], [])
    """
    return frozenset(kind for kind, pattern in _COMPILED.items() if pattern.search(plain))
