"""The words by which people ask, complain and thank, language by language.

Rules: a phrase is a fragment of a regular expression, matched case-folded and at word limits (in scripts without
spaces: anywhere). Fragments hold no nested repetition, so that reading stays linear. `common` are the small words and
`letters` the letters a language is known by; a language counts only where it is the likeliest, because "was" asks in
German and only tells in English. English is in `english.py`, being read more closely.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language's phrases. `spaced`: its words stand apart, so that phrases keep to word limits."""

    code: str
    asks: str
    woes: str
    thanks: str
    settled: str = ""
    common: str = ""
    letters: str = ""
    spaced: bool = True


LATIN = (
    Tongue(
        "es",
        asks="cómo|qué(?! (?:gusto|bien|bueno|buen|bonit\\w+|gran|maravilla|risa|ilusión|alegría|pasada|guay|vergüenza|asco))|por qué|porqué|xq|cuándo|cuando (?:va|vuelve|llega|estará)|dónde|quién|cuál|cuáles|cuánto|"
        "cuánta|cuántos|ayuda|ayúdenme|ayudarme|ayúdame|por favor|porfa|porfavor|pueden|puedo|podrían|podría|"
        "alguien|necesito|quisiera|quiero saber|hay alguna|me dicen|solución|como (?:hago|puedo|se)|que "
        "(?:hago|pasa|pasó)",
        woes="no (?:funciona|funcionan|sirve|puedo|me|se|hay|anda|carga|abre|deja|responde|contestan|responden|"
        "llega|ha|he|está|tengo|es posible)|se cierra|horas esperando|esperando|retraso|lento|malísim\\w+|pésim\\w+|lamentable|decepcion\\w*|inaceptable|error|problema|problemas|fallo|falla|roto|dañado|cobraron|pésimo|"
        "pésima|vergüenza|sigo|todavía no|aún no|nunca|se cierra|se cuelga|dejó de|reembolso|estafa",
        thanks="gracias|muchas gracias|agradezco|genial|excelente",
        settled="ya funciona|solucionado|resuelto|arreglado",
        letters="ñ¡¿",
        common="el la los las un una de que y en no es por con para se me mi lo al del pero como más ya hola su te "
        "muy esta este está tengo puedo cómo qué cuándo dónde gracias",
    ),
    Tongue(
        "fr",
        asks="comment|pourquoi|quand (?:est|sera|aurez|allez|pourr)\\w*|où|quel|quelle|quels|quelles|combien|"
        "est-ce que|est ce que|est-il|y a-t-il|y a t il|pouvez-vous|pouvez vous|puis-je|peut-on|aidez|aide|"
        "besoin d'aide|svp|s'il vous plaît|s'il vous plait|stp|s'il te plaît|quelqu'un|qu'est-ce|savoir|à "
        "quand|serait-il possible|que faire",
        woes="pas|lamentable|nul|nulle|catastroph\\w+|attente|déçue?s?|décevant\\w*|débité|scandaleux|inacceptable|retard|plus moyen|impossible|erreur|problème|problèmes|panne|bug|bugs|buggué|cassé|cassée|toujours "
        "rien|aucun|aucune|jamais|bloqué|bloquée|plante|plantage|inadmissible|honte|remboursement|arnaque|"
        "n'arrive|rien ne",
        thanks="merci|super|génial|parfait",
        settled="ça marche|réglé|résolu|c'est bon|pas de (?:souci|problème)",
        common="le la les un une des de du et en est pas ne je vous il ce que qui pour sur dans mon ma mes j'ai "
        "c'est avec ça bonjour merci au aux votre nous depuis comment pourquoi où",
    ),
    Tongue(
        "de",
        asks="wie|warum|wieso|weshalb|wann|wo|was(?! (?:war das denn|für ein (?:toller|super|schöner)))|wer|welche|welcher|welches|wohin|woran|kann ich|kann man|könnt "
        "ihr|können sie|gibt es|gibt's|hilfe|bitte|helfen|weiß jemand|jemand|habt ihr|haben sie|ist es "
        "möglich|frage|brauche",
        woes="nicht|schlecht\\w*|unfreundlich\\w*|warteschleife|enttäuscht|enttäuschend|unverschämt\\w*|abgebucht|verspätet|nicht|kein|keine|keinen|nichts|fehler|problem|probleme|kaputt|defekt|störung|geht nie|hängt|"
        "abgestürzt|stürzt|immer noch|seit \\w+ (?:tagen|wochen|stunden)|leider|unmöglich|falsch|verloren|"
        "frechheit|erstattung|funktioniert nie",
        thanks="danke|dankeschön|vielen dank|super|klasse|perfekt",
        settled="geht wieder|funktioniert (?:jetzt|wieder)|gelöst|erledigt|hat geklappt|kein problem",
        letters="ßäö",
        common="der die das und ist ich nicht ein eine zu den dem mit auf für von es wie auch aber wir ihr sie mein "
        "meine kein keine im bei hallo noch wenn warum wann wieso danke geht habe hat kann",
    ),
    Tongue(
        "pt",
        asks="como (?:faço|posso|eu|é|que|funciona|se|vai)|por que|por quê|porque (?:não|é|vocês)|quando|onde|"
        "quem|qual|quais|quanto|quantos|ajuda|ajudem|me ajuda|por favor|pfv|pfvr|podem|posso|poderia|alguém|"
        "preciso|queria|gostaria|tem como|cadê|o que",
        woes="não|nao|trava\\w*|péssim\\w+|horrível|lento|demora\\w*|espero|esperando|atras\\w+|decepcion\\w+|n consigo|erro|problema|problemas|bug|quebrou|quebrado|travou|travando|parou|nunca|ainda|"
        "sem resposta|absurdo|vergonha|péssimo|péssima|cobraram|cobrança|reembolso|fora do ar",
        thanks="obrigado|obrigada|obg|valeu|agradeço",
        settled="resolvido|deu certo|já funciona|funcionou|voltou",
        letters="ãõ",
        common="o os as um uma de que e em não é por com para se me meu minha eu vocês você mas mais já olá oi no "
        "na do da está tá foi tem ao isso pra",
    ),
    Tongue(
        "it",
        asks="come (?:mai|posso|si|faccio|fare|funziona)|perché|perche|quando|dove|chi|quale|quali|quanto|cosa|"
        "che cosa|aiuto|aiutatemi|per favore|perfavore|potete|posso|potreste|qualcuno|vorrei|c'è modo|è "
        "possibile|esiste|mi sapete",
        woes="non|pessim\\w+|scandal\\w+|delus\\w+|deludente|lent[oaie]|ritard\\w+|ore di attesa|orribil\\w+|inaccettabile|addebitat\\w+|errore|problema|problemi|guasto|rotto|bloccato|bloccata|ancora|mai|nessuno|nessuna|vergogna|"
        "rimborso|impossibile|si blocca|smesso",
        thanks="grazie|grazie mille|perfetto|ottimo",
        settled="risolto|ora funziona|tutto ok|a posto",
        common="il lo la gli le un una di che e in non è per con mi mio mia io voi ma ho ha sono da del della al "
        "ciao questo come perché quando grazie si",
    ),
    Tongue(
        "nl",
        asks="hoe(?! (?:ik|jullie|we|het) )|waarom|wanneer|waar|wat(?! een)|wie|welke|hoeveel|kan ik|kunnen jullie|kunt u|kun je|is het mogelijk|"
        "hulp|help|alstublieft|alsjeblieft|aub|ajb|iemand|graag|vraag|weten",
        woes="niet|wachten|kwijt|slecht\\w*|waardeloos|belachelijk|onacceptabel|schandalig\\w*|traag|afgeschreven|vertraging|geen|niks|niets|fout|foutmelding|probleem|problemen|storing|kapot|stuk|vast|loopt vast|nog "
        "steeds|nooit|helaas|werkt nooit|onmogelijk|schandalig|terugbetaling",
        thanks="bedankt|dank|dankjewel|dank je|top",
        settled="werkt weer|opgelost|gelukt|geen probleem",
        common="de het een en is ik niet van op voor met dat die te mijn jullie je maar ook geen er aan bij hoi "
        "hallo nog wel als dit naar heb heeft hoe waarom wanneer",
    ),
    Tongue(
        "tr",
        asks="neden|niye|niçin|nasıl|nasil|ne zaman|nerede|nereye|nereden|hangi|kim|kaç|ne kadar|mi|mı|mu|mü|"
        "misiniz|mısınız|musunuz|müsünüz|miyim|mıyım|yardım|yardim|lütfen|lutfen|var mı|acaba|istiyorum",
        woes="değil|degil|yok|\\w{2,30}(?:mıyor|miyor|muyor|müyor|amadım|emedim|ılmıyor|ilmiyor|medi|"
        "madı)\\w{0,6}|hata|sorun|sorunu|arıza|bozuk|bozuldu|çöktü|hala|hâlâ|maalesef|rezalet|iade|kapandı",
        thanks="teşekkürler|tesekkurler|teşekkür|sağolun|sağ olun",
        settled="çözüldü|düzeldi|hallettim|halloldu",
        letters="ığş",
        common="bir ve bu da de için icin çok ama ben var yok ile ne mi merhaba benim şu olarak gibi daha neden nasıl",
    ),
    Tongue(
        "hi-Latn",
        asks="kya|kaise|kese|kyu|kyun|kyon|kab|kahan|kaha|kitna|kitne|kaun|konsa|madad|batao|bataye|bataiye|krdo|"
        "kar do|please",
        woes="nahi|nahin|nhi|ni|kharab|band|problem|dikkat|galat|abhi tak",
        thanks="dhanyavad|dhanyawad|shukriya",
        common="hai hain kya nahi nhi mera meri mere ka ki ko se ho raha rahi aap mujhe bhai kar kaise kab kyu aur",
    ),
)
"""Languages in Latin letters but English, told apart by their small words."""

