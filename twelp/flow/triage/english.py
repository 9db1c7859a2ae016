"""How people ask, complain and thank in English, as they write to a company: often without a question mark.

Rules as in `words.py`. Matched on case-folded text with straight apostrophes, which people also leave out ("doesnt").
`CLAUSE` stands where a clause begins: "how" asks there, and tells elsewhere ("that's how it is").
"""

from __future__ import annotations

_AUX = (
    "can|could|would|will|do|does|did|is|are|am|was|were|has|have|should|shall|may|might|isn't|isnt|aren't|arent|"
    "don't|dont|doesn't|doesnt|didn't|didnt|can't|cant|won't|wont|couldn't|couldnt|wouldn't|wouldnt|hasn't|"
    "haven't|shouldn't"
)
_WHO = (
    "i|you|u|we|it|this|that|these|those|there|they|he|she|y'all|yall|ya|someone|somebody|anyone|anybody|any|my|"
    "your|the|everyone|anything|something|one"
)

CLAUSE = (
    r"(?:^|[.!?,;:…\n()\"“”*/-]\s*|\b(?:and|but|so|or|also|ok|okay|hi|hey|hello|yo|well|then|plus|just|like|because|please|"
    r"pls|plz|sorry|um|uh|now|though|lol|yes|no|question|know|wonder|wondering|again|today|if so|in that case) )\s*"
)

OPENINGS = (
    (
        r"how(?! (?:nice|cool|great|lovely|sweet|awesome|wonderful|funny|kind|amazing|cute)\b)(?:'s)?|why|whys|"
        r"why's|what(?! (?:an?|the \w+ing|i|we|an)\b)(?:'s|s)?|where(?:'s|s)?|who(?:'s|s)?|whose|which|whats ?up|"
        r"when (?:<aux>|the (?:hell|fuck|heck)|exactly)|^(?:is|are|can|could|does|do|will|would)(?! (?:it|do|try|"
        r"send|dm|let|check|be|see|not|that|working|fine|good|back|now|the same|confirm|love|have|like|give|"
        r"definitely|keep|get|look|report|update|reach)\b) \w+|(?!do it\b)(?:<aux>) (?:<who>)|any (?:\w+ "
        r")?(?:idea|ideas|update|updates|news|word|chance|clue|way|tip|tips|advice|suggestion|suggestions|help|"
        r"eta|solution|fix|reason|possibility|thoughts|plans|info|luck|progress|timeline|answer|response|"
        r"alternative)|(?:help|fix|bring|explain|tell|give|refund|cancel|change|stop|add|make|allow|remove|update|"
        r"check|send|show|respond|reply|answer|restore|unlock|reset|return|replace|try)(?: (?:me|us|my|our|this|"
        r"that|it|the|your|back|an?|to|please|up))"
    )
    .replace("<aux>", _AUX)
    .replace("<who>", _WHO)
)
"""What asks, or asks for something, where a clause begins."""

