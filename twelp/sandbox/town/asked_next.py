"""What a customer asks under the first answer, and what the experts say to that.

A key is a part of the customer's first post, in lower case. Each question says what it is about, so that its answer
fits wherever it is read; who has no second question says thanks.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Next(NamedTuple):
    """A second question, and the advice for it."""

    question: str
    advice: str


ASKED_NEXT: Final = {
    "which port do i need": Next(
        "does it have to be that one hdmi port? it's hidden behind the wall mount",
        "Yes, only the ARC port sends the sound back. A short HDMI extension brings it out from behind the mount.",
    ),
    "quieter than the right": Next(
        "do i need the earbuds' box to bring them in or just the receipt?",
        "The receipt or the order mail is enough; bring both buds and their charging case along.",
    ),
    "move my contacts and photos": Next(
        "does it take my chats over to the new phone as well?",
        "Not by itself: back them up in the chat app on the old phone first; the new one finds that at its start.",
    ),
    "3 floors, brick walls": Next(
        "do the mesh units need a cable between them?",
        "No cable needed. Where one can be laid, use it: the upper floors get the full speed that way.",
    ),
    "tracking hasn't moved": Next(
        "which store can start the search for my parcel, any?",
        "Any of them, whichever is nearest. The confirmation mail on your phone is all they need.",
    ),
    "controller drifts left": Next(
        "ok and do i leave the drifting controller with you or wait for it?",
        "You can wait: the desk tries it out on the spot, which takes a quarter of an hour on a quiet morning.",
    ),
    "laptop is very slow already": Next(
        "And how do I open this Task Manager, please?",
        "Press Ctrl, Shift and Esc together; “Startup apps” is in the list on the left.",
    ),
    "indoor volleyball": Next(
        "would a used 50mm lens do? budget is tight 😅",
        "Sure, a used 50 mm f/1.8 is the most light for the money. The camera desk has checked ones.",
    ),
    "opened the box? theyre just not comfy": Next(
        "can the headphones go back without the plastic wrap?",
        "Yes, the wrap does not matter; the box, the cable and the receipt do.",
    ),
    "doorbell drops offline": Next(
        "and where do i read the volts of the doorbell?",
        "In its app, under device health. Look at night, when it is cold: below 16 it wants a bigger transformer.",
    ),
    "gift card says balance 0": Next(
        "does the gift card receipt have to be the paper one?",
        "No, the order mail does as well; it has the same code on it.",
    ),
    "dishwasher shows e24": Next(
        "found a kink in the dishwasher hose, straightened it, still e24. what next?",
        "Then it is most likely the pump: below the filter's cover, turn its wheel by hand. Stuck? Then bring it in.",
    ),
    "thermostat work with an old boiler": Next(
        "and what if the boiler has four wires for the thermostat?",
        "Then the small adapter in the thermostat's box goes in between; the app shows which wire goes where.",
    ),
    "red light on one unit": Next(
        "did that with the mesh unit, the light is still red. what else?",
        "Then that unit is faulty, most likely. Bring the set in: we try it here and go on from there.",
    ),
    "fridge is warm but the freezer is fine": Next(
        "how do i keep the fridge vent from icing up again?",
        "Leave a hand's width free before the vent and close the door firmly. If it comes back, call repair.",
    ),
    "add more ram to a thin laptop": Next(
        "which screwdriver opens the thin laptop?",
        "Mostly a small Torx T5 or a Phillips 00; pull the plug first and keep the screws in their order.",
    ),
    "memory card cannot be read": Next(
        "ok not touching that memory card. can any store get the photos off it?",
        "Any desk takes it in; our recovery people only read from it, nothing is written to the card.",
    ),
    "dryer on top of any washer": Next(
        "can i lift the dryer onto the kit by myself?",
        "Please don't: a dryer weighs about 50 kilos, and the kit has to snap in evenly. Two people, five minutes.",
    ),
    "esim and a normal sim": Next(
        "Which of the two SIMs does the data then?",
        "Whichever you like: in the settings, under SIMs, choose one for data and one for calls.",
    ),
    "make the letters bigger": Next(
        "And can the tablet read to me aloud as well?",
        "It can: Settings, “Accessibility”, “Read aloud”. A button at the edge of the screen then starts it.",
    ),
    "turntable hums like crazy": Next(
        "no gnd screw on the amp. what does a phono preamp for the turntable look like?",
        "A small box between the two, with a screw marked GND and a switch for MM or MC; yours is nearly surely MM.",
    ),
    "se queda en negro cada cinco minutos": Next(
        "ya probé eso y la tele sigue en negro. ¿algo más que pueda hacer?",
        "Actualiza el software de la tele y quita el ahorro de energía. Si sigue en negro, tráela y la miramos aquí.",
    ),
    "se me acaba la batería": Next(
        "¿y cuánto tarda en asentarse la batería después de la actualización?",
        "Dos o tres días. Si después la batería sigue igual, pásate y la medimos en el momento.",
    ),
    "puedo devolver un regalo": Next(
        "¿y el regalo lo cambian por otra cosa en cualquier tienda?",
        "Sí, en cualquiera: con el correo del pedido encuentran la compra, y quien lo regaló no se entera.",
    ),
    "wo bleibt meine bestellung": Next(
        "Und welche Filiale startet die Suche nach meiner Bestellung?",
        "Jede, am besten die nächste; die Bestellmail auf dem Handy genügt.",
    ),
    "meine waschmaschine hüpft": Next(
        "Die Waschmaschine steht jetzt gerade, hüpft aber immer noch. Was kann ich noch tun?",
        "Sitzen hinten noch die Transportsicherungen? Die müssen raus. Und nur halb voll schleudern, das beruhigt sie.",
    ),
    "der router steht im keller": Next(
        "Brauche ich für das Mesh ein Kabel in jedes Stockwerk?",
        "Nein, Mesh verbindet sich über Funk. Wo schon ein Kabel liegt, nutzen: Dann ist es oben noch schneller.",
    ),
    "mon imprimante n'apparaît plus": Next(
        "J'ai ajouté l'imprimante de nouveau, elle reste hors ligne. Autre chose à tenter ?",
        "Redémarrez la box, puis l'imprimante, dans cet ordre. Toujours hors ligne ? Installez son dernier pilote.",
    ),
    "mon ordinateur portable est en panne": Next(
        "Faut-il apporter aussi le chargeur de l'ordinateur ?",
        "Oui, avec le chargeur et le ticket de caisse ; pensez à copier vos fichiers avant.",
    ),
    "蓝牙耳机连不上手机": Next(
        "耳机重置后还是连不上，还有别的办法吗？",
        "请用另一部手机试一下。如果也连不上，请带上耳机和充电盒到任意门店，我们当场检测。",
    ),
    "昨天买的平板想退货": Next("退平板要去原来那家店吗？", "不用，任意门店都可以，带上发票和全部配件就行。"),
    "手机电池掉电特别快": Next("换电池需要提前预约吗？", "不需要预约，直接到店就可以；上午人最少。"),
    "室内写真がいつもぶれます": Next(
        "三脚なしで室内写真を撮るにはどうすればいいですか？",
        "ISOを3200まで上げ、手ぶれ補正を入れて、1/125秒より速いシャッターで撮ってみてください。",
    ),
    "ההזמנה שלי לא הגיעה": Next(
        "ולאיזה סניף פונים בעניין ההזמנה?", "לכל סניף, הכי טוב לקרוב אליכם; מייל ההזמנה בטלפון מספיק."
    ),
    "الشاشة الجديدة لا تعمل": Next(
        "جربت منفذاً آخر والشاشة ما زالت لا تعمل، ماذا أفعل؟",
        "جرّب كابل HDMI آخر وافصل الشاشة عن الكهرباء دقيقة. إن لم تعمل فأحضرها مع الفاتورة ونفحصها هنا.",
    ),
}


def asked_next(post: str) -> str:
    """What its customer asks under the first answer; empty: nothing more."""
    lower = post.lower()
    return next((then.question for part, then in ASKED_NEXT.items() if part in lower), "")
