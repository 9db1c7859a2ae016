"""What the town's experts know in other languages than English, and how they tell which language a question is in.

Written for the posts of the repertoire and for whatever else comes: every language has advice that fits any question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from twelp.sandbox.town.dice import words


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: `advice` pairs parts of words, in lower case, with sentences that answer."""

    openers: tuple[str, ...]
    advice: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    any_topic: tuple[str, ...]
    closers: tuple[str, ...]
    unspaced: bool = False


TONGUES: Final = {
    "es": Tongue(
        ("¡Hola!", "Buena pregunta.", "Gracias por escribir.", "Sobre «{word}»:", "Con «{word}»:"),
        (
            (
                ("tele", "televisor", "pantalla", "hdmi"),
                (
                    "Desenchufa la tele un minuto y mantén pulsado su botón de encendido: así se reinicia del todo.",
                    "Prueba otro puerto HDMI y otro cable; en 4K los cables viejos fallan a menudo.",
                ),
            ),
            (
                ("devol", "cambi", "ticket", "recibo", "regalo"),
                (
                    "Puedes devolverlo en cualquier tienda con el ticket o el correo del pedido y todo lo que venía.",
                    "Abierto también vale dentro del plazo, si no falta nada; se devuelve por el mismo medio de pago.",
                ),
            ),
            (
                ("batería", "cargador", "carga", "móvil", "celular"),
                (
                    "Mira en ajustes qué app gasta más batería: casi siempre le falta una actualización.",
                    "Prueba otro cable y otro enchufe, y limpia el puerto con un palillo, con el móvil apagado.",
                ),
            ),
        ),
        (
            "Primero reinicia el aparato e instala lo que esté pendiente de actualizar; suele bastar.",
            "Prueba lo mismo en otro aparato u otra red: así se ve dónde está el fallo.",
            "Una captura de lo que ves ayuda mucho; sin datos personales, por favor.",
        ),
        ("", "¡Suerte!", "Escríbenos si no se arregla.", "Aquí seguimos.", "Cuéntanos qué tal."),
    ),
    "de": Tongue(
        ("Hallo!", "Gute Frage.", "Danke fürs Schreiben.", "Zu „{word}“:", "Gern!"),
        (
            (
                ("wlan", "router", "internet", "netz"),
                (
                    "Den Router hoch und frei aufstellen, erst das Modem neu starten, nach zwei Minuten den Router.",
                    "In der Nähe das 5-GHz-Netz nehmen, durch Wände das mit 2,4 GHz; das bringt am meisten.",
                ),
            ),
            (
                ("liefer", "bestell", "paket", "versand"),
                (
                    "Auf der Bestellseite steht der letzte Scan; nach zwei Tagen ohne startet die Filiale die Suche.",
                    "Tag oder Abholung in der Filiale lassen sich ändern, bis das Paket das Lager verlässt.",
                ),
            ),
            (
                ("waschmaschine", "kühlschrank", "trockner", "spülmaschine"),
                (
                    "Flusensieb reinigen und das Gerät fünf Minuten stromlos machen; danach startet die Steuerung neu.",
                    "Nach dem Umstellen das Gerät einen Tag stehen lassen und gerade ausrichten, dann läuft es ruhig.",
                ),
            ),
        ),
        (
            "Erst neu starten und offene Updates einspielen; das hilft in den meisten Fällen.",
            "Einmal an einem anderen Gerät oder Netz versuchen: So sieht man, wo es hakt.",
            "Ein Foto der Meldung hilft am meisten; bitte ohne persönliche Angaben.",
        ),
        ("", "Viel Erfolg!", "Bei Fragen einfach hier antworten.", "Wir sind da.", "Sag gern, ob es klappt."),
    ),
    "fr": Tongue(
        ("Bonjour !", "Bonne question.", "Merci de nous écrire.", "Pour « {word} » :", "Avec plaisir."),
        (
            (
                ("imprimante", "encre", "imprimer"),
                (
                    "Supprimez l'imprimante dans les réglages, puis ajoutez-la de nouveau sur le même réseau Wi-Fi.",
                    "Lancez deux fois le nettoyage des têtes, puis une page de test ; l'encre sèche prend du temps.",
                ),
            ),
            (
                ("garantie", "répar", "cassé", "panne"),
                (
                    "Passez en magasin avec la preuve d'achat : l'atelier vérifie la garantie tout de suite.",
                    "Sauvegardez et déconnectez vos comptes avant la réparation ; jamais besoin du mot de passe.",
                ),
            ),
            (
                ("ordinateur", "portable", "pc"),
                (
                    "Désactivez les applications lancées au démarrage : il démarre souvent deux fois plus vite.",
                    "Laissez-le branché une nuit, mises à jour activées ; il est lent jusqu'à leur fin.",
                ),
            ),
        ),
        (
            "Redémarrez l'appareil et installez les mises à jour en attente ; cela suffit souvent.",
            "Essayez sur un autre appareil ou réseau : on voit alors d'où vient le souci.",
            "Une capture du message aide beaucoup ; sans rien de personnel, merci.",
        ),
        ("", "Bon courage !", "Répondez ici si besoin.", "On reste à l'écoute.", "Dites-nous si ça marche."),
    ),
    "zh": Tongue(
        ("您好！", "谢谢提问。", "关于您说的情况：", "很高兴帮忙。"),
        (
            (
                ("耳机", "蓝牙"),
                (
                    "请在蓝牙列表里忽略该耳机，把耳机放回充电盒重置，再靠近手机重新配对。",
                    "断断续续多半是还连着另一台设备，请先关掉那台的蓝牙再试。",
                ),
            ),
            (
                ("退货", "退款", "换货", "发票"),
                (
                    "带上小票或订单邮件和全部配件，到任意门店都可以办理，款项按原支付方式退回。",
                    "在退货期内拆封也可以退，只要配件齐全。",
                ),
            ),
            (
                ("电池", "充电", "耗电"),
                (
                    "请在设置里查看各应用的耗电，排在最前的通常需要更新。",
                    "换一根线和一个插头试试，并在关机后清理充电口。",
                ),
            ),
        ),
        (
            "请先重启设备并安装待更新的系统，大多数情况就好了。",
            "请换一台设备或网络试试，就能看出问题在哪一边。",
            "屏幕截图最有帮助，请不要包含个人信息。",
        ),
        ("", "祝顺利！", "有问题请直接回复。", "欢迎告诉我们结果。", "我们一直在。"),
        unspaced=True,
    ),
    "ja": Tongue(
        ("こんにちは。", "ご質問ありがとうございます。", "お困りですね。", "お任せください。"),
        (
            (
                ("カメラ", "レンズ", "写真"),
                (
                    "室内でぶれる時はISOを1600に上げ、シャッターを1/125秒より速くしてみてください。",
                    "カードはカメラ側で初期化すると安定します。先に写真をコピーしてください。",
                ),
            ),
            (
                ("テレビ", "音", "hdmi"),
                (
                    "テレビのARCと書かれた端子につなぎ、音声メニューでHDMI連動をオンにしてください。",
                    "電源を抜いて一分待ち、テレビから先に入れてみてください。",
                ),
            ),
        ),
        (
            "まず再起動と更新をお試しください。多くの場合はこれで直ります。",
            "別の機器や回線でも試すと、原因がどちらにあるか分かります。",
            "画面の写真があると助かります。個人情報は写さないでください。",
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
                (
                    "בדף ההזמנה מופיעה הסריקה האחרונה; אם לא זז יומיים, כל סניף יכול לפתוח בדיקה.",
                    "אפשר לשנות יום או לבחור איסוף מהסניף כל עוד החבילה לא יצאה מהמחסן.",
                ),
            ),
            (
                ("טלוויזיה", "מסך", "סאונדבר"),
                (
                    "נתקו את הטלוויזיה מהחשמל לדקה ולחצו עשר שניות על כפתור ההפעלה שלה.",
                    "נסו כניסת HDMI אחרת וכבל חדש; כבלים ישנים נופלים ב-4K.",
                ),
            ),
        ),
        (
            "קודם להפעיל מחדש ולהתקין עדכונים שממתינים; ברוב המקרים זה מספיק.",
            "נסו במכשיר אחר או ברשת אחרת: כך רואים איפה התקלה.",
            "צילום מסך עוזר מאוד; בלי פרטים אישיים, בבקשה.",
        ),
        ("", "בהצלחה!", "אפשר פשוט להשיב כאן.", "אנחנו כאן.", "ספרו לנו אם הסתדר."),
    ),
    "ar": Tongue(
        ("أهلاً!", "سؤال جيد.", "شكراً لتواصلك.", "بخصوص “{word}”:", "بكل سرور."),
        (
            (
                ("شاشة", "الشاشة", "تلفزيون", "التلفزيون"),
                (
                    "افصل التلفزيون عن الكهرباء دقيقة ثم اضغط زر التشغيل عشر ثوان قبل إعادته.",
                    "جرّب منفذ HDMI آخر وكابلاً جديداً؛ الكابلات القديمة تتعطل مع 4K.",
                ),
            ),
            (
                ("ضمان", "الضمان", "إصلاح", "تصليح"),
                (
                    "أحضر الجهاز مع إثبات الشراء إلى أي فرع، ويتحقق مكتب الخدمة من الضمان فوراً.",
                    "احفظ نسخة من بياناتك وسجّل الخروج قبل الإصلاح؛ لا نطلب كلمة المرور أبداً.",
                ),
            ),
        ),
        (
            "أعد التشغيل وثبّت التحديثات المعلقة أولاً؛ هذا يكفي في أغلب الحالات.",
            "جرّب على جهاز آخر أو شبكة أخرى، فيتبيّن مصدر المشكلة.",
            "صورة للرسالة تساعد كثيراً، من دون أي بيانات شخصية.",
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
_SMALL_WORDS: Final = {
    "es": words("el la los las un una que es mi se no por para con del está como pero muy qué cuándo hola si y de"),
    "de": words("der die das und ist nicht ich mein meine ein eine wie warum wann für mit auf euch ihr hallo zu"),
    "fr": words("le la les un une est mon ma je ne pas pour avec vous bonjour comment quand et du des que qui sur"),
    "en": words("the a an is my i to and it of in for on you not with this that how when why can do no"),
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