ASKS = (
    (
        r"how (?:do|does|did|can|could|to|long|much|many|often|come|is|are|about|would|will|should|else|soon|far|"
        r"u|the hell)|why (?:is|are|am|do|does|did|would|will|can|can't|cant|isn't|isnt|aren't|don't|dont|doesn't|"
        r"doesnt|was|has|have|not|the|on|in|my|your|i|it|this|u|you)|what (?:is|are|do|does|did|can|could|should|"
        r"would|will|happened|to do|about|time|kind|else|if|gives)|what's (?:the|up|going|wrong|happening|your)|"
        r"whats (?:the|up|going|wrong|happening)|when (?:will|is|are|can|do|does|did|would|should)(?: (?:<who>))|"
        r"where (?:is|are|can|do|did|does|to|the)|which (?:one|is|of)|(?:can|could|would|will|do|did|have|are|r) "
        r"(?:you|u|y'all|yall|ya|someone|somebody|anyone)|(?:is|are) there (?:any|a|an|anyone|some|going)|is it "
        r"(?:possible|normal|ok|true|just|me|supposed|meant|safe)|(?:does|do|did|has|can) (?:anyone|anybody|"
        r"someone)|anyone (?:know|else|have|there|from)|(?<!yes )(?<!hold )please|pls|plz|plss|plse|pleaseee?|"
        r"(?<!your )(?<!the )(?<!for )(?<!of )(?<!that )(?<!i could )(?<!glad to )(?<!happy to )help(?: me| us| "
        r"please| pls| needed)?|need (?:some )?(?:help|assistance|support|advice)|assist|assistance|advise|let me "
        r"know|let us know|lmk|keep me (?:posted|updated)|wondering|i wonder|curious|(?:like|love|want|need|good|"
        r"nice|great|interested) to (?:know|hear|see|find out)|not sure (?:how|what|why|if|where|when|whether|"
        r"which)|(?:don't|dont|didn't|didnt|no) (?:know|idea|clue|understand|get) (?:how|what|why|if|where|when|"
        r"whether|which)|looking (?:for|to)|trying to (?:find|figure|work out|understand|get)|(?:i|we)(?:'d| "
        r"would)? (?:also )?(?:really )?(?:need|want|like|require|demand|request|demanding)(?: (?:to|a|an|my|the|"
        r"you|your|some|more|this|it)(?! (?:thank|say|tell you|let you|congrat)))|(?:i'd|id|would) (?:love|like|"
        r"prefer)|(?:wish|hoping|hope) (?:you|u|to|for|there|i could)|(?:need|needs|want|wanna|wanted) (?:a|an|my|"
        r"new|to (?:change|cancel|know|get|report|return|speak|talk|link|activate|add|make|see|buy|order|find|"
        r"use))|interested in|inquiring|enquiring|wondered|asking (?:to|for|if|about)|instructions|tell me|"
        r"explain|thanks in advance|thank you in advance|thx in advance|tia|(?:i have|i've|got|one|quick|another|"
        r"my|a) question|questions|suggestions|recommend|recommendations|get rid of|bring (?:it |them |\w+ )?back|"
        r"give me|(?:is|are) (?:you|u) (?:going|planning|able)|(?:should|must|need to|needs to|have to|ought to) "
        r"(?:be|fix|have|add|make|get|do|allow|stop|change|update|look|sort|bring)"
    )
    .replace("<aux>", _AUX)
    .replace("<who>", _WHO)
)
"""What asks wherever it stands."""

