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
        r"how(?! (?:nice|cool|great|lovely|sweet|awesome|wonderful|funny|kind|amazing|cute)\b)(?:'s)?|why|whys|why's|"
        r"what(?! (?:an?|the \w+ing|i|we|an)\b)(?:'s|s)?|where(?:'s|s)?|who(?:'s|s)?|whose|which|whats ?up|when "
        r"(?:<aux>|the (?:hell|fuck|heck)|exactly)|^(?:is|are|can|could|does|do|will|would)(?! (?:it|do|try|send|dm|"
        r"let|check|be|see|not|that|working|fine|good|back|now|the same|confirm|love|have|like|give|definitely|keep|"
        r"get|look|report|update|reach)\b) \w+|(?!do it\b)(?:<aux>) (?:<who>)|any (?:\w+ )?(?:idea|ideas|update|"
        r"updates|news|word|chance|clue|way|tip|tips|advice|suggestion|suggestions|help|eta|solution|fix|reason|"
        r"possibility|thoughts|plans|info|luck|progress|timeline|answer|response|alternative)|(?:help|fix|bring|"
        r"explain|tell|give|refund|cancel|change|stop|add|make|allow|remove|update|check|send|show|respond|reply|"
        r"answer|restore|unlock|reset|return|replace|try)(?: (?:me|us|my|our|this|that|it|the|your|back|an?|to|please|"
        r"up))"
    )
    .replace("<aux>", _AUX)
    .replace("<who>", _WHO)
)
"""What asks, or asks for something, where a clause begins."""

ASKS = (
    (
        r"how (?:do|does|did|can|could|to|long|much|many|often|come|is|are|about|would|will|should|else|soon|far|u|"
        r"the hell)|why (?:is|are|am|do|does|did|would|will|can|can't|cant|isn't|isnt|aren't|don't|dont|doesn't|"
        r"doesnt|was|has|have|not|the|on|in|my|your|i|it|this|u|you)|what (?:is|are|do|does|did|can|could|should|"
        r"would|will|happened|to do|about|time|kind|else|if|gives)|what's (?:the|up|going|wrong|happening|your)|whats "
        r"(?:the|up|going|wrong|happening)|when (?:will|is|are|can|do|does|did|would|should)(?: (?:<who>))|where "
        r"(?:is|are|can|do|did|does|to|the)|which (?:one|is|of)|(?:can|could|would|will|do|did|have|are|r) (?:you|u|"
        r"y'all|yall|ya|someone|somebody|anyone)|(?:is|are) there (?:any|a|an|anyone|some|going)|is it (?:possible|"
        r"normal|ok|true|just|me|supposed|meant|safe)|(?:does|do|did|has|can) (?:anyone|anybody|someone)|anyone "
        r"(?:know|else|have|there|from)|(?<!yes )(?<!hold )please|pls|plz|plss|plse|pleaseee?|(?<!your )(?<!the "
        r")(?<!for )(?<!of )(?<!that )(?<!i could )(?<!glad to )(?<!happy to )help(?: me| us| please| pls| needed)?|"
        r"need (?:some )?(?:help|assistance|support|advice)|assist|assistance|advise|let me know|let us know|lmk|keep "
        r"me (?:posted|updated)|wondering|i wonder|curious|(?:like|love|want|need|good|nice|great|interested) to "
        r"(?:know|hear|see|find out)|not sure (?:how|what|why|if|where|when|whether|which)|(?:don't|dont|didn't|didnt|"
        r"no) (?:know|idea|clue|understand|get) (?:how|what|why|if|where|when|whether|which)|looking (?:for|to)|"
        r"trying to (?:find|figure|work out|understand|get)|(?:i|we)(?:'d| would)? (?:also )?(?:really )?(?:need|want|"
        r"like|require|demand|request|demanding)(?: (?:to|a|an|my|the|you|your|some|more|this|it)(?! (?:thank|say|"
        r"tell you|let you|congrat)))|(?:i'd|id|would) (?:love|like|prefer)|(?:wish|hoping|hope) (?:you|u|to|for|"
        r"there|i could)|(?:need|needs|want|wanna|wanted) (?:a|an|my|new|to (?:change|cancel|know|get|report|return|"
        r"speak|talk|link|activate|add|make|see|buy|order|find|use))|interested in|inquiring|enquiring|wondered|"
        r"asking (?:to|for|if|about)|instructions|tell me|explain|thanks in advance|thank you in advance|thx in "
        r"advance|tia|(?:i have|i've|got|one|quick|another|my|a) question|questions|suggestions|recommend|"
        r"recommendations|get rid of|bring (?:it |them |\w+ )?back|give me|(?:is|are) (?:you|u) (?:going|planning|"
        r"able)|(?:should|must|need to|needs to|have to|ought to) (?:be|fix|have|add|make|get|do|allow|stop|change|"
        r"update|look|sort|bring)"
    )
    .replace("<aux>", _AUX)
    .replace("<who>", _WHO)
)
"""What asks wherever it stands."""

