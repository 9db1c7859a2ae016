"""Self-harm, and threats against others. How lines are written: see `twelp.flow.triage.people.lines`."""

from __future__ import annotations

from typing import Final

SELF_HARM: Final[dict[str, str]] = {
    "en": r"""
        (?:disappear|sleep|gone|leave|vanish)(?:ing)? (?:for good|forever|and never (?:wake|come back))(?! (?:from (?:your|my) (?:app|playlist|library|list)))|no way out (?:for me|but|except|other than)
        (?:don't|dont|do not|can't|cant|cannot|can not) see (?:a|any|the|much|no) (?:point|reason|future|way) (?:in |to |of |for )?(?:living|life|live|being here|being alive|going on|go on|carrying on|anything|me|continue|continuing)|see no (?:future|way out|point)
        (?:end|ending|ended|finish|finishing) (?:things|it all|it|everything|my pain|the pain|this life)(?: all)? (?:tonight|today|now|soon|for good|tomorrow|myself)|(?:thinking|thought|think) (?:about|of) (?:ending|killing|hanging|dying|jumping|suicide|death a lot|not being here)|rather be dead|better off dead|wish i was dead|wanna be dead|want to be dead|wish i could just die|no way out (?:for me|left|anymore|but)|nobody would (?:miss me|care if i)|no one would (?:miss me|care if i)|i give up on (?:life|living|everything)|life is over|my life is over|can't live (?:like this|with this|anymore)|not gonna make it (?:through|past) (?:the night|tonight)|last night alive|hurt(?:ing)? myself|self[ -]?harm\w*
        (?:kill|killing|killed|harm|harming|hang|hanging|cutting|starve|starving|unalive|unaliving|shoot|drown|drowning|hurting) (?:myself|himself|herself|themselves|themself|ourselves)
        (?:want|wanna|going|gonna|try|tried|trying|thinking|think|about|feel like|might|may|urge) (?:\w+ ){0,3}(?:hurt|hurting|end|ending|off|cut) (?:myself|himself|herself|themselves|it all|my life|my own life)
        suicid\w{1,6}(?! squad)|self harm\w*|selfharm\w*|sewerslide|unalive (?:me|myself)
        (?:end|ending|ended|take|taking|took) (?:my|his|her|their) (?:own )?life|(?:end|ending) it all|end it (?:tonight|today|now|soon)|end things tonight
        (?:want|wanna|wish|ready|rather|going|gonna|just|better|deserve|hope) (?:to )?(?:i )?(?:just )?(?:die|be dead|disappear forever|was dead|were dead|not wake up|never wake up|not exist|stop existing|stop living)(?! (?:laughing|of|on this hill))
        wish i (?:was|were) (?:dead|never born)|wish i (?:wasn't|weren't|had never been) (?:here|alive|born)|wish i could (?:die|sleep and never)
        (?:don't|dont|do not|didn't|no longer|not) (?:really )?(?:want|wanna|wish) (?:to )?(?:live|be alive|be here|wake up|exist|go on|carry on living)(?: any ?more)?
        (?:no|any|without a|without any|see no|not a) (?:reason|point|will) (?:left )?(?:to|in|of) (?:live|living|go on|going on|being alive|be here|carry on)
        nothing (?:left )?to live for|(?:life|living) (?:isn't|is not|is no longer|not|ain't|isnt) worth|not worth living|tired of (?:living|being alive|life)|done with (?:life|living)|give up on life|had enough of life|hate being alive
        (?:better off|easier|world would be) (?:\w+ ){0,3}(?:without me|dead|if i (?:was|were|wasn't|died))|goodbye (?:cruel )?world|goodbye forever|my last (?:words|day on earth|goodbye)|this is goodbye
        (?:can't|cant|cannot|can not) (?:go on|carry on|live) (?:like this|any ?more|any longer|much longer)|(?:can't|cant|cannot) (?:take|do|cope) (?:\w+ ){0,3}any ?more … (?:over|die|dead|end|live|life|goodbye)
        (?:jump|jumping|throw myself|walk) (?:off|from|in front of) (?:a |the )?(?:bridge|roof|building|balcony|cliff|train|window|bus|traffic)
        (?:overdose|overdosed|overdosing|took all (?:my|the|of my)|swallowed all (?:my|the)|enough pills|bottle of pills|handful of pills)
        (?:slit|cut|cutting|slitting) my (?:wrists?|arms|throat)|(?:won't|wont|not) be (?:here|around|alive) (?:tomorrow|much longer|any ?more|by|next|when)|(?:written|writing|wrote) (?:my|a) (?:suicide )?note|razor blade … myself
        ? kms|kill me now|might as well (?:be dead|die)|what's the point of (?:living|life|anything)
        """,
    "es": r"""
        (?:sin|no (?:me )?quedan|perdi las|no tengo|quitan las) (?:mas )?ganas de (?:vivir|seguir)|no (?:puedo|aguanto) (?:seguir )?viv\w+ (?:asi|mas)|mejor (?:estaria )?muert[oa]|(?:pienso|pensando) en (?:matarme|suicid\w+|morir|quitarme)|acabar con mi vida|desaparecer del mundo
        suicid\w+|(?:quiero|quisiera|prefiero|ganas de|voy a|pienso en|mejor) (?:\w+ )?(?:morir(?:me)?|matarme|quitarme la vida|acabar con (?:todo|mi vida)|desaparecer para siempre|no despertar|dejar de (?:vivir|existir))(?! de risa)|me quiero (?:morir|matar)|(?:no quiero|ya no quiero|no tengo ganas de) (?:seguir )?(?:vivir|viviendo|seguir|existir)(?: mas)?
        hacerme dano|cortarme (?:las venas|los brazos)|autolesi\w+|quitarme la vida|(?:mi vida )?no (?:tiene|vale) (?:sentido|la pena) vivir|no vale la pena (?:vivir|seguir)|estarian mejor sin mi|tirarme (?:por|desde|del|al)
        """,
    "fr": r"""
        (?:envie|besoin) de (?:me foutre en l'air|mourir|disparaitre|en finir|me tuer|crever)(?! de)|plus (?:envie|gout|raison) (?:de vivre|a la vie)|je vais me (?:tuer|pendre|suicider|jeter|foutre en l'air)|mieux (?:morte?|si j'etais morte?)|pense (?:a|au) (?:me tuer|suicide|mourir)
        suicid\w+|(?:veux|envie de|vais|prefere|voudrais|pense a) (?:\w+ )?(?:mourir|me tuer|me suicider|en finir|me foutre en l'air|me pendre|disparaitre pour toujours|crever)(?! de rire)|me (?:tuer|pendre|faire du mal|scarifier|tailler les veines)|(?:plus envie|pas envie|ne veux plus|veux plus|plus la force) (?:de |continuer a )?(?:vivre|d'exister|exister)|mettre fin a (?:mes jours|ma vie)|(?:en finir) (?:avec|ce soir)|mieux sans moi|me jeter (?:sous|du|par|d'un)|automutil\w+|plus de raison de vivre
        """,
    "de": r"""
        (?:will|mochte|moechte|wurde|wuerde) (?:\w+ ){0,3}(?:nur noch )?(?:sterben|tot sein|nicht mehr (?:da|hier) sein|einschlafen und nie)|nur noch sterben|lieber tot|ware ich (?:doch )?tot|waere ich (?:doch )?tot|(?:denke|gedanken) (?:\w+ ){0,3}(?:suizid|selbstmord|sterben|tod)|mein leben (?:ist vorbei|hat keinen sinn)|keinen ausweg mehr|nicht mehr weiterleben
        suizid\w*|selbstmord\w*|selbstverletz\w*|(?:mich|mir) (?:\w+ ){0,3}(?:umbring\w*|umzubringen|das leben (?:nehmen|zu nehmen)|was antun|etwas antun|aufhang\w*|aufhaeng\w*|ritze|ritzen|erschiess\w*)|bring(?:e)? (?:ich )?mich (?:\w+ )?um|(?:will|mochte|moechte|wollte) (?:\w+ ){0,3}(?:sterben|nicht mehr (?:leben|da sein|aufwachen|hier sein)|tot sein|schluss machen mit dem leben)|nicht mehr leben (?:will|mochte|moechte|kann)|(?:keinen sinn|kein grund|keinen grund) (?:mehr )?(?:zu leben|im leben|zum leben)|lebensmude|lebensmuede|ohne mich (?:besser|waren|waeren)|vor den zug|von der brucke|von der bruecke|meinem leben ein ende
        """,
    "pt": r"""
        (?:nao tenho|sem|perdi a) (?:mais )?vontade de (?:viver|existir)|melhor (?:eu )?mort[oa]|(?:penso|pensando) em (?:me matar|suicid\w+|morrer|acabar com tudo)|acabar com a (?:minha )?vida|nao quero mais (?:viver|existir)
        suicid\w+|(?:quero|queria|vontade de|vou|penso em|pensando em|prefiro) (?:\w+ )?(?:morrer|me matar|matar-me|tirar a (?:minha )?(?:propria )?vida|acabar com (?:tudo|a minha vida|minha vida)|sumir pra sempre|nao acordar|me enforcar|por fim a vida)(?! de rir)|me matar|tirar minha (?:propria )?vida|nao (?:quero|aguento) mais viver|(?:nao|sem) (?:vale a pena|vontade de|razao para|motivo para) viver|me cortar|automutil\w+|melhor sem mim|cortar os pulsos|me jogar d[aoe]
        """,
    "it": r"""
        (?:penso di |voglio |vorrei |sto per )?buttarmi (?:giu|sotto|dal|dalla)|farla finita|sparire per sempre
        (?:non ho|senza) (?:piu )?(?:voglia|motivo) di vivere|meglio (?:mort[oa]|se muoio)|(?:penso|pensando) (?:al|a) (?:suicidio|morire|farla finita|uccidermi|ammazzarmi)|voglio (?:solo )?morire|stanc[oa] di vivere
        suicid\w+|(?:voglio|vorrei|voglia di|sto per|penso di|meglio) (?:\w+ )?(?:morire|ammazzarmi|uccidermi|farla finita|togliermi la vita|sparire per sempre|non svegliarmi)(?! dal ridere)|farla finita|togliermi la vita|ammazzarmi|uccidermi|mi (?:ammazzo|uccido|taglio le vene|butto (?:dal|sotto|gi))|non (?:voglio|ce la faccio) (?:piu )?(?:a )?vivere|non (?:ho|c'e) (?:piu )?(?:motivo|ragione) (?:di|per) vivere|meglio senza di me|autolesion\w+|farmi del male
        """,
    "nl": r"""
        (?:zie het|zie ik het) (?:\w+ )?niet meer zitten|er een ein\w* aan (?:maken|te maken)
        (?:geen|zonder) (?:zin|reden) (?:meer )?(?:om te leven|in het leven|in leven)|liever dood|was ik maar dood|(?:denk|gedachten) (?:\w+ ){0,3}(?:zelfmoord|doodgaan|dood)|wil (?:\w+ ){0,2}dood(?! aan)|wil niet meer verder
        zelfmoord\w*|suicid\w+|zelfdoding|(?:wil|wou|ga|zou) (?:\w+ ){0,3}(?:dood(?! aan)|sterven|er niet meer zijn|niet meer leven|mezelf (?:iets )?(?:aandoen|van kant maken|ophangen)|een eind\w* aan (?:mijn leven|maken|alles maken))|mezelf (?:pijn|iets aan|van het leven)|maak er een eind aan|uit het leven stappen|stap uit het leven|geen reden (?:meer )?om te leven|leven heeft geen zin|niet meer leven|voor de trein|beter af zonder mij|snijd mezelf|wil niet meer wakker worden
        """,
    "he": r"""
        אין לי בשביל מה לחיות|נמאס לי לחיות|רוצה (?:פשוט |רק )?למות|עדיף (?:לי )?למות|חושבת? על (?:התאבדות|מוות|לשים סוף)|לא רואה טעם
        [לוש]{0,2}(?:התאבד\w*|להתאבד|אתאבד|התאבדות)|(?:רוצה|רוצָה|בא לי|מעדיפ\w*|עומד\w*|הולכ\w*) (?:כבר )?(?:למות|לסיים את (?:החיים|זה|הכל)|להרוג את עצמי|לשים קץ|לגמור עם (?:זה|הכל)|להפסיק לחיות)(?! מצחוק)|לפגוע בעצמי|פוגעת? בעצמי|להרוג את עצמי|לא רוצה (?:יותר )?(?:לחיות|להתעורר|להיות פה)|אין (?:לי )?(?:יותר )?(?:טעם|סיבה) (?:ל?חיים|לחיות)|עדיף (?:\w+ )?בלעדיי|לחתוך (?:את )?(?:עצמי|ורידים)|נמאס לי מהחיים|לקפוץ מ(?:הגג|הגשר)
        """,
    "ar": r"""
        مالي رغبه (?:في )?(?:الحياه|اعيش)|كرهت (?:الحياه|حياتي)|اتمني (?:الموت|اموت)|ابغي اموت|بدي موت|افكر (?:في |ب)?(?:الانتحار|انهاء حياتي)|تعبت من الحياه|انهي حياتي
        (?:انتحر|انتحار|الانتحار|سانتحر|بنتحر|هنتحر|انتحاري\w*)|(?:اريد|ابغي|ابي|عايز\w*|بدي|نفسي|اتمني|اود|افكر) (?:ان |في |ب)?(?:اموت|الموت|اقتل نفسي|انهي حياتي|انهاء حياتي|موت)|اقتل نفسي|اقتل حالي|انهي حياتي|ااذي نفسي|اذي نفسي|اؤذي نفسي|لا اريد (?:ان )?(?:اعيش|العيش)|ما (?:ابي|ابغي|بدي|عايز) اعيش|مش عايز\w* اعيش|سئمت (?:من )?الحياه|لا (?:سبب|معني|فايده) (?:ل|من )(?:العيش|الحياه)|تعبت من الحياه|الحياه بدوني
        """,
    "zh": r"活着(?:没|沒|还有什么)(?:意思|意义|意義)|活著沒|不想活|没法活|沒法活|活够了|活夠了|想(?:去)?死|轻生|了断|了斷|解脱自己|不想再活|自杀|自殺|自残|自殘|自尽|自盡|不想活|活不下去|想死|去死算了|死了算了|不如死|结束(?:自己的)?生命|結束(?:自己的)?生命|了结自己|了結自己|跳楼|跳樓|割腕|轻生|輕生|没有活下去|沒有活下去|活着没意思|活著沒意思|伤害自己|傷害自己|不想再醒|遗书|遺書|想从.{0,6}跳下",
    "ja": r"死んで(?:しまい|しまお|やる|もいい|楽)|死んだ(?:ほう|方)が|死にたく|消えてしまいたい|いなくなりたい|もう終わりにしたい|生きていけない|生きるのに疲れ|死にたい|死のう|自殺|自死|消えたい|生きていたくない|生きたくない|生きる意味|生きてる意味|生きるのが(?:辛|つら|嫌)|命を絶|リスカ|自傷|飛び降り|首を吊|もう(?:生き|死)|楽になりたい|終わりにしたい.{0,6}(?:人生|命)|(?:人生|命)を?終わ|遺書|自分を傷つけ",
    "ru": r"самоуб\w+|суицид\w*|покончить с собой|хочу умереть|не хочу (?:больше )?жить|убью себя|вскрыть вены|наложить на себя",
    "ko": r"자살|죽고 싶|죽고싶|살기 싫|살고 싶지 않|목숨을 끊|자해|극단적 선택",
    "tr": r"intihar\w*|olmek istiyorum|kendimi oldur\w+|yasamak istemiyorum",
}