WOES = (
    r"(?:does|do|did|is|are|was|were|has|have|had|ca|wo|could|would|ai|should)n'?t(?! (?:wait|worry|matter|mind|"
    r"think|happen again|be happier|agree more|complain|get me wrong|mean|realise|realize|know you|believe how "
    r"(?:good|great)|forget))|(?:does|do|did|is|are|was|were|has|have|had|could|would|will|should|can) not(?! "
    r"(?:wait|worry|matter|mind|happen again))|havn'?t|hav'?nt|cannot|unable|unauthori[sz]ed|twice|multiple times|"
    r"fraudulent|pending|strange|weird|odd|unusual|unexpected|suspicious|unfamiliar|forgot|forgotten|expire|"
    r"expires|expiring|mistake|mistakes|reverted|reverts|hassle|only (?:got|gave|received|get|gives)|took my|"
    r"stole|concerned|suffering|sux|wtf|paraly[sz]ed|slowdown|drains|takes ages|not keen|extra (?:fee|charge|"
    r"\S{1,4} fee)|additional (?:fee|charge)|intermittent\w{0,2}|randomly|not (?:\w+ )?(?:working|work|able|"
    r"loading|showing|helpful|available|responding|connecting|playing|received|receiving|getting|letting|happy|"
    r"impressed|acceptable|good enough|right|fixed|yet|opening|syncing|saving|recognized|recognised|recognizing|"
    r"found|cool|ok|okay|help|helping|true|supported|possible|charging|turning|coming|arrived|delivered|usable|"
    r"paying|what i|one|once|the first|a|an answer|clear|correct|enough|fair|fun|even)|nothing (?:\w+ )?(?:works|"
    r"worked|happens|happened|helps|changed|changes|shows|plays|yet|back)|no (?:response|answer|reply|luck|option|"
    r"way|change|changes|sound|signal|internet|service|update|help|longer|one|email|refund|success|avail|"
    r"difference|confirmation|solution|explanation|access|lyrics|wifi)|neither|nor|still (?:no|not|nothing|"
    r"waiting|\w+n'?t|\w+ing|the same|same|down|out|broken|stuck|says|gives|a|an|have|has|get|does|happens|need|"
    r"shows|crashes)|broke|broken|died|dies|dead|breaks|error|errors|err|crash|crashes|crashed|crashing|crashy|"
    r"stuck|freeze|freezes|freezing|frozen|froze|bug|bugs|buggy|bugged|glitch|glitches|glitchy|glitching|issue|"
    r"issues|problem|problems|prob|trouble|troubles|fail|fails|failed|failing|failure|missing|disappeared|"
    r"disappear|disappears|disappearing|vanished|gone|lost|losing|deleted itself|wrong|incorrect|stopped|stops|"
    r"keeps? (?:\w+ing|on|telling|saying|asking|getting|me)|kept \w+ing|kicked|logged me out|logs me out|logging "
    r"me out|locked out|locked|hack|hacked|hacker|hackers|stolen|compromised|charged|charging me|overcharged|"
    r"double charged|billed|refund|cancelled|canceled|cancel|delayed|delay|late|never (?:arrived|received|got|"
    r"came|works|worked|again|responded|answered|replied|heard|shows|showed|crashed)|waiting|waited|been (?:\w+ "
    r")?(?:waiting|down|out|\d+ \w+|hours|days|weeks|months|trying)|rude|terrible|horrible|awful|worst|useless|"
    r"ridiculous|unacceptable|disappointed|disappointing|disappointment|frustrated|frustrating|annoying|annoyed|"
    r"pissed|sucks?|shame|joke|poor|pathetic|disgusting|disgraceful|disgrace|appalling|hate|hates|ruined|ruining|"
    r"slow|laggy|lagging|lag|lags|buffering|skips|skipping|grayed out|greyed out|blank|black screen|cuts? (?:off|"
    r"out)|cutting out|dropping|drops|shuts? (?:down|off)|turns? off|closes|restarts|rebooting|overheating|drain|"
    r"draining|doubled|duplicate|duplicates|expired|declined|rejected|refused|denied|blocked|suspended|banned|"
    r"disabled|removed|taken off|took (?:it )?away|messed up|screwed|mess|unplayable|unusable|unreadable|outage|"
    r"down (?:again|for|right|in|since)|is down|are down|won't let|wont let|tried (?:everything|all|that|it|to|"
    r"many|multiple|both|again|several)|already (?:tried|did|done)|happening|happens (?:every|all|again|on|when|"
    r"with)|happened again|fix (?:it|this|that|your|the)|scam|fraud|ripped off|misleading|waste|switching to|"
    r"leaving|goodbye|on hold|hold times?|\d+ ?(?:min|mins|minutes|hour|hours|hr|hrs|days|weeks) (?:hold|wait|"
    r"delay|late)|unavailable|spinner|unhelpful|atrocious|abused|threatened|inappropriate|lack of|upsetting|upset|"
    r"poor\w{0,20}|wasted|attitude|nasty|dirty|dirtiest|filthy|falling (?:off|apart)|total bs|crap|hung up|hang "
    r"up|for (?:over|more than) an hour|suppose(?:d)? to (?:be|have|arrive|land)|nothappy|\w{2,30}fail|no "
    r"(?:luggage|bag|bags|call|employee|staff|communication|info|information|record|power|picture|image|"
    r"explanation)|never been|complaint|complain|complaining|unfortunately|nope|fed up|sick of|tired of|no good|"
    r"warped|faulty|defective|damaged|leaking|cracked|(?:nobody|no ?one|not one person) (?:\w+ )?(?:turns? up|turned up|"
    r"answers?|answered|picks? up|picked up|replies|replied|shows? up|showed up|came|comes|knows|knew|cares|helps?|helped)|"
    r"barely|hopeless|destroyed|forever|absurd|aggravation|aggravating|horrific|hostages?|rudest|lied|lies|lying|disrespect\w*|"
    r"fucked(?: up)?|screw up|screwed up|screw-up|\w*sucks|\w*fail|ffs|smh|(?:long|huge|endless) (?:line|lines|wait|queue)|"
    r"too long|so long|(?:hour|hours|hrs|hr|min|mins|minutes) (?:\w+ ){0,2}(?:on hold|hold|in line|queue|to|waiting|for nothing)|"
    r"delays|less than (?:helpful|impressed|happy|ideal|stellar)|busy signal|gave up|giving up|nightmare|incompeten\w+|"
    r"unprofessional|careless\w*|never again|neveragain|you (?:promised|said|told me|claimed)|was (?:promised|told)|were "
    r"(?:promised|told)|told me (?:one thing|there|that|it|i|she|he|they)|disaster|chaos|horrid|dreadful|abysmal|shambles|"
    r"shocking|disgust\w*|angry|furious|fuming|livid|not easy|difficult|made me|makes me|having to|had "
    r"to (?:wait|call|pay|drive|walk|hunt|buy|rent|hang|sit|stand|go back|do it|reset|restart|reinstall|re-?book)|have to "
    r"(?:wait|pay|restart|reset|reinstall|call)|nothing (?:opens|loads|plays|shows|helps|works|happens|pairs|connects|syncs|responds|charges|turns on|prints|saves|downloads)|no (?:crew|air|"
    r"apology|apologies|compensation|hotel|food|water|heating|hot water|one|seats?|option)|taken? (?:an?|over|almost|ages|"
    r"\d+) (?:hour|hours|weeks?|months?|days)|took (?:an?|over|almost|ages|\d+) (?:hour|hours|weeks?|months?|days|mins?)"
)
"""What says that something is wrong, and so wants an answer."""

