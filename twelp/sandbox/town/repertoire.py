"""The customers and what they post, in their own words: with slips of the finger, slang, emoji and several languages.

All people and posts are made up. ``{brand}`` stands for the brand's handle. The first post is a plain question, so that
whoever watches sees the main job done first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody on X."""

    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """One post: by whom (a handle), and its text."""

    by: str
    text: str


CUSTOMERS: Final = (
    Customer("june_harlow", "June Harlow"),
    Customer("bigtone_84", "Tone"),
    Customer("PatelReads", "Nisha Patel"),
    Customer("marcuswebb_", "marcus w."),
    Customer("okayolivia", "olivia 🌿"),
    Customer("DadOfThree_Sam", "Sam Brandt"),
    Customer("kofi_boat", "Kofi Boateng"),
    Customer("lefthandlouise", "Louise Marsh"),
    Customer("gamer_rustam", "RUSTAM"),
    Customer("thequietmara", "Mara"),
    Customer("pete_in_leeds", "Pete 🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
    Customer("ZoeSnaps", "Zoe | photos"),
    Customer("hvac_henry", "Henry T"),
    Customer("lucia_ramosv", "Lucía Ramos"),
    Customer("javi_mtz", "javi"),
    Customer("jule_kocht", "Jule"),
    Customer("herr_mertens", "Frank Mertens"),
    Customer("camille_dpt", "Camille D."),
    Customer("bastien_r", "Bastien"),
    Customer("xiaoyu_lin", "小雨"),
    Customer("wei_hao88", "伟豪"),
    Customer("hinata_foto", "ひなた"),
    Customer("noa_levi_", "נועה"),
    Customer("omar_alh", "عمر"),
    Customer("nana_dot", "Dorothy P."),
    Customer("DEALZ4U_now", "💰DEALS💰"),
)

POSTS: Final = (
    Said(
        "june_harlow",
        "@{brand} hi! just set up my new tv but there's no sound from the soundbar over hdmi. which port do i need?",
    ),
    Said(
        "bigtone_84",
        "@{brand} bought wireless earbuds sunday, left one is already way quieter than the "
        "right. is that a reset thing or do i bring em back??",
    ),
    Said(
        "PatelReads",
        "Hello @{brand}, how do I move my contacts and photos from my old Android phone "
        "to the new one without losing anything?",
    ),
    Said(
        "DadOfThree_Sam",
        "@{brand} wifi upstairs is a total dead spot, 3 floors, brick walls. repeater or mesh? and how many do I need",
    ),
    Said(
        "okayolivia",
        "@{brand} my order was due yesterday and tracking hasn't moved since monday 😭 where is it",
    ),
    Said(
        "gamer_rustam",
        "yo @{brand} controller drifts left all by itself after 2 months. warranty or can i fix it myself",
    ),
    Said(
        "lucia_ramosv",
        "Hola @{brand}, la tele nueva se queda en negro cada cinco minutos con el HDMI, ¿qué puedo hacer?",
    ),
    Said(
        "nana_dot",
        "@{brand} Dear people. My grandson's birthday laptop is very slow already. Is there "
        "something one should switch off? Regards, Dorothy",
    ),
    Said(
        "ZoeSnaps",
        "@{brand} which lens would you take for indoor volleyball, bodies are fine "
        "but everything comes out blurry 😩📸",
    ),
    Said("kofi_boat", "@{brand} can i return headphones if ive opened the box? theyre just not comfy"),
    Said(
        "hvac_henry", "@{brand} video doorbell drops offline every cold night. transformer? wifi? what do i check first"
    ),
    Said(
        "herr_mertens",
        "Hallo @{brand}, wo bleibt meine Bestellung? Die Lieferung sollte gestern "
        "kommen und das Paket bewegt sich nicht.",
    ),
    Said(
        "lefthandlouise",
        "shoutout to the woman at the @{brand} desk in the mall, fixed my phone in 5 "
        "min and wouldn't take a penny. thank you!!",
    ),
    Said("marcuswebb_", "@{brand} gift card says balance 0 and i never used it. whats going on"),
    Said(
        "thequietmara",
        "@{brand} is the printer section still on the first floor? need ink and don't want to wander around w crutches",
    ),
    Said(
        "pete_in_leeds",
        "@{brand} dishwasher shows E24 and wont drain. cleaned the filter twice. any ideas before i lose my mind",
    ),
    Said("xiaoyu_lin", "@{brand} 请问蓝牙耳机连不上手机怎么办？已经重启过了"),
    Said("june_harlow", "@{brand} does the smart thermostat work with an old boiler? ours is from like 2004"),
    Said("gamer_rustam", "@{brand} when are the new consoles back in stock?? site says soon since forever 🎮"),
    Said(
        "camille_dpt",
        "Bonjour @{brand}, mon imprimante n'apparaît plus sur le wifi depuis la mise à "
        "jour, comment je fais pour la retrouver ?",
    ),
    Said(
        "DEALZ4U_now",
        "@{brand} 🔥🔥 EARN $500 A DAY from home!! FREE crypto giveaway, click here "
        "http://deals4u.example/win limited offer DM me now 💰💰",
    ),
    Said(
        "okayolivia",
        "@{brand} update: phone gets super hot while charging since i got the new "
        "charger, normal or should i stop using it?",
    ),
    Said(
        "bigtone_84",
        "@{brand} what size tv for a couch thats 9 feet away? wife says 55 i say 75 😂 settle this",
    ),
    Said("wei_hao88", "@{brand} 昨天买的平板想退货，拆封了还可以退吗？发票还在"),
    Said(
        "PatelReads",
        "@{brand} the mesh set I bought shows a red light on one unit after the "
        "firmware update. How do I bring it back?",
    ),
    Said("DadOfThree_Sam", "@{brand} fridge is warm but the freezer is fine?? full of food, pls help quick"),
    Said(
        "jule_kocht", "@{brand} Meine Waschmaschine hüpft beim Schleudern durchs halbe Bad 😅 Was kann ich da machen?"
    ),
    Said("kofi_boat", "good morning @{brand} 😄 rainy day here"),
    Said(
        "thequietmara",
        "@{brand} is it possible to add more ram to a thin laptop or is it soldered in? don't know how to tell",
    ),
    Said(
        "ZoeSnaps",
        "@{brand} camera says memory card cannot be read. wedding photos on it!!! "
        "what do i do and what should i NOT do",
    ),
    Said("hinata_foto", "@{brand} ミラーレスカメラの室内写真がいつもぶれます。どの設定にすればいいですか？"),
    Said(
        "marcuswebb_",
        "@{brand} charged twice for one order, refund still not there after 8 days. this is a joke",
    ),
    Said(
        "nana_dot",
        "@{brand} Thank you for your patience yesterday, the lamp that listens now listens. Dorothy",
    ),
    Said("hvac_henry", "@{brand} can u put the dryer on top of any washer or does it need the same brand kit"),
    Said(
        "javi_mtz",
        "@{brand} se me acaba la batería del móvil en tres horas desde la actualización, que hago??",
    ),
    Said(
        "lefthandlouise",
        "@{brand} is there a keyboard for lefties? numpad on the left side. asking for me 🙋‍♀️",
    ),
    Said("pete_in_leeds", "@{brand} how long do you keep click n collect parcels? stuck at work til friday"),
    Said("noa_levi_", "@{brand} ההזמנה שלי לא הגיעה והמשלוח היה אמור להיות אתמול, מה עושים?"),
    Said(
        "gamer_rustam",
        "@{brand} moving my save games to the new console, do i need the old one switched on or does the cloud do it",
    ),
    Said("june_harlow", "@{brand} sound is out of sync on the soundbar, lips move first then voice. setting?"),
    Said("okayolivia", "tv shopping w mom at @{brand}, she has asked the poor guy 40 questions 💀"),
    Said(
        "bastien_r",
        "@{brand} mon ordinateur portable est en panne, il est encore sous garantie. "
        "Je dois passer en magasin ou l'envoyer ?",
    ),
    Said(
        "bigtone_84",
        "@{brand} voucher gets refused at checkout, says not valid for this item but it's not on sale or anything?",
    ),
    Said("omar_alh", "مرحبا @{brand} الشاشة الجديدة لا تعمل مع HDMI، ما الحل؟"),
    Said(
        "PatelReads",
        "@{brand} Does this phone take an eSIM and a normal SIM at the same time? The box doesn't say.",
    ),
    Said(
        "DadOfThree_Sam",
        "@{brand} noise cancelling makes a hissing sound when nothing plays. faulty or just how it is?",
    ),
    Said("thequietmara", "@{brand} robot vacuum keeps trying to eat the rug fringe lol. any setting for that"),
    Said("kofi_boat", "@{brand} do i need a licence to fly a small drone at the beach? 240g"),
    Said("hvac_henry", "@{brand} internet is fine by cable, awful over wi-fi, new router. what gives"),
    Said("ZoeSnaps", "@{brand} what's the quickest way to clean a camera sensor without wrecking it"),
    Said(
        "lefthandlouise",
        "@{brand} repair's been away 3 weeks and nobody can tell me anything. not impressed.",
    ),
    Said("marcuswebb_", "@{brand} blue screen every time i plug in the dock. laptop is 4 days old smh"),
    Said("xiaoyu_lin", "@{brand} 手机电池掉电特别快，换电池要多久？"),
    Said("nana_dot", "@{brand} How do I make the letters bigger on a tablet? My eyes are eighty-one."),
    Said(
        "pete_in_leeds",
        "@{brand} smart bulbs wont pair since we changed the wifi password. 14 of the "
        "things. do i have to do em all by hand",
    ),
    Said(
        "jule_kocht",
        "@{brand} der Router steht im Keller und oben ist das WLAN tot, hilft da ein Repeater oder eher Mesh?",
    ),
    Said("gamer_rustam", "gg @{brand} preorder arrived a day early 🫡"),
    Said("june_harlow", "@{brand} can i pay half by gift card and half by card online? can't find where"),
    Said("javi_mtz", "@{brand} ¿puedo devolver un regalo sin el ticket? no quiero que se entere mi suegra 🙈"),
    Said("bigtone_84", "@{brand} turntable hums like crazy thru my speakers. ground wire? where does it go"),
    Said(
        "okayolivia",
        "@{brand} my smart plug thinks its in another time zone, lights on at 3am 👻 how do i fix",
    ),
    Said(
        "herr_mertens",
        "@{brand} Danke an den Kollegen in der Filiale, der Fernseher läuft wieder einwandfrei!",
    ),
)

LEAD_INS: Final = ("hey, ", "hi again, ", "quick one: ", "asking for a friend: ", "me too: ", "hello? ", "so, ")
"""Put before a post that goes round once more, by somebody else."""