_TARGET = r"(?:you|u|ya|y'all|your|ur|him|her|them|that|those|the|everyone|everybody|all|any|this|someone|somebody|somebody's)"

THREAT: Final[dict[str, str]] = {
    "en": rf"""
        (?:your|his|her|their) last (?:day|night|hours?|breath|meal)(?: (?:alive|on earth|breathing))|last day alive|(?:put|putting) (?:a )?(?:bullet|knife) (?:in|into|through) (?:\w+ )?(?:you|whoever|him|her|them|your|that|someone|his|their)|one by one
        (?:your|ur|that|this|the) (?:\w+ )?(?:office|offices|store|shop|building|hq|headquarters|warehouse|branch|depot|house|car|van|place) (?:is |are |will |'s )?(?:gonna|going to|will|about to|should|deserves to|needs to) (?:be )?(?:burn\w*|blow\w*|torched|explode|go up in flames|bombed|get torched|smashed|destroyed)
        (?:coming|come|turn\w* up|show\w* up|driving|walk\w* in|be there|back) (?:\w+ ){{0,5}}with (?:a|my|some) (?:\w+ )?(?:bat|knife|gun|hammer|shotgun|machete|axe|crowbar|petrol|gasoline|can of petrol|weapon|brick|acid|mates and)
        (?:smash|kick|bash|cave|beat|punch|stamp|rip) (?:\w+ )?(?:his|her|their|your|ur|that \w+(?:'s)?) (?:\w+ ){{0,2}}(?:face|head|teeth|skull|door|windows?) ?(?:in|out|off)?|(?:knock|kick|beat|punch) (?:\w+ )?(?:his|her|their|your|ur) (?:teeth|head|lights|brains)|(?:you|u|he|she|they)(?:'re|r| are|'s| is) (?:so )?(?:a )?dead(?: man| meat)?(?: to me)? (?:when|if|next)|(?:i'll|i will|gonna|going to|we'll) (?:find|get|hunt|hurt|hit|slap|knife|gut|end|finish|deck|batter) (?:you|him|her|them|that (?:guy|driver|woman|man|bitch|bastard)|your (?:driver|staff|family|kids|ceo|manager))(?! (?:on|a|the|one|some|back|some help))
        (?:i'll|ill|i will|gonna|going to|imma|i'ma|we'll|we will|i swear|swear i'll|about to|ready to|want to|wanna|gon|tempted to|come and|come there and|down there and|over there and) (?:\w+ )?(?:kill|shoot|bomb|stab|murder|hurt|harm|strangle|slap|punch|beat|torch|execute|burn|run over|behead|knife|lynch|choke|smash|blow up|beat up|find and) {_TARGET}(?! (?:app|process|switch|deal|price|album|season|game|level|boss|queue|traffic|rush|record|dm|email|time|subscription|service|calories|candle|market|competition))
        (?:kill|shoot|stab|murder|bomb|torch|burn down|blow up|beat up|hunt down|petrol bomb|firebomb) (?:your|ur|that|the|every) (?:\w+ ){{0,3}}(?:staff|driver|drivers|employees?|workers?|office|offices|store|stores|shop|hq|headquarters|building|warehouse|manager|ceo|team|family|people|guy|agent|cashier|rep|kids|depot|branch|courier|van)
        (?:burn|burning|burned) (?:\w+ ){{0,2}}(?:store|office|shop|hq|headquarters|building|place|warehouse|depot|branch|offices) (?:down|to the ground)|burn (?:it|that place|the place|you|them) (?:all )?(?:down|to the ground)
        i know where (?:you|u|he|she|they|your|ur|that|the) (?:\w+ ){{0,3}}(?:live|lives|work|works|sleep|sleeps|park|parks|drinks?|goes|is|are|family)|(?:find|found|finding) (?:out )?where (?:you|he|she|they|your \w+|that \w+) (?:live|lives|work|works)
        (?:watch|better watch) (?:your|ur|his|her|their|ya) (?:back|step when)|sleep with one eye open|look over your shoulder
        (?:you|u|he|she|they|y'all|all of you)(?:'ll| will|ll|'re gonna| are going to| gonna) (?:all )?(?:regret this|pay for this with|be sorry (?:when|you)|die(?! of| laughing)|bleed|burn for this|get hurt|get what's coming|wish you)
        (?:bring|bringing|brought|got|have|grab|grabbing|with|get) (?:my |a |the |an )?(?:gun|guns|knife|bat|baseball bat|shotgun|rifle|machete|hammer|acid|weapon|petrol|gasoline) (?:\w+ )?(?:to (?:your|the|that)|and (?:come|visit|pay)|next time|with me|to work|ready|for you|for him|for your)
        bomb threat|bomb (?:in|at|under) (?:the|your)|death threats?|shoot (?:up|the place up)|go postal|school shooter|mass shooting|put a bullet|blow your (?:brains|head)|bash (?:your|his|her|their) (?:head|face|skull)|(?:smash|break|punch|cave|rearrange) (?:your|his|her|their|that \w+'s|that) (?:\w+ )?(?:face|head|teeth|legs|kneecaps|jaw|nose|skull|fingers)(?! of the)
        (?:deserve|deserves|should|need|needs|ought|ought to|hope|hoping|pray) (?:\w+ ){{0,4}}(?:to die|be shot|to be shot|be hanged|be killed|be beaten|get shot|get beaten|get killed|get stabbed|be strung up|drop dead|die (?:painfully|in|slowly|soon|of)|gets? cancer|get hit by|be put down|get run over|burns? alive|rots? in)
        (?:wait|waiting|be waiting|i'll be) (?:\w+ )?(?:outside|for (?:him|her|you|them|your \w+)) (?:\w+ ){{0,2}}(?:after|when|outside|car park|parking|shift|work|with)|next time i see (?:him|her|you|them|your|that) … (?:he|she|they|you|i'm|i'll|dead|kill|punch|swing|regret|pay)
        (?:come|coming|coming down|come down) (?:for|after) (?:you|your|him|her|your family|all of you)(?! with)|(?:he|she|they|you)(?:'s|'re| is| are) (?:a )?dead (?:man|meat)?(?: when| if| next| to me when)|you(?:'re| are) dead|dead man walking|swing (?:at|for) (?:him|her|your|them|you)
        (?:threatened|threatening|threatens|threatened to) (?:\w+ ){{0,3}}(?:kill|hit|punch|stab|shoot|beat|hurt|attack|rape|burn|with a|with his|violence|physically|fight)|(?:threw|throw|chuck) (?:a )?(?:brick|bricks|stones|molotov) (?:at|through)
        (?:i'll|i will|gonna|going to) (?:make (?:you|him|her|them) (?:pay|suffer|bleed|regret)|teach (?:him|her|you|them|your \w+) a lesson|hunt (?:you|him|her|them) down|find (?:you|him|her|your driver|your family|that driver)(?! (?:on|a|the|one|guys)))
        (?:someone|somebody|i|we|they) (?:should|ought to|oughta|needs? to|could) (?:\w+ )?(?:shoot|stab|kill|bomb|lynch|hang|beat up|run over|murder|strangle|torch) (?:you|your|whoever|that|the|them|those|every|him|her|all|this)
        (?:deserve|deserves|need|needs|ought|should|oughta|gonna|going) (?:to )?(?:be|get) (?:\w+ )?(?:shot|stabbed|killed|hanged|hung|beaten|strangled|punched|executed|burned alive|lynched|whipped|slapped|murdered)
        ? (?:you|u)(?:'ll| will) (?:regret|pay for) this
        """,
    "es": r"""
        (?:voy|ire|vamos) (?:ahi|alli|a la tienda|a por) (?:\w+ ){0,4}(?:romper|quemar|destrozar|reventar|pegar|con (?:un|una) \w+)|os vais a (?:arrepentir|enterar)|te vas a (?:arrepentir|enterar)|ire a por (?:ti|vosotros|el)|os voy a (?:matar|reventar|partir|quemar)
        (?:voy a|vamos a|os voy a|te voy a|los voy a|le voy a|ire a|juro que) (?:\w+ )?(?:matar\w*|quemar (?:la|el|su|vuestra|tu|todo)|disparar\w*|romperte?\w*|partir\w* la (?:cara|boca)|reventar\w*|apunalar\w*|pegar\w* (?:una|un)|buscar\w* (?:a tu|y)|poner una bomba)|(?:te|os|lo|la|los) (?:matare|mato|voy a encontrar|rajo|parto la cara)|se donde (?:vives|vivis|trabajas|vive|trabaja|viven)|amenaza de (?:bomba|muerte)|poner una bomba|(?:ojala|espero que) (?:\w+ )?(?:os mur\w+|te mueras|se mueran|muera\w*|os maten)|vais a morir|cuidate las espaldas|con un (?:cuchillo|bate|arma) a|prender(?:le)? fuego a (?:la|su|vuestra|tu)
        """,
    "fr": r"""
        (?:faire sauter|faire cramer|mettre le feu a|tout faire peter) (?:\w+ ){0,3}(?:agence|magasin|bureaux?|siege|boutique|depot)?|(?:faire|fais) sauter
        (?:je|on) (?:vais|va|viens|arrive) (?:\w+ ){0,4}(?:tout casser|tout cramer|tout bruler|avec (?:une|un|mon|ma) (?:batte|couteau|arme|flingue))|vous allez (?:le )?(?:regretter|payer cher|saigner)|je vous (?:retrouverai|aurai)
        (?:je vais|j'vais|on va|vais venir|je jure|je viens) (?:\w+ ){0,4}(?:tuer|buter|crever|bruler (?:votre|vos|le|la|ton|tout)|frapper|peter la gueule|casser la (?:gueule|figure|tete)|defoncer|planter|egorger|tirer dessus|poser une bombe|mettre le feu|retrouver)|(?:je sais|on sait) (?:ou|où) (?:tu|vous|il|elle|votre) (?:\w+ )?(?:habit\w+|travaill\w+|bosse\w*|gare\w*)|menaces? de mort|alerte a la bombe|poser une bombe|(?:j'espere|qu'ils) (?:\w+ )?(?:que vous )?(?:crevez|creviez|crevent|allez mourir|mourrez)|vous allez (?:mourir|crever|le regretter)|crevez|avec un (?:couteau|flingue|fusil|batte)
        """,
    "de": r"""
        (?:werdet|wirst|werden) (?:\w+ ){0,3}(?:bluten|bereuen|sterben|buessen|bussen|brennen)|(?:komme|kommen) (?:\w+ ){0,4}(?:vorbei|zu euch) (?:\w+ ){0,3}(?:und|mit) (?:\w+ ){0,3}(?:messer|schlag\w*|kumpels|waffe|prugel|benzin)|(?:die |den |dem )?(?:fresse|schadel|schaedel|zahne|zaehne|knochen) (?:\w+ ){0,2}(?:polier\w*|einschlag\w*|brech\w*|eintret\w*)|schlag\w* (?:\w+ ){0,3}(?:kurz und klein|tot|krankenhausreif)
        (?:ich|wir) (?:\w+ ){0,5}(?:bringe? (?:euch|dich|ihn|sie|den|die) (?:alle )?um|mach(?:e)? (?:euch|dich|ihn) kalt|stech\w* (?:euch|dich|ihn|sie) ab|schlag\w* (?:euch|dich|ihn|sie|dem|euren|deinem) (?:\w+ ){0,2}(?:zusammen|tot|die fresse|ein|den schadel|den schaedel|die zahne|die zaehne)|zund\w* (?:\w+ ){0,4}an|zuend\w* (?:\w+ ){0,4}an|knall\w* (?:euch|dich|ihn) ab|umbringen|abstechen|erschiessen|fackel\w* (?:\w+ ){0,3}ab)|weiss,? wo (?:du|ihr|er|sie|dein|euer|eure) (?:\w+ )?(?:wohn\w*|arbeit\w*|schlaf\w*|park\w*)|bombendrohung|bombe (?:bei|in)|morddrohung|ihr werdet (?:sterben|bezahlen|bluten|es bereuen)|verreckt|ihr sollt (?:alle )?(?:verrecken|sterben|brennen)|mit (?:einem|dem) (?:messer|baseballschlager|baseballschlaeger) (?:vorbei|bei)|pass(?:t)? (?:auf|gut auf) (?:dich|euch) auf|gehort erschossen|umgelegt
        """,
    "pt": r"""
        (?:vou|vamos) (?:ai|la|na loja|ate ai) (?:\w+ ){0,3}(?:quebrar|destruir|acabar|bater|botar|meter|resolver na bala)|quebrar (?:tudo|a loja|a cara)|vao se arrepender|vou (?:pegar|achar|matar) (?:esse|o|a|voces)
        (?:vou|vamos|juro que|irei) (?:\w+ )?(?:matar (?:voces|voce|o|a|todos|esse|aquele|vcs)|te matar|quebrar (?:a cara|voces|o|tudo ai|esse)|dar um tiro|atirar|colocar fogo|botar fogo|tacar fogo|por fogo|esfaquear|meter a porrada|partir a cara|encontrar voce|explodir (?:a|o|essa|voces)|jogar uma bomba)|sei onde (?:voce|voces|vc|ele|ela|o) (?:\w+ )?(?:mora\w*|trabalha\w*|vive\w*)|sei onde (?:moras|vives|trabalhas)|ameaca de (?:bomba|morte)|(?:espero|tomara) que (?:\w+ )?(?:morra\w*|morram)|voces vao (?:morrer|pagar caro|se arrepender)|merecem morrer|com uma (?:faca|arma) ai
        """,
    "it": r"""
        (?:vi|ti|lo|la) (?:vengo|veniamo|verro) a (?:cercare|prendere|trovare)|uno per uno
        (?:vengo|vado|arrivo|passo) (?:\w+ ){0,4}(?:a spaccare|a bruciare|e spacco|e brucio|con (?:la|un|una) (?:mazza|coltello|pistola|spranga))|ve ne pentirete|ve la (?:faro|faccio) pagare|vi (?:trovo|ammazzo|spacco)
        (?:vi|ti|lo|la|vengo li e vi|giuro che vi) (?:\w+ )?(?:ammazzo|uccido|brucio|sparo|spacco (?:la faccia|tutto)|accoltello|do fuoco|sgozzo|meno|gonfio)|(?:vengo|verro|veniamo) (?:\w+ ){0,3}(?:con (?:un coltello|una mazza|la pistola)|a spaccare|e (?:vi|ti) (?:ammazz\w+|spacc\w+|bruci\w+))|(?:ammazzare|uccidere|bruciare|accoltellare|sparare a) (?:tutti|il vostro|la vostra|quel|voi)|do fuoco|so dove (?:abit\w+|lavor\w+|vivet?e?)|minacc\w+ di morte|allarme bomba|metto una bomba|(?:spero|dovete) (?:che )?(?:\w+ )?(?:crepiate|morire|moriate|crepare|crepate)|crepate|ve la faccio pagare|ve ne pentirete|spaccare la faccia
        """,
    "nl": r"""
        (?:ik )?kom (?:\w+ ){0,4}(?:langs|naar jullie) (?:\w+ ){0,3}(?:met|en) (?:\w+ ){0,3}(?:knuppel|mes|wapen|benzine|sla|sloop)|jullie (?:gaan|zullen) (?:hier|dit) (?:\w+ )?(?:spijt|betreuren|bezuren|boeten)|(?:sloop|sla) (?:\w+ ){0,3}(?:de tent|jullie|alles) (?:kort en klein|in elkaar)?
        (?:ik|we) (?:\w+ ){0,4}(?:maak (?:jullie|je|hem|haar) (?:\w+ )?(?:af|kapot|dood)|vermoord\w*|schiet (?:\w+ ){0,3}(?:dood|neer|overhoop)|steek (?:\w+ ){0,4}(?:neer|in brand|in de fik)|sla (?:\w+ ){0,4}(?:in elkaar|verrot|op je bek|dood)|weet (?:je|jullie|hem) te vinden|afmaken|neersteken|in brand steken|kom langs met)|weet waar (?:je|jij|jullie|hij|ze|die) (?:\w+ )?(?:woon\w*|werk\w*|slaapt|slapen)|bommelding|doodsbedreiging|(?:hoop dat|jullie moeten|mogen) (?:\w+ ){0,3}(?:doodgaan|sterven|creperen|kanker krijg\w*|dood neer)|jullie gaan (?:hiervoor )?(?:boeten|eraan|dood)|met een (?:mes|pistool|honkbalknuppel)|verdienen de dood
        """,
    "he": r"""
        (?:אני|אנחנו) (?:\w+ ){0,2}(?:אהרוג|יהרוג|אשרוף|אפוצץ|ארצח|אדקור|ארביץ|אשבור|אירה|אמצא) (?:\w+ )?(?:אתכם|אותך|אותו|אותה|לכם|לך|את|לו)?|(?:אהרוג|ארצח|אשרוף|אדקור) (?:אתכם|אותך|אותו|לכם|את)|יודעת? איפה (?:\w+ ){0,3}(?:גר|גרה|גרים|עובד\w*)|לשרוף (?:לכם|את (?:החנות|המשרד|הסניף))|תמותו|מגיע לכם למות|שתמותו|אשבור (?:לכם|לו|לך) (?:את )?(?:הפנים|הראש|העצמות)|איום ב|פצצה ב|תשלמו על זה ביוקר|נבוא אליכם עם (?:סכין|נשק|אלות)|אני אבוא (?:אליכם|לשם) עם
        """,
    "ar": r"""
        (?:س|راح |بنروح |رح |ه|ب)?(?:اقتل\w*|ساقتل\w*|بقتل\w*|هقتل\w*|احرق\w*|ساحرق\w*|هحرق\w*|بحرق\w*|افجر\w*|سافجر\w*|اذبح\w*|بذبح\w*|اطعن\w*|اكسر راس\w*|اضرب\w*) (?:ال|كم|ك|مو|كل|فرع|محل|المحل|سائق|السائق|موظف\w*)?\w*|(?:اعرف|عارف) (?:وين|فين|اين) (?:تسكن\w*|ساكن\w*|بيتك\w*|يعمل|تعمل\w*|شغلك\w*)|تهديد بالقتل|قنبله في|ستموتون|تستاهلون الموت|تستحقون الموت|ستندمون|راح تندمون|ستدفعون الثمن
        """,
    "zh": r"杀了你|殺了你|杀了(?:你们|他|她|那个)|殺了(?:你們|他|她)|弄死(?:你|他|她)|砍死|打死(?:你|他|她)|捅死|捅了|炸了你|炸掉你|炸你们|烧了你|燒了你|烧掉你们|放火烧|放火燒|揍(?:你|他|死)|打断(?:你|他)|打斷(?:你|他)|知道你(?:住|在哪|家)|知道你(?:们|們)?.{0,6}(?:住|家在)|知道(?:他|她|那个(?:司机|快递员))住|小心点|小心點|走着瞧|走著瞧|不得好死|全家死|都该死|都該死|带刀|帶刀|炸弹|炸彈|等着收尸|让你们付出代价|別讓我遇到|别让我遇到",
    "ja": r"殴り(?:に|込)|殴る|ぶん殴|殺す(?:ぞ|から|よ|わ)|殺して(?:やる|やりたい)|ぶっ殺|ころす|刺して|刺すぞ|燃やして(?:やる|やろ)|放火|火をつけて(?:やる|やろ)|爆破|殴(?:る|って|り)(?:に|やる|ぞ|込)|痛い目に|覚えてろ|覚えておけ|住所(?:は)?(?:知って|特定)|家(?:は)?知って|ただじゃ(?:おか|済)|死ねばいい|包丁|刃物|夜道",
    "ru": r"убью (?:вас|тебя|его|всех)|сожгу|взорву|знаю,? где (?:вы|ты|он) (?:жив\w+|работа\w+)|зарежу|чтоб вы сдохли|сдохнете",
    "ko": r"죽여 ?버|죽인다|죽일 ?거|불 ?질러|찾아가서|어디 사는지|폭파|칼 들고",
    "tr": r"oldurecegim|yakacagim|nerede oturdugunu|geberin",
}
