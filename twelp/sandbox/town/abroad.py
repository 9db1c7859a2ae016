"""What the town's experts know in other languages than English, and how they tell which language a question is in.

Written for the posts of the repertoire; to whatever else comes, people ask back in its language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from twelp.sandbox.town.dice import words


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: `advice` joins parts of lower-case words for a topic, and for a trouble, with what answers it."""

    openers: tuple[str, ...]
    advice: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]
    ask_back: tuple[str, ...]
    closers: tuple[str, ...]
    unspaced: bool = False


TONGUES: Final = {
    "es": Tongue(
        ("¡Hola!", "Buena pregunta.", "Gracias por escribir.", "Sobre «{word}»:", "Con «{word}»:"),
        (
            (
                ("tele", "televisor", "pantalla", "hdmi"),
                ("negro", "negra", "no se ve", "sin imagen", "parpade", "congela"),
                (
                    "Desenchufa la tele un minuto y mantén pulsado su botón de encendido: así se reinicia del todo.",
                    "Prueba otro puerto HDMI y otro cable; en 4K los cables viejos fallan a menudo.",
                ),
            ),
            (
                ("devol", "cambi", "ticket", "recibo", "regalo"),
                ("devol", "cambiar"),
                (
                    "Puedes devolverlo en cualquier tienda con el ticket o el correo del pedido y todo lo que venía.",
                    "Abierto también vale dentro del plazo, si no falta nada; se devuelve por el mismo medio de pago.",
                ),
            ),
            (
                ("batería", "cargador", "carga", "móvil", "celular"),
                ("acaba", "dura", "gasta", "descarga"),
                ("Mira en ajustes qué app gasta más batería: casi siempre le falta una actualización.",),
            ),
        ),
        (
            "¿Qué modelo es y qué se ve exactamente cuando pasa?",
            "¿Desde cuándo pasa y qué has probado ya? Sin datos personales, por favor.",
            "Cuéntanos un poco más: ¿de qué producto se trata y qué ocurre?",
        ),
        ("", "¡Suerte!", "Escríbenos si no se arregla.", "Aquí seguimos.", "Cuéntanos qué tal."),
    ),
    "de": Tongue(
        ("Hallo!", "Gute Frage.", "Danke fürs Schreiben.", "Zu „{word}“:", "Gern!"),
        (
            (
                ("wlan", "router", "internet", "netz"),
                ("tot", "schwach", "langsam", "weg", "oben", "keller", "bricht"),
                (
                    "Den Router hoch und frei aufstellen, erst das Modem neu starten, nach zwei Minuten den Router.",
                    "In der Nähe das 5-GHz-Netz nehmen, durch Wände das mit 2,4 GHz; das bringt am meisten.",
                ),
            ),
            (
                ("liefer", "bestell", "paket", "versand"),
                ("wo ", "kommen", "gestern", "bewegt", "spät", "warte"),
                (
                    "Auf der Bestellseite steht der letzte Scan; nach zwei Tagen ohne startet die Filiale die Suche.",
                    "Tag oder Abholung in der Filiale lassen sich ändern, bis das Paket das Lager verlässt.",
                ),
            ),
            (
                ("waschmaschine", "kühlschrank", "trockner", "spülmaschine"),
                ("hüpft", "wandert", "schleuder", "wackelt", "laut"),
                ("Nach dem Umstellen das Gerät einen Tag stehen lassen und gerade ausrichten, dann läuft es ruhig.",),
            ),
        ),
        (
            "Welches Modell ist es, und was genau passiert dabei?",
            "Seit wann ist das so, und was wurde schon versucht? Bitte ohne persönliche Angaben.",
            "Erzähl uns etwas mehr: Welches Modell ist es, und was zeigt es an?",
        ),
        ("", "Viel Erfolg!", "Bei Fragen einfach hier antworten.", "Wir sind da.", "Sag gern, ob es klappt."),
    ),
    "fr": Tongue(
        ("Bonjour !", "Bonne question.", "Merci de nous écrire.", "Pour « {word} » :", "Avec plaisir."),
        (
            (
                ("imprimante", "encre", "imprimer"),
                ("apparaît", "trouve", "hors ligne", "wifi", "wi-fi", "réseau"),
                ("Supprimez l'imprimante dans les réglages, puis ajoutez-la de nouveau sur le même réseau Wi-Fi.",),
            ),
            (
                ("garantie", "répar", "cassé", "panne"),
                ("garantie", "répar"),
                (
                    "Passez en magasin avec la preuve d'achat : l'atelier vérifie la garantie tout de suite.",
                    "Sauvegardez et déconnectez vos comptes avant la réparation ; jamais besoin du mot de passe.",
                ),
            ),
            (
                ("ordinateur", "portable", "pc"),
                ("lent", "rame", "long à"),
                (
                    "Désactivez les applications lancées au démarrage : il démarre souvent deux fois plus vite.",
                    "Laissez-le branché une nuit, mises à jour activées ; il est lent jusqu'à leur fin.",
                ),
            ),
        ),
        (
            "De quel modèle s'agit-il, et que se passe-t-il exactement ?",
            "Depuis quand, et qu'avez-vous déjà essayé ? Rien de personnel ici, merci.",
            "Dites-nous-en un peu plus : quel modèle est-ce, et que voyez-vous ?",
        ),
        ("", "Bon courage !", "Répondez ici si besoin.", "On reste à l'écoute.", "Dites-nous si ça marche."),
    ),
    "zh": Tongue(
        ("您好！", "谢谢提问。", "关于您说的情况：", "很高兴帮忙。"),
        (
            (
                ("耳机", "蓝牙"),
                ("连", "断", "配对"),
                (
                    "请在蓝牙列表里忽略该耳机，把耳机放回充电盒重置，再靠近手机重新配对。",
                    "断断续续多半是还连着另一台设备，请先关掉那台的蓝牙再试。",
                ),
            ),
            (
                ("退货", "退款", "换货", "发票"),
                ("退", "换"),
                (
                    "带上小票或订单邮件和全部配件，到任意门店都可以办理，款项按原支付方式退回。",
                    "在退货期内拆封也可以退，只要配件齐全。",
                ),
            ),
            (
                ("电池", "充电", "耗电"),
                ("快", "耗", "掉电"),
                ("请在设置里查看各应用的耗电，排在最前的通常需要更新。",),
            ),
        ),
        (
            "请问是哪个型号？出现时屏幕上显示什么？",
            "请问从什么时候开始的？已经试过哪些办法？",
            "请再说详细一点：是什么产品，具体发生了什么？",
        ),
        ("", "祝顺利！", "有问题请直接回复。", "欢迎告诉我们结果。", "我们一直在。"),
        unspaced=True,
    ),
    "ja": Tongue(
        ("こんにちは。", "ご質問ありがとうございます。", "お困りですね。", "お任せください。"),
        (
            (
                ("カメラ", "レンズ", "写真"),
                ("ぶれ", "ブレ", "ぼけ"),
                ("室内でぶれる時はISOを1600に上げ、シャッターを1/125秒より速くしてみてください。",),
            ),
            (
                ("テレビ", "音", "hdmi"),
                ("音",),
                ("テレビのARCと書かれた端子につなぎ、音声メニューでHDMI連動をオンにしてください。",),
            ),
        ),
        (
            "どの機種でしょうか。その時に何が表示されますか。",
            "いつからでしょうか。これまでに何を試しましたか。",
            "もう少し詳しく教えてください。どの製品で、何が起きますか。",
        ),
        (
            "",
            "うまくいきますように。",
            "続きはこのまま返信ください。",
            "いつでもどうぞ。",
            "結果もぜひ教えてください。",
        ),
        unspaced=True,
    ),
    "he": Tongue(
        ("היי!", "שאלה טובה.", "תודה שפניתם.", "לגבי “{word}”:", "בשמחה."),
        (
            (
                ("משלוח", "הזמנה", "הזמנתי", "חבילה"),
                ("לא הגיע", "איפה", "אתמול", "מתעכב"),
                (
                    "בדף ההזמנה מופיעה הסריקה האחרונה; אם לא זז יומיים, כל סניף יכול לפתוח בדיקה.",
                    "אפשר לשנות יום או לבחור איסוף מהסניף כל עוד החבילה לא יצאה מהמחסן.",
                ),
            ),
            (
                ("טלוויזיה", "מסך", "סאונדבר"),
                ("שחור", "לא נדלק", "אין תמונה", "לא עובד"),
                (
                    "נתקו את הטלוויזיה מהחשמל לדקה ולחצו עשר שניות על כפתור ההפעלה שלה.",
                    "נסו כניסת HDMI אחרת וכבל חדש; כבלים ישנים נופלים ב-4K.",
                ),
            ),
        ),
        (
            "איזה דגם זה, ומה בדיוק קורה?",
            "ממתי זה קורה, ומה כבר ניסיתם? בלי פרטים אישיים, בבקשה.",
            "ספרו לנו קצת יותר: באיזה מוצר מדובר ומה רואים?",
        ),
        ("", "בהצלחה!", "אפשר פשוט להשיב כאן.", "אנחנו כאן.", "ספרו לנו אם הסתדר."),
    ),
    "ar": Tongue(
        ("أهلاً!", "سؤال جيد.", "شكراً لتواصلك.", "بخصوص “{word}”:", "بكل سرور."),
        (
            (
                ("شاشة", "الشاشة", "تلفزيون", "التلفزيون"),
                ("لا تعمل", "لا يعمل", "سوداء", "hdmi"),
                (
                    "افصل التلفزيون عن الكهرباء دقيقة ثم اضغط زر التشغيل عشر ثوان قبل إعادته.",
                    "جرّب منفذ HDMI آخر وكابلاً جديداً؛ الكابلات القديمة تتعطل مع 4K.",
                ),
            ),
            (
                ("ضمان", "الضمان", "إصلاح", "تصليح"),
                ("ضمان", "إصلاح", "تصليح"),
                (
                    "أحضر الجهاز مع إثبات الشراء إلى أي فرع، ويتحقق مكتب الخدمة من الضمان فوراً.",
                    "احفظ نسخة من بياناتك وسجّل الخروج قبل الإصلاح؛ لا نطلب كلمة المرور أبداً.",
                ),
            ),
        ),
        (
            "ما هو الطراز، وماذا يحدث بالضبط؟",
            "منذ متى، وماذا جرّبت حتى الآن؟ من دون بيانات شخصية.",
            "أخبرنا أكثر: أي منتج هو، وماذا يظهر؟",
        ),
        ("", "بالتوفيق!", "للمزيد اكتب لنا هنا.", "نحن هنا.", "أخبرنا بالنتيجة."),
    ),
}

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
)
_TOO_SHORT_TO_TELL: Final = 8
_SMALL_WORDS: Final = {
    "es": words("el la los las un una que es mi se no por para con del está como pero muy qué cuándo hola si y de"),
    "de": words("der die das und ist nicht ich mein meine ein eine wie warum wann für mit auf euch ihr hallo zu"),
    "fr": words(
        "le la les un une est mon ma je ne pas pour avec vous bonjour comment quand et du des que qui sur ai toujours "
        "elle il reste faut aussi de chose autre"
    ),
    "en": words(
        "the an is my i to and it of in for on you not with this that how when why can do does what "
        "where your was are have"
    ),
}


def language(text: str) -> str:
    """The language of a text as people in the town tell it: a key of `TONGUES`, or ``en``.

    >>> language("Bonjour, mon imprimante ne marche pas")
    'fr'
    """
    for name, script in _SCRIPTS:
        if len(script.findall(text)) >= 2:
            return name
    said = re.findall(r"[^\W\d_]+", text.lower())
    hits = {name: sum(word in small for word in said) for name, small in _SMALL_WORDS.items()}
    best = max(hits, key=lambda name: (hits[name], name == "en"))
    return best if hits[best] >= 2 and hits[best] > hits["en"] else "en"


def knows_english(text: str) -> bool:
    """Whether the town can read it: no letters of other scripts, and, in a longer text, small words of English.

    >>> knows_english("il mio televisore nuovo non si accende da ieri sera")
    False
    """
    said = re.findall(r"[^\W\d_]+", text.lower())
    if any(letter > "\u024f" for word in said for letter in word):
        return False
    return len(said) < _TOO_SHORT_TO_TELL or any(word in _SMALL_WORDS["en"] for word in said)
