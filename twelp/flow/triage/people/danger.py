"""Danger to people: fire, smoke, gas, shock, a battery that swells, something swallowed, somebody hurt.

How lines are written: see `twelp.flow.triage.people.lines`.
"""

from __future__ import annotations

from typing import Final

DANGER: Final[dict[str, str]] = {
    "en": r"""
        (?:felt|feel|feeling) (?:the |a |an |some )?(?:electric\w*|current|shock|tingl\w+|buzz) (?:\w+ ){0,3}(?:through|in|up|run\w*|when|my|from)|(?:shattered|flew|flying|shot|exploded|launched|burst|popped) (?:\w+ ){0,5}(?:past|at|into|across|towards?|in|off|out of) (?:my |the |his |her |our |a )?(?:\w+ )?(?:face|head|eye|eyes|room|kitchen|bed|hand|wall|window|leg|lap|mid spin)|(?:piece|bit|part|shard|blade|lid|glass)s? (?:\w+ )?(?:flew|flying|shot|hit|missed|cut) (?:\w+ ){0,3}(?:face|eye|eyes|head|me|my|hand)
        (?:scalded|scalding|burst in bed|wrapped (?:a)?round (?:his|her|my|the|their) (?:\w+'s )?neck|round (?:his|her) neck)|(?:headaches?|dizzy|dizziness|nause\w+|lightheaded|sick|fumes|faint|can't breathe) (?:\w+ ){0,5}(?:since|after|from|when|because of) (?:the |your |my |a )?(?:\w+ )?(?:boiler|heater|fire|stove|paint|gas|install\w*|service|carpet|mattress|sofa|spray|cleaner|product|fumes|engineer|meal|food|drink)
        (?:fork|frame|handlebars?|pedal|chain|brakes?|wheel|tyre|tire|axle|saddle|strap|harness|buckle|seatpost|stem|throttle|accelerator|steering) (?:\w+ ){0,3}(?:broke|snapped|failed|came off|fell off|gave out|cracked|stuck|jammed|let go|burst|blew) (?:\w+ ){0,4}(?:at \d+|while|when|mid|going|downhill|on the|riding|driving|moving|my|motorway|highway)|(?:two|three|front|my|lost|broke|chipped|knocked out) (?:(?!blue\b)\w+ ){0,2}(?:teeth|tooth)(?! (?:brush|paste))
        (?:gas|hob|burner|oven|heater|iron|stove|fire|fryer|heating pad|electric blanket|boiler) (?:\w+ ){0,2}(?:won't|wont|doesn't|doesnt|will not|does not|can't be|wouldn't) (?:\w+ )?(?:turn|switch|shut|cut) (?:itself )?off|(?:battery|lithium|cell|charger|vape|power ?bank) (?:\w+ ){0,3}(?:flew|shot|rocket\w*|ignit\w+|combust\w+|caught|popped|hiss\w*|smok\w*|vent\w*)|(?:mould|mold|maggots?|glass|metal|plastic|insects?|worms?|blade|needle|nail|screw) (?:inside|in) (?:the |my |his |her |our |your |a )?(?:\w+ )?(?:baby|bottle|food|sandwich|salad|soup|milk|formula|cereal|drink|meal|cup|toy|bread|pouch|jar)
        <thing> … (?:had |has |have |was |were |is |completely )?(?:melted|melting|stinks|charred|caught|buzzing and|brown stain|scorched)|dehumidifier (?:\w+ ){0,3}(?:melt\w*|smok\w*|burn\w*|fire)|smoke (?:alarm|detector)s? (?:\w+ ){0,2}(?:woke|went|going|set)
        <thing> (?:\w+ ){0,3}on fire
        (?:left|leaving|got|gave (?:me|him|her)|has|have|with|caused|causing) (?:an? )?(?:\w+ )?burns? (?:on|to|from|after)|(?:black )?soot (?:on|all|around|everywhere)|burn(?:ed|t)? (?:patch|hole)s?
        (?:nearly|almost) (?:\w+ )?(?:went off|drove (?:off|into)|fell (?!asleep|for|in love|over laughing|off my chair)|drowned|rolled|crashed (?!my|the app|again)|choked|fainted|collapsed|tipped|blinded|suffocated|lost (?:an?|my|his|her) (?:eye|finger|hand|leg|life|foot|sight))
        (?:rolled|rolling|ran|drove|swerved) (?:\w+ ){0,3}(?:into|towards?|onto) (?:the )?(?:road|street|traffic|oncoming|us|me|crowd|ditch)|with (?:my|our|the|a) (?:\w+ )?(?:baby|child|kid|kids|toddler|son|daughter|newborn) (?:inside|in it|on it|underneath|still in|in the (?:back|car|room))
        (?:shocks?|zaps?|zapping|shocking) (?:me|us|him|her|you) (?:every ?time|all the time|constantly|again|and|whenever|if|as soon)
        (?:collapsed|snapped|gave way|fell apart|tipped over|folded|buckled|came down|shattered) … (?:underneath|toddler|baby|kids?|child|children|son|daughter|on (?:me|him|her|us)|my (?:mum|mom|dad|wife|husband|gran|head|foot|leg))
        <thing> … (?:so|too|that) hot (?:\w+ ){0,3}(?:can't|cant|cannot|can not|couldn't|won't) (?:\w+ )?(?:hold|touch|wear|use|pick|carry)|<thing> … (?:got|gets|getting|became|becomes|is|was|went) (?:\w+ )?(?:hot|boiling|burning) and (?:\w+ ){0,4}(?:burn\w*|melt\w*|smell\w*|smok\w*|blister\w*|swell\w*|swollen|bulg\w*|hiss\w*|pop\w*)
        (?:closed|closing|shut|slammed|caught|trapped|came down|clamped|dropped|landed|fell|stuck|jammed|squashed|pinched) (?:on|in|onto|over|by) (?:my|his|her|our|their|the) (?:\w+(?:'s)? ){0,2}<body>
        <body> (?:\w+ ){0,3}(?:got |was |were |is |are )?(?:jammed|crushed|squashed|pinched|sliced|burnt|burned|scalded|blistered|swollen|numb|bleeding)
        (?:son|daughter|kid|child|baby|toddler|boy|girl|grandson|niece|nephew|twins) (?:\w+ ){0,4}(?:ate|eaten|licked|drank|bit into|chewed|swallowed) (?:\w+ ){0,4}(?:bead|beads|batter\w+|magnet\w*|gel|capsules?|pods?|pills?|silica|paint|plastic|glue|detergent|coin|button|crystals?|piece|pieces|part|foam|bleach)
        (?:in|from) (?:the |a )?burning (?:building|car|house|smell)|(?:evacuat\w+) (?:\w+ )?(?:because|after|due|building|house|home|flat|store)|(?:had to|we) evacuat\w+|(?:passed out|blacked out|fainted|unresponsive|not breathing|stopped breathing|seizure|bled|bleeding|concussed|vomit\w*|throwing up|rash|hives) (?:after|from|because|due|in your|on your|at your|when|badly|heavily|a lot)
        (?:drowning|fell into|fell in) (?:\w+ )?(?:pool|water|hole|shaft|gap)|(?:fell|falling) (?:through|down|off|from) (?:\w+ )?(?:your|the) (?:\w+ )?(?:floor|stairs|ride|escalator|ladder|scaffold\w*|step|steps|roof|balcony|platform|bus|coach|trampoline)
        (?:caught|catch|catches|catching|set|sets|took) (?:on )?fire
        (?:set|sets|setting) (?:my|our|the|his|her) … (?:on fire|ablaze|alight)
        ? (?:is|was|are|were|literally|my|the|it's) … on fire
        <thing> … (?:is|was|went|literally) on fire
        (?:burst|went up|go|going up|goes up|engulfed) (?:in|into)(?: to)? flames
        flames? (?:coming|shooting|came|shot|leaping|out of|out from|from|everywhere|inside)
        (?:saw|seen|see|there (?:were|was|are)|big|huge|actual|open) flames?
        (?:start|starts|started|starting|cause|causes|caused|causing|had|small|electrical|kitchen|house|garage|flat|apartment|battery) (?:an? )?(?:small |big |electrical |kitchen |house )?fire(?! (?:tv|stick|hd|tablet|sale|pit|wall))
        fire (?:brigade|department|dept|service|hazard|risk|engines?|trucks?|crew|in my|in our|in the (?:kitchen|house|flat|garage|cabin|engine))
        (?:call|called|calling|phone|phoned) the fire
        firefighters?|firemen|fire extinguisher … (?:used|needed|grab\w*|saved)
        (?:nearly|almost|could have|could've|coulda|practically) (?:\w+ ){0,2}(?:burned|burnt|burn|set fire|killed (?:me|us|my|our|him|her|someone|somebody)|died|electrocuted|blew up|took my eye|blinded)
        (?:burned|burnt|burning|burn) (?:down|my house|our house|the house|my flat|the kitchen|a hole)
        (?:melt|melts|melted|melting|scorched|scorching|singed|charred|blackened|smoulder\w*|smolder\w*|glowing|glowed) (?:my|the|our|his|her|a|an|on|in|and|at|inside|into|near|through) … <thing>
        <thing> … (?:melt|melts|melted|melting|scorched|scorching|singed|charred|blackened|smoulder\w*|smolder\w*|glowing red|glows red|red hot)
        <thing> … (?:burning up|burn marks?|scorch marks?|burnt (?:my|the|a|through)|burned (?:my|the|a|through|me|him|her)|burns (?:me|my|your|to the touch)|is burning|was burning|got burnt|got burned|burnt (?:up|inside|black)|literally burning|burnt itself|burned itself)
        (?:burn|scorch) marks? (?:on|around|under|near|where)|black mark all over
        (?:singed|scorched|burnt|burned|melted|blackened) (?:the|my|our|a|his|her) (?:\w+ )?(?:sofa|carpet|rug|curtains?|bed|bedding|mattress|sheets?|duvet|floor|table|desk|worktop|counter|wall|hair|shirt|clothes|jeans|dress|skin|furniture|pillow|couch|sideboard|cupboard|lawn|deck)
        (?:shot|shooting|shoots|spat|spitting|throwing|threw|belch\w+) (?:out )?(?:\w+ )?(?:flames?|fire|sparks?)
        <thing> … (?:went bang|hiss(?:ing|es|ed)|puff of smoke|full of smoke|singed|scalded)
        (?:smell|smells|smelled|smelt|smelling|stink|stinks|stank|reeks|reeking|whiff) (?:\w+ ){0,3}(?:gas|smoke|burning|burned|burnt|fumes|chemicals?|melting|plastic|sulphur|sulfur|rotten eggs?|scorched|singed)
        (?:gas|burning|burnt|smoky|smokey|electrical|chemical|melting|acrid|sulphur|rotten egg|hot plastic|burning plastic|plastic burning|fishy) (?:\w+ )?(?:smell|smells|odou?r|stink|stench|fumes)
        (?:toxic|noxious|nasty|weird|strange|awful|acrid|chemical) (?:fumes|smoke|vapou?rs?)
        fumes (?:coming|from|came|pouring|everywhere|are|made)
        smoke (?:is |was |started |kept |keeps |started )?(?:coming|came|pouring|billowing|rising|pours|poured|out of|out the|from|everywhere|filled|fills|filling|in the|in my|inside)
        (?:black|white|thick|grey|blue|some|lots of|bit of|puff of|cloud of|full of|saw|seeing|see|lot of|so much) smoke(?! (?:grey|gray|detector|alarm|signal|break))
        <thing> … (?:smoking|smokes|smoked|smoke out|smoking up|starts? smoking|started smoking|started to smoke)
        (?:started|starts|is|was|began|it's|its|were|just|literally|kinda|even) (?:to smoke|smoking)
        smoking (?:charger|battery|laptop|phone|plug|socket|toaster|kettle|oven|dryer|tv|cable|adapter)
        <thing> … (?:spark|sparks|sparked|sparking|arcing)
        (?:sparks?|sparking|arcing) (?:flying|flew|out of|from|coming|came|everywhere|when|inside|at the|in the (?:socket|plug|outlet))
        (?:saw|see|seeing|shoots|shooting|shot|throws|throwing|threw|spits|spitting|with) sparks
        <thing> … (?:explode|explodes|exploded|exploding|explosion|blew up|blown up|blows up|went bang|went boom|went pop|goes bang|popped and|detonated|combusted|combusts|imploded|went off like a bomb)
        ? (?:explode|explodes|exploded|exploding|explosions?|blew up|blown up)
        (?:exploded|exploding|explodes|blew up|popped) (?:in|on|next|near|beside|while|when|during|under|inside|at) (?:my|me|the|his|her|our|it|to|i|charging|use|a)
        (?:loud|massive|big|huge|almighty) (?:bang|pop|explosion) … (?:<thing>|smoke|power|fuse|sparks?)
        (?:swell|swells|swelled|swelling|swollen|bloat|bloats|bloated|bloating|bulge|bulges|bulged|bulging|puffed|puffing|puffy|ballooned|ballooning|balloons|inflated|inflating|blown out|pregnant|expanding|expanded|deformed|warped) (?:\w+ ){0,4}(?:batter\w+|cells?|power ?banks?|pack|back cover|trackpad|touchpad)
        (?:batter\w+|cells?|power ?banks?|laptop|phone|back cover|back of (?:my|the) (?:phone|watch|laptop)|trackpad|touchpad|tablet|earbuds?|case|vape|watch) … (?:swell|swells|swelled|swelling|swollen|bloat|bloats|bloated|bloating|bulge|bulges|bulged|bulging|puffed|puffing|puffy|ballooned|ballooning|inflated|inflating|like a (?:balloon|pillow)|looks pregnant|expanding|expanded|has grown|fat)
        spicy pillow
        (?:batter\w+|power ?bank|cell|pack) … (?:leak|leaks|leaked|leaking|oozing|hissing|hisses|venting|vented|acid|fluid|goo|liquid coming|too hot|boiling|scalding|burning)
        (?:leak|leaks|leaked|leaking|oozing|hissing|venting) (?:\w+ ){0,2}(?:batter\w+|acid|gas|coolant|refrigerant|carbon monoxide|fumes|mercury|radiation)
        battery (?:acid|fluid|liquid)
        <hot> … (?:too hot|so hot (?:that |it |i |you )|burning hot|boiling hot|scalding|red hot|really hot|very hot|extremely hot|super hot|crazy hot|insanely hot|dangerously hot|scary hot|roasting|hot enough|can't touch|cannot touch|cant touch|so hot)
        (?:too hot to (?:touch|hold)|burning hot|hot enough to (?:burn|fry|cook|melt)|so hot it (?:burn\w*|melt\w*)|so hot i (?:couldn't|could not|can't|dropped|had to drop)) … <thing>
        <thing> … (?:too hot to (?:touch|hold|handle)|hot enough to (?:burn|fry|melt|cook)|dangerously hot|burning hot|scalding hot|so hot (?:it|i|that it|that i) (?:burn\w*|melt\w*|dropped|couldn't|could not|had to))
        electric(?:al|ity)? shocks?|electrocut\w*|electrified
        (?:gave|give|gives|giving|got|get|gets|getting|getting|had|have|received|felt|feel) (?:me |him |her |us |my \w+ |you )?(?:an? |the |another )?(?:\w+ ){0,2}(?:shocks?|zaps?|jolt|zapped|shocked) (?:from|off|when|by|every|whenever|touching|of|plugging|through|while)
        (?:gave|give|gives|giving) (?:me|him|her|us|my \w+|our \w+|you|the \w+) (?:an? |the |another |little |small |big |nasty |mild |static |massive |hell of a )*(?:shocks?|zap|jolt)
        (?:zapped|zaps|zapping|shocks|shocking) (?:me|my|him|her|us|you) (?:when|every|if|through|whenever|each|just)
        shocked (?:me|my|him|her|us) (?:when|through|as) (?:i|he|she|my|we) (?:touch\w*|plug\w*|unplug\w*|held|held|picked|press\w*)
        (?:got|get|been|was|were|getting) (?:\w+ )?(?:shocked|zapped) (?:by|from|off|when (?:i|he|she|we|plug\w*|touch\w*)) (?!your|the price|how|that you)
        (?:live|exposed|bare|frayed|dangling|loose) (?:wire|wires|wiring|cable|cables|electrics|mains)
        tingl\w+ (?:\w+ ){0,4}(?:touch\w*|metal|case|hand|fingers)
        (?:water|leak\w*|drip\w*) (?:\w+ ){0,5}(?:fuse ?box|electrics|socket|plug|outlet|consumer unit|light fitting|wiring)
        (?:swallow|swallows|swallowed|swallowing|swallwed|ingested|inhaled|choked|choking|choke|gagged) … (?:batter\w+|magnets?|button|coin cell|bead|beads|screw|piece|part|bit|cap|pellet|capsule|pod|ball|lid|plastic|silica|toy|it|on|one)
        (?:toddler|baby|child|kid|son|daughter|grandson|granddaughter|nephew|niece|kids|boy|girl|little one|dog|cat|puppy|kitten|year old|month old) … (?:swallowed|swallow|ingested|inhaled|choked|choking|choke|stopped breathing|turned blue|ate (?:the|a|one|some|part)|put (?:it|one|the battery|a battery) in (?:his|her|their) mouth)
        chok(?:e|ing) (?:hazard|risk)
        (?:ate|eaten|drank|drunk|licked|chewed) … (?:batter\w+|magnets?|detergent|bleach|silica|descaler|coolant|antifreeze|glass|laundry pod|cleaning)
        (?:food )?poison(?:ed|ing)|poisonous
        (?:allergic|anaphylactic) (?:reaction|shock)|anaphylaxis|(?:broke|came|break|coming) out in (?:an? )?(?:rash|hives|blisters)
        (?:rash|blisters?|hives|burns|welts|chemical burn) (?:on|all over|after|from|around|where) … (?:my|his|her|the|our|wear\w*|using|strap|band|skin|wrist|ear\w*)
        (?:made|making|makes) (?:me|my \w+|us|him|her|the \w+|our \w+) (?:\w+ )?(?:ill|sick|vomit|throw up) (?:after|from|when)
        (?:sick|ill|vomiting|throwing up|threw up) (?:\w+ )?(?:after|from) (?:eating|drinking|using|your|the)
        (?:found|there (?:was|is)|pieces? of|shards? of|bits? of) (?:\w+ ){0,2}(?:glass|metal|needle|razor(?: blade)?|blade|mould|mold|maggots?|wire) in (?:my|the|our|his|her)
        gas (?:is |was )?(?:leak|leaks|leaking|leaked|escaping|hissing|coming|left on|line|pipe (?:broke|burst|leak\w*|cut))
        (?:hiss|hissing|hear|heard|hearing) … gas|(?:smell|smelling|smelled|smelt) gas
        carbon monoxide|(?:co|gas|c o) (?:alarm|detector|leak) (?:\w+ ){0,2}(?:went off|going off|goes off|beep\w*|sound\w*|trigger\w*|ring\w*|alarm\w*)
        (?:smoke|fire) (?:alarm|detector)s? (?:\w+ ){0,2}(?:went off|goes off|going off) … <thing>
        (?:i|i'm|im|he|she|we|they|was|were|got|get|been|is|are|badly|seriously|severely|someone|somebody|anyone|son|daughter|wife|husband|mum|mom|dad|mother|father|passenger|customer|driver|being|nearly|almost|could (?:have|be)) (?:\w+ ){0,2}(?:injured|hurt badly|badly hurt|maimed|scalded|concussed|hurt (?:by|on|when|because|after|from|falling|tripping)|crushed|trapped (?:inside|under)|knocked (?:out|over|down)|run over|hospitali[sz]ed|unconscious|bleeding)
        (?:cause|causes|caused|causing|serious|severe|bad|nasty|head|back|neck|eye|knee|hand|personal|physical) injur(?:y|ies)
        (?:an?|my|his|her|their|the) injur(?:y|ies) (?:from|caused|after|at|when|due|on)|injured (?:at|on|by|in|when|my|his|her|our|while|because|after|myself|himself|herself)|injur(?:ing|es|e) (?:my|his|her|our|a|people|kids|someone|children)
        (?:hurt|cut|burnt|burned|injured|scalded) (?:myself|himself|herself|themselves) (?:on|with|when|because|using|trying|opening|while|after)
        (?:ended|end|land|landed|put|rushed|taken|went|sent|sends|go|going|back|off|straight|trip|admitted|way|drove|driving|him|her|me|us) (?:up |me |him |her |us |in |to |my \w+ |our \w+ |kid |son )*(?:in |to |at )?(?:the |a )?(?:hospital|er|a&e|a & e|emergency (?:room|dept|department|ward)|urgent care|casualty|burns unit|icu)
        (?:ambulance|paramedics?|911|999|112|poison control|emergency services) (?:\w+ ){0,3}(?:called|came|come|had|took|arrived|was|were|needed|said|because|after|for|to)
        (?:call|called|calling|phone|phoned|rang|dial\w*|need|needed|waiting for) (?:\w+ ){0,2}(?:an ambulance|the ambulance|paramedics|911|999|112|poison control)
        (?:need|needs|needed|needing|got|had|have|has|with|\d+) (?:\w+ )?stitches|concussion|first degree|second degree|third degree|lost consciousness|(?:can't|cant|cannot|couldn't|stopped|struggling to|trouble) breath\w*
        (?:broke|broken|fractured|dislocated|shattered|sprained|snapped|twisted|crushed) (?:my|his|her|an?|their|the|both) (?:\w+ )?(?:arm|leg|wrist|ankle|hip|finger|fingers|nose|tooth|teeth|ribs?|collarbone|knee|elbow|thumb|pelvis|skull|toe|foot|eye|fingertip)
        (?:cut|cuts|sliced|slices|gashed|burnt|burned|burns|burning|scalded|scalding|crushed|trapped|ripped|sliced|hurt|hurts|scratched|bruised|blistered|hit|hits|punctured|electrocuted|stabbed) (?:my|his|her|our|their|your|me|him|a|the) … <body>
        (?:burns?|cuts?|bruises?|gash|blisters?|wounds?) (?:\w+ )?(?:on|to|across|all over) (?:my|his|her|our|their) … <body>
        (?:is|are|was|now|still|him|her|me|son|daughter|mum|mom|dad|wife|husband|ended up|lying) (?:back )?in (?:the )?(?:hospital|a&e|a & e|icu|intensive care|er|emergency room)(?= |[.,!?]|$)(?! (?:visiting|bed))|(?:with|has|had|have|got|and|suffered) (?:an? )?(?:badly )?(?:broken|fractured|dislocated|shattered) (?:arm|leg|wrist|ankle|hip|finger|nose|tooth|teeth|ribs?|collarbone|knee|elbow|thumb|pelvis|skull|toe|foot)
        <body> (?:is |are |got |was |were )?(?:burnt|burned|bleeding|cut open|sliced|trapped|crushed|blistered|scalded|stuck in)
        (?:fell|falls|fallen|collapsed|came down|dropped|crashed|tipped|toppled) (?:\w+ )?(?:on|onto|on top of|off) (?:my|me|our|his|her|the|him|a) (?:\w+ )?(?:head|foot|son|daughter|child|baby|toddler|wife|husband|mum|mom|dad|kid|leg|face|arm|me|him|her|cat|dog|wall and|bed)
        (?:fell|tripped|slipped) (?:\w+ ){0,5}(?:hurt|broke|injur\w+|hospital|ambulance|bleeding|concuss\w+|head)
        (?:collapsed|snapped|gave way|broke) (?:\w+ )?(?:under|underneath|while) (?:me|my|him|her|our|i was|he was|she was|riding) … (?:sat|sitting|standing|fell|hurt|riding|head|injur\w+|son|daughter|mum|mom)
        (?:oven|shower|glass|cooker|dishwasher|fridge|coffee table|table|hob) (?:\w+ )?(?:door |top |screen )?(?:shattered|exploded|shatters|imploded)
        (?:nearly|almost) (?:ran|hit|knocked|crashed|run|drove|knocks|took) (?:\w+ )?(?:me|my|us|our|a|him|her|over|into|someone|kids?)
        (?:driver|van|truck|courier|bus|car|lorry|cab) (?:\w+ ){0,3}(?:hit|ran over|crashed into|knocked (?:down|over)|nearly hit|almost hit|reversed into) (?:me|my|a|our|the|him|her|someone)
        (?:brakes?|steering) (?:\w+ ){0,2}(?:fail\w*|gave out|gone|stopped working|don't work|do not work|locked|went)|brake failure|wheel (?:came|fell|flew|comes) off|airbag (?:didn't|did not|failed|went off)|seat ?belt (?:broke|failed|wouldn't|doesn't|won't)
        (?:stuck|trapped) (?:in|inside) (?:the |your |an? )?(?:\w+ )?(?:lift|elevator|store|shop|building|car park)
        (?:safety|fire|electrical|shock|burn|trip|tripping|serious|major|real|huge|health) (?:and safety )?(?:hazard|risk|danger)(?! (?:assessment|lights))
        death ?trap|accident waiting to happen|(?:someone|somebody|child|kid|people|you) (?:\w+ )?(?:could|will|going to|gonna|might) (?:\w+ )?(?:be killed|get killed|die|get hurt|be hurt|be injured|get injured|electrocuted|burn to death)
        (?:gonna|going to|will|could|might) (?:kill|hurt|injure|burn|electrocute) (?:someone|somebody|a child|a kid|people|my kids?|my child\w*)
        (?:assaulted|attacked|punched|hit|groped|grabbed|pushed|shoved|choked|bit|bitten|spat at|spat on|molested|raped|followed me home|dragged) (?:me|my \w+|him|her|us|a customer|a passenger|an? \w+ woman|by) … (?:driver|staff|employee|guard|security|attendant|courier|engineer|technician|agent|passenger|manager|rep|man|dog)
        (?:driver|staff|employee|guard|security|attendant|courier|engineer|technician|agent|manager|rep) (?:\w+ ){0,3}(?:assaulted|attacked|punched|groped|shoved|physically|molested|slapped|hit me|hit my|choked|followed me)
        (?:sexual|physical) assault|sexually assaulted|domestic violence
        (?:water|ceiling|roof|wall|shelf|shelves|balcony|ladder|scaffold\w*) (?:\w+ ){0,2}(?:collapsed|caved in|fell on|fell down on)
        (?:baby|child|kid|toddler|son|daughter|infant) (?:\w+ ){0,3}(?:locked in|trapped|stuck in|burned|burnt|electrocuted|strangled|suffocat\w*)
        suffocat\w+|strangl(?:ed|ing|ation)|drown(?:ed|ing)|heat ?stroke|hypothermia|frostbite
        """,
    "es": r"""
        (?:mareo\w*|mareado|mareada|dolor de cabeza|nauseas) (?:\w+ ){0,4}(?:desde|por|tras|despues)|(?:rueda|freno\w*|horquilla) (?:\w+ ){0,3}(?:solto|rompio|fallo|fallaron)|en la nariz|(?:freidora|cocina|cortina|sofa) (?:\w+ )?(?:ardiendo|quemad\w+|prendio)
        se (?:metio|ha metido|llevo) (?:\w+ ){0,4}(?:en|a) la boca|(?:echa|echando|echaba|suelta|soltando|sale|saca) (?:\w+ )?(?:humo|chispas|llamas|fuego)|da (?:calambre|calambres|corriente)|cortocircuito|casi (?:se|me|nos) (?:quema|cae|ahoga|mata|asfixia)\w*|se (?:cayo|callo) (?:\w+ ){0,4}(?:encima|herid\w+|cabeza)|(?:pie|mano|dedo|cara|brazo|pierna) (?:\w+ ){0,3}(?:atrapad\w+|quemad\w+|cortad\w+|sangrando)
        (?:se )?(?:incendi\w+|prendi\w* fuego|prendio|quem[oa]\w*|esta ardiendo|ardi[oe]\w*) … (?:<thing>|casa|cocina|sola?|en llamas|fuego|bateria|cargador|movil|telefono)
        <thing> … (?:se (?:incendi\w+|prendi\w*|quem\w+|derriti\w+|hincho|infl\w+|calienta (?:mucho|demasiado|muchisimo))|en llamas|echa\w* (?:humo|chispas)|sac[oa]\w* (?:humo|chispas)|solt\w+ (?:humo|chispas)|explot\w+|revent\w+|arde|hinchad\w+|inflad\w+|quemad\w+|chamuscad\w+|derretid\w+)
        (?:se (?:ha )?(?:incendi\w+|prendi\w* fuego)|en llamas|bomberos|echando (?:humo|chispas)|echa (?:humo|chispas)|sale humo|salia humo|saliendo humo|sale fuego|saltan chispas|chispazos?|cortocircuito|fuga de gas|escape de gas|huele a (?:gas|quemado|humo|plastico)|olor a (?:gas|quemado|humo|plastico)|huelo (?:a )?gas|monoxido|explot(?:o|aron|ado|a|e|ando)(?! (?:a |al |la |los |las |el )?(?:\w+ )?(?:trabajador\w*|repartidor\w*|emplead\w*|gente|client\w*|ninos|personas|mujeres|nuestr\w*|rider\w*))|explosion|intoxica\w+|envenena\w+)
        (?:descarga|calambre|calambrazo|corrientazo|choque electrico|chispazo|toque electrico)|me (?:dio|ha dado|da) (?:la )?(?:corriente|calambre|un calambre)|electrocut\w+
        (?:se )?(?:trag[oa]\w*|ha tragado|tragado|atragant\w+|ahog[oa]\w*|comio) … (?:pila|bateria|iman|pieza|boton|tornillo|hij[oa]|bebe|nin[oa]|perro)|(?:hij[oa]|bebe|nin[oa]|perro|gato) … (?:se (?:ha )?(?:trag\w+|atragant\w+)|ha tragado)
        (?:pila|bateria)\w* (?:\w+ ){0,2}(?:hinchad\w+|inflad\w+|abombad\w+|pierde|perdiendo|gotea\w*|ardiendo|quema|explot\w+)
        (?:me|le|se|nos) (?:he |ha |hemos )?(?:quem[eoa]\w*|cort[eoa]\w*|lastim\w+|hiri\w*|lesion\w+|romp\w+|rot\w+|fractur\w+) (?:\w+ ){0,2}(?:mano|dedo|dedos|cara|brazo|pierna|pie|ojo|hij[oa]|muneca|tobillo)
        (?:en (?:el )?hospital|al hospital|urgencias|ambulancia|herid[oa]s?|lesionad[oa]s?|sangr\w+|accidente)(?! de trabajo)
        (?:peligro de|es un peligro|muy peligros[oa]|riesgo de incendio|casi (?:me|nos|se|le) (?:mata|mato|quem\w+|electrocut\w+|incendi\w+|atropell\w+))
        atropell\w+|reaccion alergica|vomit\w+ (?:despues|tras|por)
        """,
    "fr": r"""
        (?:mal a la tete|vertiges?|nausees?) (?:\w+ ){0,4}(?:depuis|apres|a cause)|(?:roue|frein\w*|fourche) (?:\w+ ){0,3}(?:lache\w*|cass\w+|detach\w+)|dans le nez|autour du cou
        (?:fait|faisait|jette|crache|lance) (?:\w+ )?(?:des )?(?:etincelles|flammes|fumee)|s'est (?:brule|brulee|coupe|coupee|electrocute|electrocutee|etouffe|etouffee|blesse|blessee|coince|coincee)|court[ -]circuit|(?:main|doigt|pied|bras|visage|jambe) (?:\w+ ){0,3}(?:coince\w*|brule\w*|coupe\w*|en sang)|mis (?:\w+ ){0,3}dans la bouche|detecteur de (?:fumee|monoxyde|co) (?:\w+ ){0,3}(?:sonne|declenche|hurle)
        (?:a |ont |est en train de |va )?(?:pris feu|prend feu|pris flamme|cram[ee]\w*|explos(?:e|ee|es|ees|ion|ions|er|ait|ent)|brule[rs]?|brulait)(?! les etapes| d'envie)
        <thing> … (?:brul\w+|fum\w+|fond\w*|fondu\w*|gonfl\w+|chauff\w+ (?:trop|enorm\w+|beaucoup|a mort)|etincel\w+|pet[ee]\w*|brulant\w*|disjonct\w+|crache|en feu|coule|fuit)
        (?:en feu|en flammes|incendie|pompiers|de la fumee|fumee (?:noire|blanche)|etincelles?|fuite de gaz|odeur de (?:gaz|brule|fumee|plastique)|(?:ca|sent|sens|pue) (?:sent )?(?:le )?(?:gaz|brule|cram\w+|roussi)|monoxyde|intoxiqu\w+|intoxication|empoisonn\w+)
        (?:decharge electrique|choc electrique|coup de jus|(?:m'|s'|l'|d'|suis |ete |faillis? )?electrocut\w+|electris(?:e|ee|es|er)\b|(?:pris|prend|prends|recu) (?:le|du|un) (?:coup de )?(?:jus|courant))
        (?:aval[ee]\w*|ingere\w*|etouff\w+) … (?:pile|aimant|batterie|piece|bouton|vis|fils?|fille|bebe|enfant|chien|chat)|(?:fils|fille|bebe|enfant|chien|chat|petit\w*) … (?:a aval\w+|s'etouff\w+|s'est etouff\w+|s'est brul\w+|s'est bless\w+|s'est electrocut\w+)
        (?:batterie|pile|accu)\w* (?:\w+ ){0,3}(?:gonfl\w+|fuit|coule|brulante?|explos\w+|deform\w+)
        (?:m'est|s'est|me suis|nous sommes|s'etait) (?:\w+ )?(?:brul\w+|bless\w+|coup\w+|cass\w+|electrocut\w+|ouvert) (?:\w+ ){0,3}(?:main|doigts?|visage|bras|jambe|pied|poignet|oeil|avec|en|a cause|gravement|au)
        (?:a l'hopital|aux urgences|ambulance|le samu|les urgences|bless[ee]s?|saign\w+|points de suture|reaction allergique)
        (?:risque d'incendie|tres dangereu\w+|c'est dangereu\w+|danger de mort|(?:failli|manque) (?:me |se |nous |y )?(?:mourir|bruler|tuer|electrocuter|renverser|rester|prendre feu|m'electrocuter))
        renvers[ee] (?:par|mon|ma|un)
        """,
    "de": r"""
        in der nase|(?:gardine|vorhang|teppich|sofa|bett|tisch|kuche|kueche|decke) (?:\w+ ){0,2}(?:angezund\w*|angezuend\w*|verbrannt|angesengt|in brand|gebrannt)|angezund\w*|angezuend\w*|(?:schwindlig|schwindelig|ubel|uebel|kopfschmerzen) (?:\w+ ){0,4}(?:seit|nach|von|durch)|(?:rad|bremse|gabel|lenker) (?:\w+ ){0,2}(?:abgefallen|gebrochen|versagt|abgebrochen)
        (?:kind|sohn|tochter|baby|hund|katze|enkel) (?:\w+ ){0,4}(?:verschluckt|geschluckt|gegessen|in den mund|erstickt|verbrannt|verletzt)|(?:schmort|kokelt|qualmt|funkt|brutzelt)|kurzschluss|(?:hand|finger|fuss|arm|bein) (?:\w+ ){0,4}(?:eingeklemmt|verbrannt|blutet|aufgeschnitten)|beinahe (?:erstickt|verbrannt|gesturzt)|rauchmelder (?:\w+ ){0,3}(?:ging|geht|piept|los)|explodiert
        (?:in brand|fing feuer|gefangen feuer|feuer gefangen|faengt feuer|fangt feuer|in flammen|brennt (?:mein|meine|der|die|das|es|bei)|es brennt|hat gebrannt|feuerwehr|brandgefahr|brandgeruch|verbrannt|abgebrannt|angesengt|verschmort\w*|durchgeschmort|schmort|geschmolzen|schmilzt|geschmort|brandflecken?|verkohlt)
        <thing> … (?:brennt|raucht\w*|qualmt\w*|explodiert\w*|geplatzt|aufgeblah\w+|aufgeblaht|dick geworden|funken|funkt|gluht|glueht|gluehend heiss|gluhend|aufgequollen|gewolbt|gewoelbt|knallt\w*|stinkt verbrannt|wird (?:so |extrem |sehr |total |brennend )+heiss)
        (?:rauch|qualm|rauchentwicklung|raucht|qualmt|funken|funkenflug|stichflamme|explodier\w+|explosion|in die luft (?:geflogen|gegangen)|hochgegangen|kurzschluss|kokelt|verbrannte finger)(?!melder)
        (?:riecht|stinkt|roch|stank|geruch|gestank) (?:\w+ ){0,3}(?:nach )?(?:\w+ )?(?:gas|verbrannt\w*|rauch|brand|verschmort\w*|plastik|angebrannt\w*|schmor\w*)|gasgeruch|gasleck|gas (?:tritt|tropft|stromt|stroemt) aus|gasaustritt|kohlenmonoxid|co melder|schmorgeruch
        (?:stromschlag|elektrischen? schlag|stromschlage|eine gewischt|einen schlag bekommen|unter strom)
        (?:verschluckt|geschluckt|verschlucken|erstick\w+) … (?:knopfzelle|batterie|magnet\w*|teil|kleinteil|schraube|sohn|tochter|kind|baby|hund)?
        (?:akku|batterie|zelle|powerbank)\w* (?:\w+ ){0,4}(?:aufgeblah\w+|aufgeblaht|geblaht|dick|gewolbt|gewoelbt|ausgelaufen|lauft aus|laeuft aus|heiss|ausgebeult|geplatzt|gequollen|aufgequollen|brennt)
        (?:hand|finger|arm|gesicht|bein|fuss|haut|auge|sohn|tochter|kind|mich|sich|mir) (?:\w+ ){0,4}(?:verbrannt|verbruht|verbrueht|verletzt|geschnitten|gebrochen|gequetscht|verätzt|veratzt|eingeklemmt)
        (?:verletzt|verletzung\w*|verbrennung\w*|krankenhaus|notaufnahme|notarzt|krankenwagen|rettungswagen|blutet\w*|vergiftet|vergiftung|allergische reaktion|ohnmachtig|ohnmaechtig|bewusstlos|unfall mit)
        (?:lebensgefahr\w*|lebensgefahrlich|lebensgefaehrlich|gemeingefahrlich|fast (?:gestorben|abgebrannt|umgebracht|uberfahren|ueberfahren)|beinahe (?:gestorben|abgebrannt|uberfahren|ueberfahren)|angefahren|uberfahren|ueberfahren|brandgefahrlich)
        """,
    "pt": r"""
        deu curto|curto[ -]circuito|sai(?:u|ndo|a) (?:fogo|fumaca|faisca\w*|fumo)|pegando fogo|colocou (?:\w+ ){0,3}na boca|(?:mao|dedo|pe|braco|perna|rosto) (?:\w+ ){0,3}(?:pres[oa]|queimad\w+|cortad\w+|sangrando)|quase (?:\w+ )?(?:caiu|sufocou|engasgou|explodiu|queimou)|dedo (?:ficou )?preso
        (?:peg(?:ou|ando|a) fogo|em chamas|incendi\w+|bombeiros|explodi\w+|explos\w+|estour(?:ou|ando)|queimou (?:a|o|minha|meu|tudo)|derreteu|derretendo|derretid\w+)
        <thing> … (?:soltando (?:fumaca|faisca\w*)|saindo (?:fumaca|fogo|faisca\w*)|pegou fogo|derret\w+|estufad\w+|estufou|estufando|inchad\w+|inchou|inchando|explodi\w+|esquentando (?:muito|demais)|estourou|queimando|dando choque|deu choque|quente demais|a ferver|a deitar fumo|deitou fumo|faiscas?)
        (?:fumaca|faiscas?|curto[ -]circuito|cheiro (?:forte )?(?:de|a) (?:gas|queimad\w+|fumaca|plastico|fumo)|cheir\w+ a (?:gas|queimado|fumo)|vazamento de gas|vazando gas|fuga de gas|monoxido|intoxica\w+|envenena\w+|a deitar fumo)
        (?:lev(?:ei|ou|amos) (?:um )?choque|tom(?:ei|ou) (?:um )?choque|choque eletrico|dando choque|da choque|deu (?:um )?choque|apanh(?:ei|ou) (?:um )?choque|eletrocut\w+)
        (?:engol\w+|engasg\w+) … (?:pilha|bateria|ima|peca|botao|parafuso|filh[oa]|bebe|crianca|cachorro)?
        (?:bateria|pilha)\w* (?:\w+ ){0,2}(?:estufad\w+|inchad\w+|inchou|vaz\w+|estufou|explodi\w+|fervendo)
        (?:queim(?:ei|ou)|cort(?:ei|ou)|machuc(?:ou|ado|ada|ou-se|uei|quei)|machuquei|feri(?:u|mento|do|da)|quebr(?:ei|ou)|aleij\w+|magoou-se) (?:\w+ ){0,3}(?:mao|dedo|dedos|rosto|braco|perna|pe|olho|filh[oa]|punho|me|feio|gravemente)
        (?:hospital|pronto[ -]socorro|ambulancia|samu|urgencias?|ferid[oa]s?|sangr\w+|pontos na|reacao alergica|acidente)(?! de transito)
        (?:risco de (?:incendio|vida|choque)|muito perigos[oa]|quase (?:morr\w+|peg\w+ fogo|me mat\w+|mat\w+|atropel\w+)|atropel\w+)
        """,
    "it": r"""
        scottatur\w+|(?:mi gira la testa|mal di testa|nausea) (?:\w+ ){0,4}(?:da|dopo|per)|(?:ruota|freno|freni|forcella) (?:\w+ ){0,2}(?:staccat\w+|rott\w+|ceduto)|tend[ae] (?:\w+ )?(?:bruciat\w+|in fiamme)
        (?:mano|dito|piede|braccio|gamba|viso) (?:\w+ ){0,3}(?:incastrat\w+|bruciat\w+|tagliat\w+|sanguina\w*)|messo (?:\w+ ){0,3}in bocca|corto ?circuito|fa scintille|fa fumo|dato la scossa|da la scossa|quasi (?:\w+ )?(?:cadut\w+|soffocat\w+|bruciat\w+|esplos\w+)
        (?:ha preso fuoco|preso fuoco|prende fuoco|in fiamme|andat[oa] a fuoco|incendi\w+|pompieri|vigili del fuoco|esplos\w+|esplode|scoppiat\w+|scoppiando|bruciat[oa] (?:il|la|tutto|completamente)|sciolt[oa]|fus[oa])
        <thing> … (?:fuma|fumo|scintille|brucia\w*|scottava|scotta|gonfi\w+|esplos\w+|scoppiat\w+|sciolt\w+|bollente|incandescente|scintill\w+|fuso|surriscald\w+|prende fuoco)
        (?:esce (?:del )?fumo|fumo nero|fa fumo|usciva fumo|scintille|corto ?circuito|puzza di (?:gas|bruciato|fumo|plastica)|odore di (?:gas|bruciato|fumo|plastica)|sento (?:odore di )?gas|fuga di gas|perdita di gas|monossido|intossica\w+|avvelena\w+)
        (?:scossa|scosse|folgorat\w+|fulminat[oa]|presa la corrente|elettrocut\w+)
        (?:ingoi\w+|inghiott\w+|ingerit\w+|soffoca\w+|strozz\w+) … (?:pila|batteria|magnete|pezzo|bottone|vite|figli[oa]|bimb[oa]|bambin[oa]|cane)?
        (?:batteria|pila|batterie)\w* (?:\w+ ){0,2}(?:gonfi\w+|perde|esplos\w+|bollente|scotta|rigonfi\w+|scoppiat\w+)
        (?:mi sono|si e|ci siamo|mio figlio si e|mia figlia si e|mi ha|gli ha|le ha) (?:\w+ )?(?:bruciat\w+|ustionat\w+|tagliat\w+|ferit\w+|rott\w+|fatt\w+ male|scottat\w+) (?:\w+ ){0,3}(?:mano|dito|dita|viso|braccio|gamba|piede|occhio|polso|con|il|la|al|male)
        (?:in ospedale|all'ospedale|pronto soccorso|ambulanza|ferit[oi]|ustion\w+|sanguin\w+|punti di sutura|reazione allergica|svenut[oa])
        (?:pericolo di|rischio (?:di )?incendio|pericolosissim\w+|molto pericolos\w+|e pericolos\w+|quasi (?:mort\w+|ammazzat\w+|prend\w+ fuoco|folgorat\w+|investit\w+)|rischiato (?:di|la) (?:morire|vita|prendere fuoco|grosso)|investit[oa] (?:da|mio|mia))
        """,
    "nl": r"""
        kortsluiting|brandlucht|vonkt|rookt|in zijn mond|in haar mond|(?:hand|vinger|voet|arm|been) (?:\w+ ){0,4}(?:klem|bekneld|verbrand|bloedt|opengehaald)|bijna (?:\w+ )?(?:gestikt|verbrand|gevallen|ontploft)|rookmelder (?:\w+ ){0,3}(?:ging|gaat|af)
        (?:vlam gevat|vatte vlam|in brand|vliegt in brand|vloog in brand|in de fik|brandweer|brandgevaar\w*|brandlucht|verbrand\w*|doorgebrand|gesmolten|smelt|ontploft\w*|ontploffing|geexplodeerd|explodeerde|explosie|uit elkaar geknald|geknald|schroeiplek\w*|geschroeid|schroeilucht)
        <thing> … (?:rookt\w*|rook|vonken|vonkt\w*|gloeiend heet|gloeiend|opgezwollen|opgezet|bol|opgeblazen|gezwollen|zwelt|in brand|ontploft\w*|gesmolten|smolt|kokend heet|lekt zuur|bloedheet|roodgloeiend|te heet)
        (?:rook (?:uit|komt|kwam|en)|er komt rook|vonken|kortsluiting|gaslucht|gaslek|gas lekt|ruik\w* (?:\w+ )?(?:gas|brand\w*|rook|verbrand\w*|schroei\w*)|ruikt naar (?:gas|brand|rook|verbrand\w*)|stinkt naar (?:gas|brand|rook|verbrand\w*)|koolmonoxide\w*|vergiftig\w*|voedselvergiftiging)
        (?:schok (?:gekregen|van|gehad)|elektrische schok|stroomschok|onder stroom|geelektrocuteerd|kreeg een schok|een opdonder)
        (?:ingeslikt|doorgeslikt|slikte|verslikt\w*|gestikt|stikken|stikte) … (?:batterij|knoopcel|magneet|onderdeel|zoon|dochter|kind|baby|hond|schroef)?
        (?:batterij|accu|powerbank)\w* (?:\w+ ){0,4}(?:bol|opgezwollen|gezwollen|opgezet|opgeblazen|lekt|gloeiend|heet|ontploft\w*|bolt)
        (?:hand|vinger|vingers|arm|gezicht|been|voet|oog|zoontje|zoon|dochter|dochtertje|kind|zich|mezelf) (?:\w+ ){0,4}(?:verbrand|gewond|gesneden|gebroken|bekneld|bezeerd|verwond)
        (?:gewond\w*|verwonding\w*|brandwond\w*|ziekenhuis|spoedeisende hulp|eerste hulp|ambulance|bloedt|bloedde|allergische reactie|flauwgevallen|bewusteloos|aangereden|overreden|hechtingen)
        (?:levensgevaarlijk|gevaarlijke situatie|heel gevaarlijk|erg gevaarlijk|bijna (?:dood|verbrand|overreden|geelektrocuteerd|gestikt|in brand|aangereden))
        """,
    "tr": r"yangin\w*\nalev aldi|patladi|duman cik\w+|elektrik carpti|gaz kokusu|gaz kacagi|pil sisti|hastane\w*|yaraland\w+|yuttu",
    "he": r"""
        בלע\w*|נחנק\w*|הכניס\w* (?:\w+ ){0,3}לפה|התפוצץ|התפוצצה|עולה באש|מעלה עשן|יוצא (?:ממנו |ממנה )?עשן|(?:יד|אצבע|רגל|פנים) (?:\w+ ){0,3}(?:נתקע\w*|נכוות\w*|נחתכ\w*|מדממ\w*)|כמעט (?:נפל\w*|נחנק\w*|נשרפ\w*|התעלפ\w*)
        (?:עלה|עלתה|עולה|נדלק\w*|נשרף|נשרפה|נשרפו|בוער\w*) (?:\w+ ){0,2}(?:באש|אש|בלהבות)
        [ושהב]?(?:התפוצצ?\w*|מתפוצצ?\w*|פיצוץ|נשרפ?\w*|בוער\w*|להבות|שריפה|דליקה|כיבוי אש|מכבי אש|כבאים|ניצוצות|נצנוצים|קצר חשמלי)
        (?:יוצא\w*|יצא\w*|מעלה|העלה|הוציא\w*) (?:\w+ ){0,2}עשן|עשן (?:יוצא|מ\w+|שחור|סמיך)|ריח (?:\w+ ){0,2}(?:גז|שרוף|עשן|שריפה|פלסטיק)|ריח של (?:גז|שרוף|עשן)|דליפת גז|נזילת גז|גז דולף|מריח\w* (?:\w+ )?גז|פחמן חד חמצני
        (?:התחשמל\w*|מחשמל\w*|חשמל (?:אותי|אותו|אותה)|מכת חשמל|שוק חשמלי|זרם (?:מה|ב))
        [ושה]?(?:בלע|בלעה|בולע\w*|נחנק\w*|לבלוע) (?:\w+ ){0,4}(?:סוללה|בטרייה|בטריה|מגנט|חלק|כפתור|בורג)?
        (?:סוללה|בטריה|בטרייה|הסוללה|הבטריה|הבטרייה|סוללת) (?:\w+ ){0,4}(?:נפוחה|התנפחה|מתנפחת|נוזלת|דולפת|רותחת|לוהטת|התפוצצה|התנפח)|התנפחה|התנפח|נפוחה
        (?:נפצע\w*|פצוע\w*|נכווה|נכוותה|נכוויתי|כוויה|כוויות|נחתכ\w*|נשבר\w* (?:לי|לו|לה) (?:היד|הרגל|האצבע)|בית חולים|בבית החולים|לבית חולים|מיון|למיון|במיון|אמבולנס|מד"א|מדא|הורעל\w*|הרעלה|הרעלת|דימום|מדמם\w*|איבד\w* הכרה|התעלף|התעלפה)
        (?:סכנת (?:חיים|שריפה|התחשמלות)|מסוכן (?:מאוד|לילדים)|כמעט (?:נשרפ\w*|מת\w*|נהרג\w*|התחשמל\w*|נדרס\w*)|דרס\w*|נדרס\w*)
        (?:שורף|לוהט|רותח) (?:ל?מגע|ביד)|חם (?:מדי|ברמות|נורא)
        """,
    "ar": r"""
        (?:اكل\w*|بلع\w*|ابتلع\w*) (?:\w+ ){0,2}(?:بطاري\w*|مغناطيس|قطعه|حبه)|(?:دوخ\w*|صداع|غثيان) (?:\w+ ){0,4}(?:من|بعد|بسبب)
        شرق ب\w*|يشرق|ابتلع\w*|بلع\w*|اختنق\w*|(?:خرج|طلع|يطلع|يخرج|طلعت|خرجت) (?:منه |منها )?(?:دخان|نار|شرار\w*|لهب)|انفجر\w*|ينفجر|تماس كهرباي\w*|حط\w* (?:\w+ ){0,3}(?:فمه|فمها)
        (?:احترق\w*|اشتعل\w*|انفجر\w*|انفجار|حريق\w*|النار|نار في|يحترق|تحترق|ولعت?|شبت?|الاطفاء|المطافي|الدفاع المدني)(?! الاسعار)
        (?:دخان|شرار\w*|يدخن|شرر|ماس كهربا\w+|رايحه (?:غاز|حريق|شياط|احتراق|دخان|الغاز|حرق)|ريحه (?:غاز|حريق|شياط|حرق)|ريحة (?:غاز|حريق)|تسرب (?:ال)?غاز|تسريب غاز|اول اكسيد الكربون)
        (?:صعق\w*|صعقه|صعقني|كهربني|تكهرب\w*|كهربت\w*|صدمه كهربا\w+|التماس كهربا\w+|لمسني الكهرب\w*)
        (?:ابتلع\w*|بلع\w*|اختنق\w*|يختنق|شرق) (?:\w+ ){0,4}(?:بطاريه|البطاريه|مغناطيس|قطعه|زر)?
        (?:بطاريه|البطاريه|بطاريته|بطاريتي) (?:\w+ ){0,3}(?:منتفخه|انتفخت|تنتفخ|تسرب|انفجرت|ساخنه|حاره|منفوخه|نافخه|انتفخ\w*)|انتفخت|منتفخه
        (?:اصيب\w*|اصاب\w*|مصاب\w*|جرح\w*|مجروح|حروق|انحرق\w*|احترقت يد\w*|حرقت? يد\w*|نزيف|ينزف|المستشفي|مستشفي|الطواري|طواري|اسعاف|الاسعاف|تسمم\w*|مسموم|حساسيه شديده|اغمي عليه\w*|كسر\w* (?:يد|رجل)\w*)
        (?:خطر (?:علي|جدا|الحريق)|خطير جدا|كاد\w* (?:ان )?(?:يموت|يحترق|يقتل|تحترق)|كنت (?:راح )?اموت|دهس\w*|صدمني)
        """,
    "zh": r"""
        头晕|頭暈|恶心想吐|(?:轮子|輪子|刹车|剎車|车把).{0,6}(?:掉|失灵|失靈|断)|摔(?:伤|傷|下来|下來|倒)|夹(?:住|伤|到)|夾(?:住|傷|到)
        着火|著火|起火|火灾|火災|失火|燃烧|燃燒|自燃|爆炸|炸了|炸開|炸开|炸裂|爆裂|冒烟|冒煙|冒出(?:黑|白|浓)?烟|冒火|火花|火星|烧焦|燒焦|烧起来|燒起來|烧了起来|烧坏|燒壞|焦味|糊味|烧糊|燒糊|消防|烧穿
        (?:煤气|煤氣|燃气|瓦斯|天然气|天然氣|煤气味)(?:.{0,6})(?:味|泄漏|洩漏|漏|泄露|外洩)|一氧化碳|漏(?:煤)?气|漏瓦斯|漏電|漏电
        触电|觸電|电到|電到|被电|被電|电了一下|電了一下|电击|電擊|麻了一下|麻手
        (?:吞|误吞|誤吞|吞下|吞了|噎|卡住喉|呛).{0,8}(?:电池|電池|磁铁|磁鐵|零件|纽扣|鈕扣|硬币|硬幣|孩子|宝宝|寶寶|儿子|兒子|女儿|女兒)|(?:孩子|宝宝|寶寶|儿子|兒子|女儿|女兒|小孩|狗|猫).{0,14}(?:吞|噎|呛到|嗆到|窒息|误食|誤食)
        (?:电池|電池|充电宝|行動電源|行动电源|手机|手機|后盖|背盖|背蓋).{0,8}(?:鼓包|鼓起|膨胀|膨脹|鼓了|漏液|胀|脹|发烫|發燙|滚烫|滾燙|烫手|燙手)|鼓包|烫伤|燙傷|烫到|燙到|烫手|燙手
        受伤|受傷|割伤|割傷|划伤|劃傷|流血|骨折|住院|送医|送醫|医院|醫院|急诊|急診|救护车|救護車|烧伤|燒傷|灼伤|灼傷|中毒|晕倒|暈倒|昏倒|过敏反应|過敏反應|被撞|撞到(?:我|人|小孩)|砸到|砸伤|砸傷|差点(?:死|没命|烧|着火|爆)|差點(?:死|沒命|燒|著火)|生命危险|生命危險|安全隐患|安全隱患|很危险|很危險|太危险
        """,
    "ja": r"""
        (?:変な|異様な|焦げた)(?:臭い|匂い|におい).{0,10}(?:頭|気分|目|煙|熱)|頭が痛|頭痛がし|めまいが|吐き気|(?:車輪|タイヤ|ブレーキ|ハンドル)が?(?:外れ|取れ|効か|折れ)|赤ちゃん.{0,6}(?:落ち|転|挟)|落ちて(?:怪我|けが|頭)|首に(?:巻|絡)
        火が(?:出|つ|上が)|発火|出火|火事|火災|炎上した|燃え(?:た|て|上|出)|爆発|破裂|煙が|煙出|けむり|発煙|火花|焦げ(?:た|て|臭|くさ|跡)|こげ(?:た|くさ|臭)|焦げ|溶け(?:た|て|だ)|消防|スパークし
        ガス(?:臭|くさ|漏れ|もれ|の(?:匂|臭|にお)|が漏|のにおい)|一酸化炭素|漏電
        感電|ビリッと|びりっと|ビリビリ|電気が走
        (?:飲み込|誤飲|飲んでしま|のみこ|喉に詰|のどに詰|詰まらせ|窒息|誤食).{0,6}
        (?:電池|バッテリー|背面|本体|スマホ).{0,8}(?:膨ら|膨張|パンパン|液漏|発熱|熱く|膨れ|ふくら)|異常(?:な)?(?:に)?(?:発熱|熱)|熱くて(?:持て|触れ|さわれ)|液漏れ|膨張
        やけど|火傷|怪我|けが|ケガ|負傷|出血|血が|骨折|入院|病院|救急|重傷|軽傷|切っ(?:た|て).{0,4}(?:指|手)|(?:指|手|顔|腕|足).{0,5}(?:切っ|切れ|挟ま|はさま|やけど|火傷|怪我|けが)|食中毒|中毒|アレルギー反応|気を失|意識を失|轢かれ|ひかれそう|ぶつけられ|死にかけ|命に関わ|危険です|危ない|事故に
        """,
    "ru": r"загорел\w*|взорвал\w*|дым (?:идет|пошел|из|валит)|искр\w+|пахнет газом|запах газа|утечка газа|ударило током|током ударил\w*|вздул\w*|проглотил\w*|ожог\w*|травм\w+|больниц\w+|скорую|отравил\w*|пожар\w*",
    "ko": r"불이 (?:났|붙)|폭발|연기가|타는 냄새|가스 냄새|가스가 새|감전|배터리.{0,6}(?:부풀|팽창)|삼켰|화상|다쳤|병원|응급실|화재|불꽃",
}