SCRIPTS: tuple[tuple[str, Tongue], ...] = (
    (
        "\u0590-\u05ff",
        Tongue(
            "he",
            asks="[ושכה]?(?:איך|למה|מדוע|מתי|איפה|מה|מי|כמה|האם|איזה(?! (?:שירות|כיף|יופי|אלופים|מלכים))|איזו(?! חוויה)|אפשר|עזרה|תעזרו|בבקשה|מישהו|אשמח|צריך|"
            "צריכה|יש לכם)",
            woes="[ושכ]?(?:לא|אין|תקלה|תקלות|גרוע\\w*|מזעזע\\w*|נורא\\w*|חויבתי|מחכה|ממתינה?|בעיה|תקוע|תקועה|נתקע|נתקעת|שבור|קורס|קורסת|שגיאה|עדיין|הפסיק|הפסיקה|נכבה|נכבית|נכבים|מתנתק\\w*|נופל\\w*|"
            "החזר|בושה)",
            thanks="תודה|תודה רבה|מעולה",
            settled="הסתדר|נפתר|עובד עכשיו",
        ),
    ),
    (
        "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff",
        Tongue(
            "ar",
            asks="[وف]?(?:كيف|لماذا|ليش|ليه|متى|متي|وين|فين|أين|اين|هل|ماذا|شو|ايش|إيش|وش|كم|من فضلك|من فضلكم|لو "
            "سمحت|لو سمحتم|مساعدة|مساعده|ساعدوني|ممكن|الرجاء|ارجو|أرجو|اريد|أريد|چرا|چطور|کجا|لطفا|کیا|کیسے|"
            "کیوں|کب)",
            woes="[وف]?(?:لا|لم|ما|مو|مش|ليس|لن|مشكلة|مشكله|سيء|سيئ|سيئة|سيئه|تأخر|تاخر|انتظر|أنتظر|خصم|أسوأ|عطل|معطل|ينطف\\w*|بينطف\\w*|يطف\\w*|ينقطع|خطأ|خطا|بطيء|متوقف|للأسف|للاسف|نمی|نیست|نہیں)",
            thanks="شكرا|شكر|مشكور|مشكورين|يعطيكم العافية|ممنون|متشکرم|شکریہ",
            settled="تم الحل|انحلت|اشتغل",
        ),
    ),
    (
        "\u0400-\u04ff",
        Tongue(
            "ru",
            asks="как|почему|зачем|когда|где|куда|кто|что делать|что с|какой|какая|какие|какое|сколько|можно|ли|"
            "подскажите|помогите|помочь|пожалуйста|скажите|чому|коли|як|допоможіть|будь ласка",
            woes="не|нет|ни|ошибк\\w{0,4}|проблем\\w{0,4}|слома\\w{0,6}|завис\\w{0,6}|вылета\\w{0,6}|глюч\\w{0,4}|"
            "невозможно|до сих пор|перестал\\w{0,3}|верните|позор|ужас\\w{0,4}|немає",
            thanks="спасибо|благодарю|спс|дякую",
            settled="заработало|решено|разобрал\\w{0,4}|всё работает|все работает",
        ),
    ),
    (
        "\u3040-\u30ff\uff66-\uff9f",
        Tongue(
            "ja",
            asks="ですか|ますか|でしょうか|ませんか|ましたか|のか|かな|どうすれば|どうしたら|どうやって|なぜ|"
            "なんで|何で|いつ|どこ|どれ|どの|教えて|ください|下さい|お願い|助けて|知りたい|方法",
            woes="ない|ません|できず|エラー|不具合|故障|待たされ|ひどい|最悪|請求され|遅れ|壊れ|落ちる|落ちた|固ま|おかしい|困って|困る|遅い|消えた|バグ|返金|障害",
            thanks="ありがとう|感謝|助かりました|助かります",
            settled="解決し|直りました|直った|問題ない|問題ありません|できました",
            spaced=False,
        ),
    ),
    (
        "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f",
        Tongue(
            "ko",
            asks="까요|나요|인가요|은가요|는지|어떻게|왜|언제|어디|뭐|무엇|얼마|도와|부탁|주세요|문의|궁금|방법|"
            "되나|할 수 있",
            woes="안 |안돼|안되|안됩|안돼|못 |않|없|오류|에러|고장|문제|멈추|멈춰|튕|느려|느리|환불|먹통|아직",
            thanks="감사|고마워|고맙",
            settled="해결됐|해결되었|해결했|됩니다 이제|이제 돼",
            spaced=False,
        ),
    ),
    (
        "\u4e00-\u9fff\u3400-\u4dbf",
        Tongue(
            "zh",
            asks="吗|嗎|呢|怎么|怎麼|怎样|怎樣|为什么|為什麼|为何|為何|什么|什麼|哪里|哪裡|哪儿|哪个|哪個|多少|"
            "几时|幾時|何时|何時|如何|能不能|可不可以|是不是|有没有|有沒有|请问|請問|求助|帮忙|幫忙|帮我|"
            "幫我|麻烦|麻煩|点解|點解|边度|邊度",
            woes="不能|等了|没到|沒到|态度差|態度差|难用|難用|扣款|太差|差劲|失望|不了|不到|不行|没法|沒法|无法|無法|坏了|壞了|问题|問題|错误|錯誤|故障|没有|沒有|卡住|卡死|"
            "崩溃|崩潰|闪退|閃退|还没|還沒|还是|還是|退款|投诉|投訴|垃圾|太慢|打不开|打不開|没反应|沒反應|骗|"
            "唔得",
            thanks="谢谢|謝謝|感谢|感謝|多谢|多謝|唔該",
            settled="没问题|沒問題|好了|解决了|解決了|已解决|已解決|搞定",
            spaced=False,
        ),
    ),
    (
        "\u0900-\u097f",
        Tongue(
            "hi",
            asks="क्या|कैसे|क्यों|कब|कहाँ|कहां|कौन|कितना|कितने|मदद|कृपया|बताएं|बताइए|बताओ|प्लीज",
            woes="नहीं|नही|समस्या|खराब|ख़राब|बंद|त्रुटि|दिक्कत|गलत|अभी तक|परेशान",
            thanks="धन्यवाद|शुक्रिया",
            settled="ठीक हो गया|हल हो गया",
            spaced=False,
        ),
    ),
)
"""Languages known by their script: its characters, and the phrases. Where kana stand, it is Japanese, not Chinese."""
