"""What the town's experts know of computers, networks and the household."""

from __future__ import annotations

from typing import Final

from twelp.sandbox.town.advice import NO_START, tip, topic

HOME: Final = (
    topic(
        "computers",
        r"laptops?|computers?|pcs?|macbooks?|notebooks?|windows|ssd|ram|keyboards?|trackpad|chromebooks?|"
        r"desktop|monitors?",
        (
            tip(
                r"\bslow|lagg?(?:s|y|ing)|takes (?:ages|forever)|speed",
                "In Task Manager, under “Startup apps”, switch off all you don't know; then let updates finish "
                "overnight.",
            ),
            tip(
                r"monitor.*flicker|flicker.*monitor",
                "Try another cable and another port, and set its refresh rate to 60 Hz in the display settings.",
            ),
            tip(
                r"blue ?screen|bluescreen|crash",
                "Note the words at the bottom of the blue screen, unplug all accessories and start it without them.",
            ),
            tip(
                r"\bfans?\b|\bloud|nois[ey]|\bhot\b|overheat",
                "Lay it on something hard, blow the vents out while it is off, and look what is busy in Task Manager.",
            ),
            tip(
                r"spill|coffee|water|\bwet\b|sticky|stuck",
                "Switch it off, turn it upside down, don't charge it, and bring it in; the desk opens it to dry.",
            ),
            tip(
                r"more (?:ram|memory)|add .*(?:ram|memory|ssd)|upgrade|which ssd|soldered",
                "Its system information shows “slots”: if none is free it can't be added. The desk looks it up "
                "for free.",
            ),
            tip(
                rf"{NO_START}|\bdead\b|black screen",
                "Unplug everything, hold the power button for thirty seconds, then start with only the charger in.",
            ),
            tip(
                r"which laptop|recommend|for (?:school|study|university|office|college)",
                "For study and office work 16 GB of memory and a 512 GB SSD last for years; more only helps "
                "with video.",
            ),
        ),
        "Which model is it, and what happens exactly?",
        "What model is it, and what does the screen say?",
    ),
    topic(
        "wifi",
        r"wi-?fi|routers?|modems?|mesh|internet|broadband|ethernet|wlan|repeater|extender",
        (
            tip(
                r"dead spot|upstairs|weak|reach|signal|floors?|cellar|basement|garden|far room|bad in",
                "Put a mesh point halfway to the weak room, not in it, and the router high up and in the open.",
            ),
            tip(
                r"drops?|dropping|cut(?:s|ting)? out|disconnect|every (?:evening|night|day)|keeps? (?:going|losing)",
                "Restart the modem, wait two minutes, then the router; then choose a channel with fewer neighbours.",
            ),
            tip(
                r"\bslow|speed",
                "Measure once by cable: if that is fast, use the 5 GHz name nearby and another channel.",
            ),
            tip(
                r"(?:change|forgot|reset|find|what is|where is) .*password|password",
                "The first password is on the router's label; you change it in its app under “Wi-Fi”.",
            ),
            tip(
                r"red light|no internet|offline|not work|doesn'?t work|down\b|dead",
                "Restart the modem first, wait two minutes, then the router: in that order they find each other again.",
            ),
            tip(
                r"set ?up|install",
                "Plug it into the modem, wait for a steady light, and follow its app; the label holds name and "
                "password.",
            ),
        ),
        "Which router is it, and what happens exactly?",
        "Which router is it, and how is it right beside it, or by cable?",
    ),
    topic(
        "printers",
        r"printers?|printing|\bprint|ink|toner|cartridges?|scanner",
        (
            tip(
                r"offline|find|found|connect|wi-?fi|network|not? (?:show|appear)|without a cable",
                "Remove the printer in the system settings and add it again while both are on the same Wi-Fi name.",
            ),
            tip(
                r"streak|faded|stripes|blank|dry|dried|pale|lines|quality",
                "Run the head cleaning twice and print a test page; ink that sat for months needs a little patience.",
            ),
            tip(r"jam", "Switch it off, open both flaps and pull the paper out in the direction it runs."),
            tip(
                r"which (?:ink|cartridge|toner)|what (?:ink|cartridge|toner)|right (?:ink|cartridge)",
                "The number is inside the lid, beside the old cartridge; the desk finds it by the printer's name.",
            ),
        ),
        "Which printer is it, and what happens exactly?",
    ),
    topic(
        "smart home",
        r"alexa|thermostats?|doorbells?|bulbs?|smart plugs?|smart home|smart lock|hub|voice assistant|motion sensors?|"
        r"smart lights?|robot vacuum",
        (
            tip(
                r"boiler|heating|compatible|work with",
                "Look at the wires: two plain ones for the thermostat mostly mean yes. A photo is enough for the desk.",
            ),
            tip(
                r"offline|drops|disconnect|every (?:night|morning)|cold",
                "For a doorbell check the transformer first: below 16 volts it drops off; then the wifi signal there.",
            ),
            tip(
                r"pair|connect|set ?up|add|new wi-?fi|respond|answer|find",
                "Hold its reset button until the light blinks fast, delete it in the app, and add it on 2.4 GHz "
                "as new.",
            ),
            tip(
                r"time zone|wrong time|schedule",
                "Set home and time zone in its app, then switch the schedule off and on.",
            ),
            tip(r"guest|share", "In its app, under “members”, you can invite a guest, with an end date if you like."),
        ),
        "Which device is it, and what happens exactly?",
    ),
    topic(
        "appliances",
        r"fridges?|refrigerators?|freezers?|washers?|dryers?|washing machines?|dishwashers?|ovens?|"
        r"microwaves?|vacuums?|hoover|"
        r"kettles?|hobs?|stoves?|coffee (?:machine|maker)|espresso",
        (
            tip(
                r"gas hob|gas stove|connect .*gas|gas .*connect",
                "Gas is for a licensed fitter only, never by hand; the desk names one who installs it.",
            ),
            tip(
                r"not? drain|won'?t drain|doesn'?t drain|e24|standing water|pump",
                "Clean the filter, then check the drain hose behind it for a kink.",
            ),
            tip(
                r"leak|puddle|water (?:on|under|all)",
                "Close the tap and switch it off at the wall; then look at the hose's seals and the door's rubber.",
            ),
            tip(
                r"fridge.*(?:warm|not cold|cool)|(?:warm|not cold).*fridge|freezer.*(?:melting|thaw|warm)",
                "Keep the door shut, move what spoils to a cool box, and see whether the vent inside is iced up.",
            ),
            tip(
                r"^(?=.*(?:wash|dryer)).*(?:jump|shak|vibrat|walk|spin|loud|bang)",
                "Level its feet until it stands firm, check the transport bolts are out, and spin a mixed half load.",
            ),
            tip(
                r"fridge.*(?:loud|nois|hum)|(?:loud|noisy) .*fridge",
                "Level its feet, leave a hand's width behind it, and move bottles and trays apart that touch.",
            ),
            tip(
                r"stack|on top of", "Only with a stacking kit made for both, and never a dryer deeper than the washer."
            ),
            tip(
                r"descal|limescale|scale\b",
                "Run the descaling programme with the maker's descaler, then twice with water.",
            ),
            tip(
                r"filter|clean",
                "Rinse the filter under lukewarm water once a month, and let it dry before it goes back.",
            ),
            tip(
                r"error|code|\b[ef]\d{1,3}\b",
                "The codes are on the manual's last pages. Off at the wall for five minutes, many clear: does yours?",
            ),
        ),
        "Which model is it, and what happens exactly?",
        "What model is it, and what have you seen it do?",
    ),
)
