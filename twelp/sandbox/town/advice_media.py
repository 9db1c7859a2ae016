"""What the town's experts know of sound, pictures, phones and games."""

from __future__ import annotations

from typing import Final

from twelp.sandbox.town.advice import NO_START, tip, topic

MEDIA: Final = (
    topic(
        "audio",
        r"soundbars?|sound bars?|speakers?|subwoofers?|surround|stereo|turntables?|amp|record player|e?arc",
        (
            tip(
                r"^(?!.*\b(?:laptop|phone|pc|computer|car|tablet)\b).*(?:no (?:sound|audio)|not? (?:any )?sound|"
                r"(?:is|stays|goes|went) silent|can'?t hear|mute)",
                "Plug it into the TV port marked ARC or eARC, then switch HDMI control on in the TV's sound menu.",
                "Set the TV's audio output to PCM or Auto; soundbars stay silent on a format they don't know.",
            ),
            tip(
                r"out of sync|lip|delay|lag\w*|behind the",
                "Look for “audio delay” or “lip sync” in its menu and set it to zero; then set the TV to passthrough.",
            ),
            tip(r"\bhum(?:s|ming)?\b|buzz", "A hum is mostly the ground: fix the thin wire to the amp's GND screw."),
            tip(
                r"which (?:port|cable|hdmi|input)|where (?:do|does|should) .*(?:plug|connect)|how (?:do|can) i connect",
                "Use the TV's HDMI port marked ARC or eARC and a High Speed cable; HDMI control must be on.",
            ),
            tip(
                r"pair|bluetooth",
                "Hold its Bluetooth button until the light blinks fast, then choose it in your phone's Bluetooth list.",
            ),
        ),
        "Which model is it, and what is it connected to?",
        "What model is it, and what do you hear, exactly?",
    ),
    topic(
        "headphones",
        r"headphones?|earbuds?|buds|earphones?|headsets?|noise cancell?ing",
        (
            tip(
                r"one (?:side|ear|earbud|bud)|left|right|quiet|only one",
                "Clean the mesh and the charging pins with a dry cotton bud, then reset both in their case.",
            ),
            tip(
                r"pair|connect|bluetooth",
                "Forget them in the Bluetooth list, reset them in their case, then pair afresh next to the phone.",
            ),
            tip(
                r"cut(?:s|ting)? out|drop(?:s|ping|outs?)|stutter|crackl",
                "Dropouts mostly come from a second device still connected: switch its Bluetooth off and try again.",
            ),
            tip(r"hiss", "A faint hiss in a silent room is normal. If you hear it over music, bring them in."),
            tip(
                r"not charg|won'?t charge|doesn'?t charge|battery",
                "Wipe the charging pins of buds and case with a dry cotton bud, and try another cable for the case.",
            ),
        ),
        "Which model is it, and what happens exactly?",
        "What model are they, and what do you hear, exactly?",
    ),
    topic(
        "tv",
        r"tvs?|telly|televisions?|oled|qled|hdmi|set-top box|flat ?screen",
        (
            tip(
                r"no (?:picture|image|signal|display)|black screen|screen (?:is|goes|went|stays|turns) (?:black|blank|"
                r"dark)|"
                r"\b(?:goes|went|stays|turns|turned) (?:black|blank)|shows? nothing|nothing on",
                "Pull its plug, hold the TV's own power button for ten seconds, wait a minute and plug it in again.",
                "Try another HDMI port and another cable, and choose that port with the source button of the remote.",
            ),
            tip(
                rf"{NO_START}|is dead|dead\b|no power",
                "Try a wall socket without a strip, and hold the TV's own power button for ten seconds, plug out.",
            ),
            tip(
                r"what size|which size|how (?:big|large)|\binch",
                "Measure the distance in cm and divide by three: that is about the picture's diagonal for 4K.",
            ),
            tip(
                r"motion|soap opera|looks? (?:fake|unnatural|weird)|smooth",
                "In the picture menu choose Movie or Filmmaker mode and turn motion smoothing off.",
            ),
            tip(r"too dark|dim\b|dark in hdr", "Turn the energy saving and the light sensor off in the picture menu."),
            tip(
                r"remote.*(?:lost|gone|missing|find)|(?:lost|new) .*remote",
                "The maker's app on your phone works as a remote until then; the desk finds a new one by the "
                "TV's model.",
            ),
            tip(
                r"remote",
                "Take the batteries out, hold any key for ten seconds, put fresh ones in, and pair the remote again.",
            ),
            tip(
                r"channels?|tuner|tuning",
                "Start “automatic channel search” in the menu; after a change of frequencies all come back.",
            ),
            tip(
                r"flicker|pixel|lines? (?:on|across|in)|stripes?|crack|broken",
                "Show us at any desk, a photo of the screen is enough: it tells whether cable or panel is at fault.",
            ),
            tip(
                r"\b(?:mount|hang)",
                "The wall decides, not the TV: plasterboard takes hollow-wall anchors into the studs, and four screws.",
            ),
            tip(
                r"no (?:sound|audio)|can'?t hear",
                "Check that the TV's audio output is set to its own speakers, not to an external system.",
            ),
        ),
        "Which model is it, and what happens exactly?",
        "What model is it, and what do you see? A few words more and we can look it up.",
    ),
    topic(
        "charging",
        r"battery|batteries|charg(?:e|es|er|ers|ing)|power bank",
        (
            tip(
                r"drain|empty|dies|(?:only|just|doesn'?t|hardly|barely) lasts?|lasts (?:only|just|two|three|a few|"
                r"an hour)|run(?:s|ning)? (?:out|down)|(?:two|three|few|couple of) hours|by noon",
                "Look at battery use by app in the settings: the one on top mostly needs an update or less background.",
            ),
            tip(
                r"not charg|won'?t charge|doesn'?t (?:\w+ )?charge|stopped charging|slow(?:ly)?",
                "Try another cable and wall plug, and clear lint from the port with a wooden toothpick, power off.",
            ),
            tip(
                r"\bhot\b|overheat|warm",
                "Warm is normal, too hot to hold is not: stop using that charger, and bring it in to be checked.",
            ),
            tip(
                r"replac|new battery|swap",
                "Any desk changes the battery; back it up and sign out first, and ask there how long it takes today.",
            ),
        ),
        "Which device and which charger is it, and what does the screen say when you plug it in?",
    ),
    topic(
        "phones",
        r"phones?|smartphones?|android|iphones?|tablets?|ipads?|e?sims?|handset|mobile",
        (
            tip(
                r"(?:move|transfer|copy|switch|bring|get) .*(?:contacts|photos|pictures|data|everything|messages|"
                r"chats)|"
                r"(?:contacts|photos|messages|chats) .*(?:move|transfer|copy|over)",
                "Lay both phones side by side at first start: the new one offers to copy everything.",
            ),
            tip(
                r"crack|smash|broken (?:screen|display|glass)|dropped it|screen (?:is )?broke",
                "Back it up and bring it in: the desk looks at the display while you wait and tells you the options.",
            ),
            tip(
                r"^(?!.*(?:proof|resist)).*\b(?:wet|water|rain|toilet|pool|sea|spill\w*)\b",
                "Switch it off, don't charge it, dry it outside, and leave it for two days in a dry airy place. "
                "No rice.",
            ),
            tip(
                r"(?:take|support|have|two|dual|with) .*e-?sim|e-?sim .*(?:work|possible|supported)",
                "Its settings tell: where “SIM manager” shows “Add eSIM”, the phone takes one beside the normal SIM.",
            ),
            tip(
                r"e-?sim",
                "An eSIM moves over in the carrier menu of the new phone; keep the old one on until it is done.",
            ),
            tip(
                r"unlock|locked to|network lock",
                "Settings, “About”, “Carrier lock” tells it. If it says “No restrictions”, any SIM works.",
            ),
            tip(
                rf"{NO_START}|black screen|stuck (?:on|at)|freez|frozen|\bdead\b",
                "Charge it for half an hour, then hold power and volume down together until the logo shows.",
            ),
            tip(r"letters|font|text size|bigger|read", "Settings, “Display”, “Font size”: drag it to the right."),
            tip(
                r"storage|memory full|no space",
                "Settings, “Storage” lists what takes most; empty the bin of photos, too.",
            ),
        ),
        "Which model is it, and what happened exactly?",
        "What model is it, and what happened before? That helps us most.",
    ),
    topic(
        "cameras",
        r"cameras?|lens|lenses|photos?|mirrorless|dslr|tripods?|webcams?|drones?|memory card|sd card",
        (
            tip(
                r"blur|out of focus|not sharp|unsharp",
                "Raise ISO to 1600 and keep the shutter faster than 1/125: a bit of grain beats a blur.",
            ),
            tip(
                r"(?:card|sd).*(?:read|error|corrupt|lost|format)|deleted|recover",
                "Take the card out now, write nothing to it and don't format. Recovery works best untouched.",
            ),
            tip(
                r"which (?:lens|camera)|recommend|beginner|first camera|for (?:sports?|indoor|portrait|volleyball|"
                r"travel)",
                "A small mirrorless with a bright 50 mm lens does nearly all; try both in your hand at the desk.",
            ),
            tip(
                r"drone.*(?:licen[cs]e|allowed|legal|register|permit)|(?:licen[cs]e|allowed|legal).*drone",
                "That depends on the country: the aviation authority's page tells, and most want a registration.",
            ),
            tip(r"clean", "Use the camera's own cleaning first, then a hand blower, lens down."),
        ),
        "Which model is it, and what happened exactly?",
    ),
    topic(
        "gaming",
        r"consoles?|xbox|playstation|ps[45]|nintendo|controllers?|gaming|joysticks?|joycon|save ?games?|video ?games?|"
        r"games? (?:dis[ck]s?|downloads?|codes?|crash\w*|freez\w*|won'?t|doesn'?t|keeps)",
        (
            tip(
                r"drift",
                "Update the controller and recalibrate it in the settings; within the warranty the desk takes it in.",
            ),
            tip(
                r"(?:read|eject|scratch).*dis[ck]|dis[ck].*(?:read|eject|scratch|stuck)",
                "Wipe the disc from the middle outwards and try another one; if none is read, it is the drive.",
            ),
            tip(
                r"in stock|restock|available|when .*(?:out|back)|pre-?order",
                "Stock comes in small lots on weekday mornings; tap “Notify me” on its page, that goes out first.",
            ),
            tip(
                r"save|transfer|move",
                "Sync to the cloud on the old one first, then sign in on the new one.",
            ),
            tip(r"\blag|ping|online", "A cable to the router, or the console off the floor beside it, fixes most lag."),
            tip(
                rf"{NO_START}|freez|frozen|crash|black screen",
                "Hold the console's power button ten seconds, unplug it for a minute, then start: that clears "
                "its cache.",
            ),
            tip(
                r"pair|connect",
                "Hold the pairing button on both until the lights blink; within a metre it takes seconds.",
            ),
        ),
        "Which console or game is it, and what happens exactly?",
    ),
)
