"""What the experts answer to the very questions of the repertoire, so that whoever watches the town sees good answers.

A key is a part of the post, in lower case; the advice stands in place of what the topic alone would suggest.
"""

from __future__ import annotations

from typing import Final

ASKED_BEFORE: Final = {
    "she has asked the poor guy 40": "Forty questions are what we are here for. Say hello to your mom from all of us!",
    "which port do i need": (
        "Plug it into the TV's HDMI port marked ARC or eARC, then turn on HDMI control in the sound menu."
    ),
    "quieter than the right": (
        "Clean its mesh with a dry toothbrush and reset both in the case. Still "
        "quieter? Bring them in, that is a warranty case."
    ),
    "move my contacts and photos": (
        "Lay both phones side by side at first start: the new one offers to copy "
        "everything. Keep the old one until you checked."
    ),
    "3 floors, brick walls": (
        "With brick walls take mesh: one unit per floor, the first at the "
        "router. A repeater halves the speed on its way up."
    ),
    "tracking hasn't moved": (
        "After two days without a scan any store can start a search with the "
        "carrier; it mostly turns up within 48 hours."
    ),
    "controller drifts left": (
        "Two months is well within the warranty: bring it in with the receipt and leave the screws closed, please."
    ),
    "laptop is very slow already": (
        "In Task Manager, under “Startup apps”, switch off all you don't know; "
        "then let it finish its updates overnight."
    ),
    "indoor volleyball": (
        "A bright fixed lens, 50 or 85 mm at f/1.8, shutter at 1/500 and ISO as high as it needs. That ends the blur."
    ),
    "opened the box? theyre just not comfy": (
        "Yes, opened headphones go back within the return window; ear tips are the exception, for hygiene."
    ),
    "doorbell drops offline": (
        "Transformer first: below 16 volts it sags in the cold. If that is fine, look at the wifi signal in its app."
    ),
    "gift card says balance 0": (
        "That mostly means it was never activated at the till: bring card and receipt to any store, they switch it on."
    ),
    "printer section still on the first floor": (
        "Ink moved to the ground floor, right behind the entrance. The desk will gladly fetch it for you."
    ),
    "dishwasher shows e24": (
        "E24 is the drain: check the hose behind it for a kink, and the small "
        "cover under the filter for a bit of glass."
    ),
    "thermostat work with an old boiler": (
        "If the boiler has two plain wires for the thermostat, yes. A photo of its terminals is enough for us to tell."
    ),
    "new consoles back in stock": (
        "Stock comes in small lots on weekday mornings; tap “Notify me” on its page, that goes out first."
    ),
    "super hot while charging since i got the new": (
        "Warm is normal, too hot to hold is not: stop using that charger and bring it in, we check it on the spot."
    ),
    "a couch thats 9 feet away": (
        "At 9 feet both are right: 65 is the sweet spot for 4K. Tape the outline "
        "on the wall first, it settles many a marriage."
    ),
    "red light on one unit": (
        "Hold that unit's reset for ten seconds next to the main one; it "
        "fetches the firmware again and joins by itself."
    ),
    "fridge is warm but the freezer": (
        "The vent between them is iced up. Move the food to the freezer or a cool box, switch off for a day, door open."
    ),
    "more ram to a thin laptop": (
        "In its system information look for “slots”: if it says soldered or none, "
        "it can't be done. The desk checks it for free."
    ),
    "memory card cannot be read": (
        "Take the card out now, write nothing to it and don't format. Try "
        "another reader; recovery works best untouched."
    ),
    "charged twice for one order": (
        "One of the two is mostly a reservation that falls off after ten days. If "
        "it is still there then, any desk reverses it."
    ),
    "dryer on top of any washer": (
        "Only with a stacking kit made for both, mostly of the same brand, and never a dryer deeper than the washer."
    ),
    "keyboard for lefties": (
        "There are: look for “left-handed numpad”, or take a compact board plus a separate numpad on your left."
    ),
    "how long do you keep click n collect": (
        "We keep it for seven days, and once more as long if you press “extend” on the order page."
    ),
    "moving my save games": (
        "Sync to the cloud on the old one first, then sign in on the new one. After that the old one may stay off."
    ),
    "lips move first": (
        "Look for “audio delay” or “lip sync” on the bar and set it to zero, "
        "then set the TV's audio output to passthrough."
    ),
    "voucher gets refused": (
        "Most vouchers leave out gift cards and items by partner sellers; the "
        "small line under the price tells who sells it."
    ),
    "esim and a normal sim": (
        "It does: one SIM in the tray and one eSIM, both reachable at once. You choose which one carries the data."
    ),
    "makes a hissing sound": (
        "A faint hiss in a silent room is normal, the microphones make it. If you hear it over music, bring it in."
    ),
    "eat the rug fringe": (
        "Draw a no-go line along the fringe in its app's map; until then fold the fringe under, it learns fast."
    ),
    "licence to fly a small drone": (
        "That depends on the country: many want a registration as soon as it has a "
        "camera. The aviation authority's page tells."
    ),
    "internet is fine by cable": (
        "Then it is the radio: choose another channel, use the 5 GHz name "
        "nearby, and take the router out of the cupboard."
    ),
    "clean a camera sensor": (
        "Use the camera's own cleaning first, then a hand blower, lens down. "
        "Wet swabs only of your sensor's size, once."
    ),
    "repair's been away 3 weeks": (
        "Three weeks is too long. Any desk can look up where it stands while you wait, and ask for a loan unit."
    ),
    "blue screen every time": (
        "Update the dock's driver and the BIOS, without the dock. If it stays blue: four days old, we swap it."
    ),
    "make the letters bigger": (
        "Settings, then “Display”, then “Font size”: drag it to the right. There "
        "is “Display size” as well, it helps a lot."
    ),
    "smart bulbs wont pair": (
        "Give the new wifi the old name and password and all 14 come back by themselves; then leave it at that."
    ),
    "half by gift card": (
        "Yes: at checkout add the gift card first, then the rest goes to your card. The field is under the total."
    ),
    "turntable hums like crazy": (
        "The thin ground wire goes to the screw marked GND on the amp. No screw there? A phono preamp has one."
    ),
    "thinks its in another time zone": (
        "Set home and time zone in its app, not on the phone, then switch the schedule off and on once."
    ),
    "earn $500 a day": "This looks like spam. Please don't follow links like this one.",
}
