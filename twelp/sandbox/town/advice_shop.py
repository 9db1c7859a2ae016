"""What the town's experts know of buying: orders, returns, payments, repairs, stores."""

from __future__ import annotations

from typing import Final

from twelp.sandbox.town.advice import tip, topic

SHOP: Final = (
    topic(
        "returns",
        r"returns?|returned|returning|refunds?|money back|exchange|exchanging|bring (?:it|them|this|em) back|"
        r"send (?:it|them) "
        r"back|take (?:it|them) back|receipt",
        (
            tip(
                r"money back|where.{0,6} my refund|refund .*(?:not|still|yet|days|weeks|waiting|never)|"
                r"(?:waiting|waited) .*refund|when .*refund",
                "What did you buy, was it in a store or online, and have you brought it back already?",
                "Let's get that sorted: is it about something you have returned, or something you would like to "
                "return?",
            ),
            tip(
                r"(?:lost|no|without|don'?t have|haven'?t got|threw) .*receipt",
                "The order e-mail, the card you paid with or your account will do: any desk finds the purchase by it.",
            ),
            tip(
                r"gift|present", "A gift can be exchanged in store with the gift receipt; the giver never hears of it."
            ),
            tip(
                r"open(?:ed)?|used|unboxed|tried",
                "Opened is fine within the return window if all parts are there; it goes back the way you paid.",
            ),
            tip(
                r"how (?:do|can|to|long)|where|can i|could i|possible|window|days",
                "Bring it to any store within the return window, with the receipt and all that was in the box.",
            ),
        ),
        "What is it you would like to return, and was it bought in a store or online?",
    ),
    topic(
        "delivery",
        r"orders?|ordered|delivery|deliver(?:ed|s|ing)?|shipping|shipped|tracking|courier|packages?|parcels?|"
        r"pre-?order(?:ed)?",
        (
            tip(
                r"(?:says|marked|shows?|status) .*delivered|delivered .*(?:not here|nothing|never|isn'?t|no )",
                "Look with neighbours and in the yard first; if it is nowhere, any store opens a trace with the "
                "carrier.",
            ),
            tip(
                r"^(?!.*\bwhy\b).*cancel",
                "Until the parcel leaves the warehouse “cancel” is on its order page; after that, refuse or return it.",
            ),
            tip(
                r"(?:change|wrong|another|different|new) .*(?:address|day|date|time)",
                "You can change address and day on the order page until the parcel leaves the warehouse.",
            ),
            tip(
                r"wrong (?:item|colour|color|one|product|size)|not what i ordered|missing (?:part|item|piece)|"
                r"(?:arrived|came) (?:broken|damaged|smashed|empty)|damaged|dropped",
                "Keep box and contents as they are and show them at any desk, or start “report a problem” there.",
            ),
            tip(
                r"where (?:is|s|are)|where'?s|late|not (?:arrived|come|here|moved)|hasn'?t|haven'?t|never (?:came|"
                r"arrived)|"
                r"still (?:no|not|waiting)|due|overdue|stuck|waiting|nowhere",
                "The order page shows the last scan; if it has not moved for two days, a store can start a search.",
            ),
            tip(
                r"how long|when (?:will|do|does)|saturday|sunday|weekend|evening",
                "The order page shows the day and the hours for your area; there you can choose another, or the store.",
            ),
            tip(
                r"pick ?up|collect",
                "Bring the pickup mail and something with your name on it; it waits at the desk beside the entrance.",
            ),
        ),
        "What is it about, and what does the order page say? Please no order number here.",
    ),
    topic(
        "payment",
        r"gift cards?|credit cards?|debit cards?|vouchers?|coupons?|invoices?|instal?ments?|checkout|"
        r"pay(?:ment|ments|ing)?|"
        r"charged|overcharged|price match|discounts?|promo codes?|points|billing",
        (
            tip(
                r"charged (?:\w+ )?(?:twice|two|double|again)|double charge|overcharged",
                "One of two charges is mostly a reservation that falls off after ten days. If it stays, any "
                "desk reverses it.",
            ),
            tip(
                r"gift card.*(?:balance|zero|empty|0|not work|doesn'?t work|invalid)|balance .*gift card",
                "That mostly means it was not activated at the till: bring card and receipt to any store.",
            ),
            tip(
                r"(?:voucher|coupon|promo|code|discount).*(?:refus|reject|not|doesn'?t|won'?t|invalid|fail)",
                "Most vouchers leave out gift cards and items by partner sellers; the line under the price tells.",
            ),
            tip(
                r"(?:card|payment).*(?:declin|refus|reject|fail|not (?:go|accepted|work)|doesn'?t|won'?t)",
                "Mostly the bank's app waits for a yes from you: open it, confirm, then try once more.",
            ),
            tip(
                r"invoice", "Your invoice is on the order page, under “documents”; a company's name can be added there."
            ),
            tip(
                r"instal?ments?|monthly",
                "At checkout choose “pay in instalments”: it shows the months and the sum first.",
            ),
            tip(
                r"price match|cheaper|match (?:the|a) price",
                "Show the other offer at any desk before you pay: they look at it and tell you at once.",
            ),
            tip(
                r"pay (?:with|by|in)\b|do you (?:take|accept)",
                "The checkout lists every way to pay before you confirm; what is not there is not taken yet.",
            ),
            tip(
                r"half|split|both|part(?:ly)?", "Add the gift card first at checkout; the rest then goes to your card."
            ),
        ),
        "What happened, and what does the screen say, word for word? Please no card number here.",
    ),
    topic(
        "warranty",
        r"warranty|guarantee|repairs?|repaired|fix(?:ed)?|faulty|broke|broken|defective|replacement|protection plan",
        (
            tip(
                r"repair.*(?:weeks?|days|months?|away|still|long|where|nobody|status)|(?:weeks?|months?).*repair",
                "That is too long. Any desk can look up where it stands while you wait, and ask for a loan unit.",
            ),
            tip(
                r"how long|years?|months|covered?|cover",
                "The maker's warranty is on the receipt with its last day; it covers faults, not drops.",
            ),
            tip(
                r"(?:still|under|in|within) (?:the )?(?:warranty|guarantee)|arrived broken|out of the box|"
                r"(?:days|weeks?|months?) old|after (?:\w+ )?(?:days?|weeks?|months?)",
                "Bring it in with proof of purchase: the desk checks the warranty while you wait, and may swap it.",
            ),
        ),
        "What is it, when was it bought, and what happens when you use it?",
    ),
    topic(
        "stores",
        r"stores?|shops?|(?:are|is) (?:you|it) open|you (?:open|close)|opening hours|in stock|do you (?:sell|"
        r"stock)|branch|parking",
        (
            tip(
                r"(?:when|what time|until|till|hours|how late|are you|is the|do you) .*(?:open|clos)|opening hours|"
                r"open (?:on|today|tomorrow|sunday|now|late)|holiday",
                "The store page shows today's hours, holidays included, for each branch.",
            ),
            tip(
                r"in stock|have (?:any|the|a)|sell|available",
                "The store page shows what is on the shelf; it is updated every quarter of an hour.",
            ),
            tip(r"park", "Where a branch has parking, its page says so, beside the way there."),
        ),
        "Which branch do you mean, and what is it about?",
    ),
    topic(
        "trade-in",
        r"trade[- ]?in|recycl\w+|e-?waste|old (?:phone|tv|laptop|batteries|fridge|electronics)",
        (
            tip(
                r"trade[- ]?in|worth|value",
                "Charge it, sign out of all accounts and bring the charger; the desk values it in ten minutes.",
            ),
            tip(
                r"recycl|waste|rid of|take|throw",
                "Any store takes old electronics, whatever the brand. Wipe what holds data first.",
            ),
        ),
        "What would you like to hand in, and does it still switch on?",
    ),
    topic(
        "account",
        r"account|log ?in|logging in|log in|password|sign(?:ing)? in|username",
        (
            tip(
                r"forgot|forgotten|reset|lost|remember",
                "Use “forgot password” on the sign-in page and look in the spam folder too; only the newest "
                "mail works.",
            ),
            tip(
                r"locked|blocked|too many",
                "After several tries it locks for half an hour; wait, then sign in once with the new password.",
            ),
            tip(
                r"can'?t|cannot|won'?t|doesn'?t|not work|unable|error",
                "Try it in a private browser window: if that works, clearing the site's cookies fixes the usual one.",
            ),
        ),
        "What does the sign-in page say, word for word? Please no address or password here.",
    ),
    topic(
        "apps",
        r"apps?|website|web ?site|site",
        (
            tip(
                r"crash|freez|frozen|clos(?:es|ing)|won'?t open|doesn'?t open|not load|won'?t load|load",
                "Close it fully, update it and restart the device; if it still stops, install it anew.",
            ),
        ),
        "Which page or app is it, on which device, and what does it say?",
    ),
)
