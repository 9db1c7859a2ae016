"""What people say besides questions and answers: colleagues among themselves, customers after an answer."""

from __future__ import annotations

from typing import Final

SHOP_TALK: Final = (
    "I had this one last week, it was the cable.",
    "Same thing at my aunt's place, ha",
    "isn't that the model we had all those returns on? keep that between us",
    "Don't quote me, but I'd just swap it.",
    "third one today, something is going around",
    "I can take it if you are busy",
    "The demo unit in our store does exactly the same, don't tell anyone :)",
    "was there not a bulletin about this?",
    "I always forget which port it is…",
    "My manager says we replace those without a fuss.",
    "leaving this to the experts, I only know fridges",
    "that customer was in here yesterday, nice fellow",
    "Honestly the manual is useless on this.",
    "try turning it off and on again lol",
)
"""Internal talk in a card's thread. Nothing of it may ever be seen by a customer."""

THANKS: Final = {
    "en": (
        "That worked, thank you!!",
        "omg thanks that was quick 🙏",
        "thx, you're the best",
        "perfect, exactly what i needed. cheers",
        "Thanks! Will try tonight.",
        "wow a real human answer, ty 😊",
        "sorted! thanks a mil",
    ),
    "es": ("¡Funcionó, gracias!", "mil gracias 🙌"),
    "de": ("Super, hat geklappt, danke!", "vielen dank 👍"),
    "fr": ("Ça marche, merci beaucoup !", "merci 🙏"),
    "zh": ("好了，谢谢！", "太感谢了🙏"),
    "ja": ("直りました、ありがとうございます！", "助かりました🙏"),
    "he": ("עבד, תודה רבה!",),
    "ar": ("نجح الأمر، شكراً جزيلاً!",),
}
