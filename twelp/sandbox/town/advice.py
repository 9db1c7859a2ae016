"""What the town's experts know, in English: topics, the words by which each is recognised, and true, short advice.

Rules: nothing here asks for anything private, names a price or a rival, or holds a link, a number of more than three
digits or an address; each piece fits a public reply together with a greeting and a closing line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from twelp.sandbox.town.dice import words


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people ask about. `words` are in lower case; `advice` are whole sentences."""

    name: str
    words: tuple[str, ...]
    advice: tuple[str, ...]


def _topic(name: str, known_by: str, *advice: str) -> Topic:
    return Topic(name, tuple(known_by.split()), advice)


TOPICS: Final = (
    _topic(
        "audio",
        "soundbar sound sync speaker speakers earc arc subwoofer hum hums surround stereo turntable amp",
        "Plug the soundbar into the TV port marked ARC or eARC, then switch HDMI control on in the TV's sound menu.",
        "Set the TV's audio output to PCM or Auto; many soundbars stay silent when it is on a format they don't know.",
        "Unplug TV and speaker for a minute, then switch the TV on first: the two shake hands again and sound returns.",
    ),
    _topic(
        "tv",
        "tv tvs telly television oled qled hdmi remote screen 4k channel channels pixel hdr",
        "Hold the TV's own power button for ten seconds with the plug out; that clears most picture and menu freezes.",
        "Try another HDMI port and a cable marked Ultra High Speed: older ones drop 4K or go black now and then.",
        "In the picture menu choose Movie or Filmmaker mode and turn motion smoothing off; it looks natural at once.",
    ),
    _topic(
        "headphones",
        "headphone headphones earbud earbuds buds bluetooth pairing pair airpods headset",
        "Forget the headphones in the Bluetooth list, reset them in their case, then pair afresh next to the phone.",
        "Only one earbud playing? Clean the charging pins with a dry cotton bud and let both sit in the case a while.",
        "Dropouts mostly come from a second device still connected: switch its Bluetooth off and try again.",
    ),
    _topic(
        "phone battery",
        "battery drain drains draining charge charging charger overheats overheating",
        "Look at battery use by app in the settings: the one on top usually needs an update or less background work.",
        "Keep it between 20 and 80 percent where you can, away from heat; after two years a new battery pays off.",
        "Try another cable and wall plug, and clear lint from the port with a wooden toothpick, power off.",
    ),
    _topic(
        "phones",
        "phone phones android iphone galaxy pixel sim esim whatsapp contacts handset",
        "Start the move with both phones side by side on the charger: the new one offers to copy everything at setup.",
        "Back it up to the cloud first, then restart it with both buttons held until the logo shows.",
        "An eSIM moves over in the carrier menu of the new phone; keep the old one switched on until it is done.",
    ),
    _topic(
        "computers",
        "laptop laptops numpad dock computer pc macbook notebook windows ssd ram keyboard trackpad chromebook desktop",
        "Check the start-up apps in Task Manager and switch off what you don't need; that alone often halves the boot.",
        "For study and office work 16 GB of memory and a 512 GB SSD last for years; more only helps with video.",
        "Leave it plugged in overnight with updates on; a laptop catching up on updates is slow until it is done.",
    ),
    _topic(
        "wifi",
        "wifi wi-fi router modem mesh internet broadband ethernet network wlan",
        "Put the router high up and in the open, and give far rooms a mesh point halfway, not at the dead spot itself.",
        "Restart the modem first, wait two minutes, then the router: in that order they find each other again.",
        "Use the 5 GHz name close by and the 2.4 GHz one through walls; smart plugs nearly always want 2.4.",
    ),
    _topic(
        "printers",
        "printer printers printing print ink toner cartridge scanner scan",
        "Remove the printer in the system settings and add it again while both are on the same Wi-Fi name.",
        "Run the head cleaning twice and print a test page; ink that sat for months needs a little patience.",
        "A printer that shows offline mostly has a new address: restart it, then the router, then try again.",
    ),
    _topic(
        "returns",
        "return returns refund refunds exchange receipt unopened money",
        "Bring it to any store with the receipt or order e-mail on your phone and everything that was in the box.",
        "Opened is fine within the return window if all parts are there; the refund goes back the way you paid.",
        "A gift can be exchanged in store with the gift receipt, and the giver never hears of it.",
    ),
    _topic(
        "delivery",
        "order orders ordered delivery deliver delivered shipping shipped tracking courier package parcel arrived",
        "The order page shows the carrier's last scan; if it has not moved for two days, a store can start a search.",
        "You can change the day or choose store pickup on the order page until the parcel leaves the warehouse.",
        "If it says delivered and is not there, look with neighbours first; then any store opens a trace for you.",
    ),
    _topic(
        "warranty",
        "warranty guarantee repair repairs repaired broken cracked protection insurance fix",
        "Bring it in with proof of purchase: the desk checks the warranty while you wait and tells you the options.",
        "Back up and sign out of your accounts before a repair; the desk never needs your password.",
        "The maker's warranty covers faults, not drops; a protection plan covers both, and the desk can look it up.",
    ),
    _topic(
        "cameras",
        "camera cameras lens lenses photo photos mirrorless dslr tripod gopro webcam drone",
        "For a beginner a small mirrorless with the kit lens does it all; add a bright 50 mm lens first.",
        "Blurry indoors? Raise ISO to 1600 and keep the shutter faster than 1/125: a bit of grain beats a blur.",
        "Copy the photos, then format the card in the camera, not in the computer; most card errors go with that.",
    ),
    _topic(
        "gaming",
        "console xbox playstation ps5 ps4 switch nintendo controller game games gaming gpu joystick drift steam",
        "Hold the console's power button ten seconds, unplug it for a minute, then start: that clears its cache.",
        "Stick drift: update the controller first, then recalibrate it; within the warranty the desk takes it in.",
        "A wired connection or moving the console off the floor next to the router fixes most lag.",
    ),
    _topic(
        "smart home",
        "alexa echo thermostat doorbell hue bulb bulbs plug plugs smart homekit hub nest ring matter",
        "Set it up with your phone on the 2.4 GHz network; afterwards the phone can go back to 5 GHz.",
        "Hold its reset button until the light blinks fast, delete it in the app, and add it as new.",
        "For a doorbell check the transformer first: below 16 volts it drops off whenever it gets cold.",
    ),
    _topic(
        "appliances",
        "fridge refrigerator freezer washer dryer washing dishwasher oven microwave vacuum hoover coffee kettle robot",
        "Clean the filter and switch it off at the wall for five minutes; the control board starts fresh after that.",
        "Measure the narrowest door on the way in, and leave a hand's width behind it for air and hoses.",
        "A fridge needs a full day to settle after moving; keep the dial in the middle until then.",
    ),
    _topic(
        "payment",
        "gift card cards charged twice balance invoice voucher coupon pay payment checkout points member membership",
        "A gift card works online and in stores and can be split over several buys; scratch the code only at checkout.",
        "When checkout refuses a card, the bank's app usually waits for a yes from you; then try once more.",
        "Points show up a few days after the return window has closed; the member page lists what is on its way.",
    ),
    _topic(
        "stores",
        "store stores open opening hours close closes stock pickup branch shop sunday holiday parking",
        "The store page shows today's hours and what is on the shelf; it is updated every quarter of an hour.",
        "Pick “store pickup” at checkout: the shelf is checked for you, and you get a note when it is ready.",
        "Mornings on weekdays are quietest, and the people at the desk then have most time for you.",
    ),
    _topic(
        "trade-in",
        "trade trade-in recycle recycling old ewaste sell",
        "Any store takes old electronics for recycling, whatever the brand; wipe it and take the SIM card out first.",
        "For a trade-in charge it, sign out of all accounts and bring the charger; the desk values it in ten minutes.",
        "Old batteries go into the box at the entrance, with the contacts taped over, please.",
    ),
    _topic(
        "updates",
        "update updates updated ios firmware version upgrade software beta",
        "Give a big update a day: the device sorts itself in the background and is slow and warm until it is done.",
        "Free up a few gigabytes, restart, then look for a second small update: one mostly follows within days.",
        "Reset all settings (not the data) after an update that went wrong; it clears what the old version left.",
    ),
    _topic(
        "streaming music",
        "spotify playlist playlists song songs album albums shuffle premium music artist listen podcast radio track "
        "offline queue playback",
        "Log out, restart the device and log in again: playlists come back from the cloud, and skipping mostly stops.",
        "Clear the app's cache in its storage settings; downloads may need to load again, the library stays.",
        "Check on another device: if it plays there, reinstalling the app on the first one is the quickest way.",
        "When a song is greyed out, the rights for your country have changed; another version often plays.",
        "Turn battery saving off for the app: it is what pauses music when the screen goes dark.",
    ),
    _topic(
        "travel",
        "flight flights plane airport boarding gate bag luggage baggage seat seats train trains airline delayed crew",
        "The app shows a change of gate or time first, before the boards; switch its notifications on for today.",
        "The desk at the transfer area rebooks without the queue at the gate, and the app often does it by itself.",
        "Report a missing bag before leaving the hall: the tag on your receipt is all they need there.",
    ),
    _topic(
        "signal",
        "signal coverage reception data roaming 4g 5g lte carrier calls texts outage down cable",
        "Switch flight mode on for ten seconds and off again: the phone then looks for the best mast afresh.",
        "The status page lists known faults by area; if yours is on it, a restart afterwards brings you back sooner.",
        "Choose the network by hand in the settings once, then set it to automatic again; that clears a stuck link.",
    ),
    _topic(
        "account",
        "account login log password signin sign locked verify email e-mail profile username authentication",
        "Use “forgot password” on the sign-in page and look in the spam folder too; only the newest one works.",
        "Try it in a private browser window: if that works, clearing the site's cookies fixes the usual one.",
        "After several tries it locks for half an hour; wait, then sign in once with the new password.",
    ),
    _topic(
        "apps",
        "app apps crash crashes crashed crashing freeze freezes frozen freezing bug bugs glitch loading load error",
        "Close the app fully, update it and restart the device; if it still crashes, reinstall it.",
        "Free a little storage and clear the app's cache: a full device makes apps stop without a word.",
        "Try it on Wi-Fi and on mobile data once: that tells whether the app or the connection is at fault.",
    ),
)
"""In order: where two fit a question equally well, the earlier one is meant."""