WOES = (
    r"(?:does|do|did|is|are|was|were|has|have|had|ca|wo|could|would|ai|should)n'?t(?! (?:wait|worry|matter|mind|"
    r"think|be happen again|happier|agree more|complain|get me wrong|mean|realise|realize|know you|believe how "
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
    r"shows|crashes)|broke|broken|breaks|error|errors|err|crash|crashes|crashed|crashing|crashy|stuck|freeze|"
    r"freezes|freezing|frozen|froze|bug|bugs|buggy|bugged|glitch|glitches|glitchy|glitching|issue|issues|problem|"
    r"problems|prob|trouble|troubles|fail|fails|failed|failing|failure|missing|disappeared|disappear|disappears|"
    r"disappearing|vanished|gone|lost|losing|deleted itself|wrong|incorrect|stopped|stops|keeps? (?:\w+ing|on|"
    r"telling|saying|asking|getting|me)|kept \w+ing|kicked|logged me out|logs me out|logging me out|locked out|"
    r"locked|hack|hacked|hacker|hackers|stolen|compromised|charged|charging me|overcharged|double charged|billed|"
    r"refund|cancelled|canceled|cancel|delayed|delay|late|never (?:arrived|received|got|came|works|worked|again|"
    r"responded|answered|replied|heard|shows|showed|crashed)|waiting|waited|been (?:\w+ )?(?:waiting|down|out|\d+ "
    r"\w+|hours|days|weeks|months|trying)|rude|terrible|horrible|awful|worst|useless|ridiculous|unacceptable|"
    r"disappointed|disappointing|disappointment|frustrated|frustrating|annoying|annoyed|pissed|sucks?|shame|joke|"
    r"poor|pathetic|disgusting|disgraceful|disgrace|appalling|hate|hates|ruined|ruining|slow|laggy|lagging|lag|"
    r"lags|buffering|skips|skipping|grayed out|greyed out|blank|black screen|cuts? (?:off|out)|cutting out|"
    r"dropping|drops|shuts? (?:down|off)|turns? off|closes|restarts|rebooting|overheating|drain|draining|doubled|"
    r"duplicate|duplicates|expired|declined|rejected|refused|denied|blocked|suspended|banned|disabled|removed|"
    r"taken off|took (?:it )?away|messed up|screwed|mess|unplayable|unusable|unreadable|outage|down (?:again|for|"
    r"right|in|since)|is down|are down|won't let|wont let|tried (?:everything|all|that|it|to|many|multiple|both|"
    r"again|several)|already (?:tried|did|done)|happening|happens (?:every|all|again|on|when|with)|happened again|"
    r"fix (?:it|this|that|your|the)|scam|fraud|ripped off|misleading|waste|switching to|leaving|goodbye|complaint|"
    r"complain|complaining|unfortunately|nope|fed up|sick of|tired of|no good|warped|faulty|defective|damaged|"
    r"leaking|cracked"
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
    r"but|still|not|never|again|yet|until|till|soon|hope|hopefully|hoping|need|needs|should|asap|stopped|if|"
    r"unless|hasn'?t|isn'?t|wasn'?t|haven'?t|doesn'?t|don'?t|won'?t|can'?t|be|get|once|temporarily|then|only|"
    r"except|however|unfortunately"
)
"""… unless one of these is near: then it is not over."""

COMMON = frozenset(
    """the a an and or but i i'm i've my me we you your it it's its is are was to of in on at for with this that have
    has had not no can can't do don't does doesn't didn't will won't so just been they be if when what how why where
    please thanks thank there get got still from about all app now any am""".split()  # noqa: SIM905  (reads as the list it is)
)
"""The small words English is known by."""