SARCASM = (
    r"thanks? (?:you )?(?:a lot )?for (?:nothing|ruining|wasting|the (?:terrible|awful|lack|delay|worst|non)|not|"
    r"losing|breaking|ignoring|charging|cancell?ing|leaving|screwing)|thanks (?:but )?no thanks|great (?:job|"
    r"work) (?:ruining|breaking|losing)|gee thanks|(?<!thank you )(?<!thanks )(?<!you )(?<!u )so much for|no "
    r"thanks to"
)
"""Thanks that are none."""

THANKS = (
    r"thank(?:s|y|yo?u|ing)?(?: (?:you|u|so much|a lot|a ton|very much))?|thanx|thnx|thnks|thks|thx|tnx|tysm|tyvm|"
    r"tks|ty|cheers|appreciated?|much obliged|grateful|kudos|props|shout ?out|bless you"
)

PRAISE = (
    r"love(?:d|ly)?(?: (?:it|you|u|this|your|the|my))?|awesome|amazing|great|excellent|perfect(?:ly)?|brilliant|"
    r"fantastic|wonderful|best|superb|splendid|superstars?|legends?|rock|rocks|cool|nice|good (?:job|work|stuff|"
    r"service)|well done|sweet|yay|woohoo|so happy|congrats|congratulations|impressed|helpful|kind of you|excited|"
    r"can't wait|cant wait"
)

