"""What people name when something goes wrong with it: their things, and their own bodies. Without accents."""

from __future__ import annotations

from typing import Final

THING: Final = (
    r"(?:batter(?:y|ies)|power ?banks?|powerbanks?|chargers?|charging (?:cable|case|brick|port|cradle|block|dock)|cables?|leads?|plugs?|sockets?|outlets?|adapters?|"
    r"adaptors?|extension|phones?|iphones?|smartphones?|mobile|tablets?|ipads?|laptops?|macbooks?|notebooks?|computers?|pcs?|tv|tvs|telly|television|"
    r"toasters?|kettles?|ovens?|hobs?|stoves?|cookers?|microwaves?|air ?fryers?|dryers?|driers?|tumble|washing machines?|washers?|dishwashers?|fridges?|"
    r"freezers?|heaters?|boilers?|radiators?|fans?|lamps?|bulbs?|lights?|scooters?|e ?bikes?|ebikes?|hoverboards?|vapes?|earbuds?|headphones?|"
    r"headsets?|speakers?|soundbars?|watch|smartwatch|drones?|cameras?|consoles?|controllers?|routers?|modems?|thermostats?|doorbells?|hubs?|"
    r"devices?|units?|appliances?|machines?|blankets?|hair ?dryers?|straighteners?|curlers?|irons?|vacuums?|hoovers?|engines?|wires?|wiring|fuse|motor|"
    r"psu|gpu|graphics card|printers?|monitors?|projectors?|grill|bbq|coffee maker|coffee machine|pressure cooker|instant pot|blenders?|mixers?|strip|"
    r"power (?:supply|strip|brick|cord|tool)|generator|solar panels?|inverter|meter|fitting|ignition|fryer|kindle|screen|toy|candle|humidifier|purifier|"
    r"bateria|cargador|movil|telefono|celular|portatil|ordenador|computadora|tele|televisor|cable|enchufe|lavadora|secadora|nevera|horno|patinete|tostadora|hervidor|calefactor|plancha|altavoz|"
    r"batterie|chargeur|telephone|ordinateur|prise|lave linge|seche linge|frigo|four|trottinette|grille pain|bouilloire|chauffage|cable|tele|pile|appareil|"
    r"akku|ladegerat|ladegeraet|ladekabel|netzteil|handy|rechner|fernseher|steckdose|stecker|waschmaschine|trockner|kuhlschrank|kuehlschrank|backofen|herd|ofen|toaster|wasserkocher|gerat|geraet|kabel|roller|e roller|lampe|heizung|"
    r"carregador|celular|telemovel|computador|notebook|televisao|tomada|maquina|geladeira|frigorifico|fogao|forno|torradeira|chaleira|aparelho|fio|cabo|"
    r"caricabatterie|caricatore|cellulare|telefono|computer|presa|spina|lavatrice|asciugatrice|frigorifero|forno|tostapane|bollitore|stufa|cavo|monopattino|dispositivo|apparecchio|televisore|"
    r"accu|batterij|oplader|telefoon|mobiel|stopcontact|stekker|wasmachine|droger|koelkast|oven|broodrooster|waterkoker|apparaat|snoer|kabel|step|verwarming|kachel)"
)
HOT: Final = (
    r"(?:batter(?:y|ies)|power ?banks?|chargers?|charging (?:cable|brick|case|block)|plugs?|sockets?|outlets?|adapters?|adaptors?|"
    r"power (?:supply|brick|cord|strip)|cable|extension (?:lead|cord)|wires?|wiring|fuse ?box)"
)
BODY: Final = (
    r"(?:hands?|fingers?|fingertips?|thumbs?|face|eyes?|legs?|arms?|skin|foot|feet|toes?|lips?|mouth|tongue|head|back|neck|ears?|chest|thighs?|wrists?|"
    r"knees?|stomach|son|daughter|kids?|child|children|baby|toddler|wife|husband|palm|hair|forehead|cheek)"
)