ANY_TOPIC: Final = (
    "A restart and any waiting update come first; together they clear most hiccups like this one.",
    "Signing out and in again refreshes the settings and often clears this; it takes a minute.",
    "Try the same on another device or network: if it works there, the first one needs a restart or an update.",
    "A screenshot helps most, with the time it happened; please leave out anything personal.",
    "What did you do right before, and on which device? That tells us most about the cause.",
    "Whatever concerns your account itself is best sorted on the help page after signing in, not in public.",
    "Check the free storage and clear the cache; both often cause odd behaviour.",
    "Turn off battery saver and VPN for a moment and try again: both can get in the way.",
    "Switch between Wi-Fi and mobile data once and try again; that shows whether the connection is the cause.",
    "Write down the exact words of the message you see: with them the cause is mostly found in minutes.",
    "Wait a quarter of an hour and try once more; when many are on at once, the second try often goes through.",
    "The settings menu has a “reset to defaults”; it keeps your content and undoes whatever was changed.",
)
"""True and useful whatever the question is."""

OPENERS: Final = (
    "Hi!",
    "Hi there.",
    "Hello!",
    "Happy to help.",
    "Good question.",
    "Thanks for asking.",
    "Thanks for writing.",
    "Glad you asked.",
    "About “{word}”:",
    "On “{word}”:",
    "Hi! About “{word}”:",
    "Happy to help with “{word}”.",
    "Thanks for asking about “{word}”.",
    "A word on “{word}”:",
)
TROUBLE_OPENERS: Final = (
    "Sorry about that!",
    "Sorry for the trouble.",
    "That is annoying, sorry.",
    "Sorry to hear it.",
    "Let's get this sorted.",
    "We can help with that.",
    "Oh no. Let's see.",
    "Sorry about “{word}”.",
    "Sorry for the trouble with “{word}”.",
    "Let's sort out “{word}”.",
    "Hi! For “{word}”:",
    "With “{word}”:",
)
CLOSERS: Final = (
    "",
    "Hope that helps!",
    "Write back if you get stuck.",
    "Just reply here if anything is unclear.",
    "Happy to help further.",
    "Tell us how it goes.",
    "We are around if you need more.",
    "Ask away if there is more.",
    "A reply here reaches us.",
    "Hope that sorts it out.",
    "Good luck!",
    "Let us know either way.",
    "More questions? Just reply.",
)
TROUBLE_WORDS: Final = words(
    "not won't wont doesn't doesnt isn't isnt can't cant cannot broken dead still slow issue issues problem problems "
    "stopped stuck fail fails failed wrong error worst terrible annoying hate ugh again crash freeze lost missing "
    "never sucks useless help nothing keeps"
)