SETTLED = (
    r"(?:works?|working|worked|fixed|sorted|solved|resolved|good|okay|ok|fine|back|up)(?: \w+)? (?:now|again|fine|"
    r"great|perfectly|like a charm|like a dream|better|well)|that worked|it worked|worked it out|(?:it|that|this|"
    r"you|already|been|got it|i|i've|all|now|issue|problem|have|was|is|it's|its|that's) (?:\w+ )?(?:fixed|sorted|"
    r"solved|resolved|worked)|did the trick|do the trick|all good|all set|all sorted|never ?mind|nvm|nevermind|"
    r"figured (?:it )?out|no worries|no problem|not a problem|got it (?:working|sorted|fixed|now|thanks|thank|to "
    r"work)|taken care of|(?:i|we) (?:have |'ve )?solved|ignore (?:that|this|me|my)|works (?:like|a treat)"
)
"""What says that it is over …"""

UNSETTLED = (
    r"but|still|not|never(?! ?mind)|again|yet|until|till|soon|hope|hopefully|hoping|need|needs|should|asap|"
    r"stopped|if|unless|hasn'?t|isn'?t|wasn'?t|haven'?t|doesn'?t|don'?t|won'?t|can'?t|be|get|once|temporarily|"
    r"then|only|except|however|unfortunately"
)
"""… unless one of these is near: then it is not over."""

NOT_WRONG = (
    r"no (?:questions?|quibbles?) asked|(?:found|finding|recovered|returned|rescued|tracked down|saved|replaced|replacing|"
    r"sorted|mended|repaired|fixed) (?:\w+ ){0,3}(?:lost|missing|stolen|stuck|broken|cracked|damaged|faulty|delayed)|"
    r"(?:wouldn't|would not|didn't|did not|don't|won't|refused to|never) (?:even )?(?:take|accept|charge|let me "
    r"pay|hear of|want|ask for)(?: me| us)?(?: an?| any| one| my| the)? ?(?:penny|cent|money|dime|payment|tip|"
    r"anything|extra|for it)|(?:couldn't|could not) (?:be|have been|ask|have asked|recommend|fault|thank|wish|"
    r"have done|be happier|imagine|believe (?:how|my))[^.!?]*|(?:can't|cannot|cant|can not) (?:thank|fault|"
    r"recommend|praise|believe how|say enough|complain|rate|beat|stop (?:smiling|listening|using|playing)|wait|"
    r"get enough|go wrong|imagine)[^.!?]*|(?:didn't|did not) (?:have to|even have to|need to|even need|expect|"
    r"even ask|hesitate|give up|disappoint)[^.!?,]*|without (?:an?|any|one) (?:problem|issue|hassle|trouble|fuss|"
    r"delay|question|hitch|glitch)s?|no (?:problems?|issues?|hassle|fuss|trouble|delays?|complaints?|questions "
    r"asked|quibbles?|stress)(?: at all)?|never (?:let (?:me|us) down|had (?:an?|any) (?:\w+ )?(?:issue|problem|"
    r"complaint)s?|disappoint\w*|fails? to|been happier|felt|seen such)|not (?:an?|one) (?:single )?(?:problem|"
    r"issue|complaint|hitch|scratch)|(?:problem|issue|issues|problems|bug|trouble) (?:\w+ ){0,2}(?:resolved|"
    r"solved|fixed|sorted|gone|over)|(?:fixed|solved|resolved|sorted|sorting|fixing|resolving|solving|handled|"
    r"handling) (?:\w+ ){0,3}(?:problems?|issues?|mess|mistake|error|bugs?|delay|complaint)|worry free|hassle[ "
    r"-]free|despite (?:the )?\w+|(?:even )?(?:though|after) (?:it|i|we|my|the|they) (?:was|were|had|lost|forgot|"
    r"broke|missed)[^.!?,]*|(?:late|last) (?:night|minute)|never ?mind"
)
"""What is no complaint where somebody thanks or praises."""

COMMON = frozenset(
    """the a an and or but i i'm i've my me we you your it it's its is are was to of in on at for with this that have
    has had not no can can't do don't does doesn't didn't will won't so just been they be if when what how why where
    please thanks thank there get got still from about all app now any am""".split()  # noqa: SIM905  (reads as the list it is)
)
"""The small words English is known by."""
