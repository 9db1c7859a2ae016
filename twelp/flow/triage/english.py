"""How people ask, complain and thank in English, as they write to a company: often without a question mark.

Rules as in `words.py`. Matched on case-folded text with straight apostrophes, which people also leave out ("doesnt").
`CLAUSE` stands where a clause begins: "how" asks there, and tells elsewhere ("that's how it is").
"""

from __future__ import annotations

_AUX = (
    "can|could|would|will|do|does|did|is|are|am|was|were|has|have|should|shall|may|might|isn't|isnt|aren't|arent|don't|dont|"
    "doesn't|doesnt|didn't|didnt|can't|cant|won't|wont|couldn't|couldnt|wouldn't|wouldnt|hasn't|haven't|shouldn't"
)
_WHO = (
    "i|you|u|we|it|this|that|these|those|there|they|he|she|y'all|yall|ya|someone|somebody|anyone|anybody|any|my|your|the|"
    "everyone|anything|something|one"
)

CLAUSE = (
    r"(?:^|[.!?,;:…\n()\"“”*/-]\s*|\b(?:and|but|so|or|also|ok|okay|hi|hey|hello|yo|well|then|plus|just|like|because|please|"
    r"pls|plz|sorry|um|uh|now|though|lol|yes|no|question|know|wonder|wondering|again|today|if so|in that case) )\s*"
)

OPENINGS = (
    r"how(?! (?:nice|cool|great|lovely|sweet|awesome|wonderful|funny|kind|amazing|cute)\b)(?:'s)?|why|whys|why's|"
    r"what(?! (?:an?|the \w+ing|i|we|an)\b)(?:'s|s)?|where(?:'s|s)?|who(?:'s|s)?|whose|which|whats ?up|"
    rf"when (?:{_AUX}|the (?:hell|fuck|heck)|exactly)|(?!do it\b)(?:{_AUX}) (?:{_WHO})|any (?:\w+ )?(?:idea|ideas|update|updates|news|"
    r"word|chance|clue|way|tip|tips|advice|suggestion|suggestions|help|eta|solution|fix|reason|possibility|thoughts|"
    r"plans|info|luck|progress|timeline|answer|response|alternative)|"
    r"(?:help|fix|bring|explain|tell|give|refund|cancel|change|stop|add|make|allow|remove|update|check|send|show|respond|reply|"
    r"answer|restore|unlock|reset|return|replace|try)(?: (?:me|us|my|our|this|that|it|the|your|back|an?|to|please|up))"
)
"""What asks, or asks for something, where a clause begins."""

ASKS = (
    r"how (?:do|does|did|can|could|to|long|much|many|often|come|is|are|about|would|will|should|else|soon|far|u|the hell)|"
    r"why (?:is|are|am|do|does|did|would|will|can|can't|cant|isn't|isnt|aren't|don't|dont|doesn't|doesnt|was|has|have|not|"
    r"the|on|in|my|your|i|it|this|u|you)|"
    r"what (?:is|are|do|does|did|can|could|should|would|will|happened|to do|about|time|kind|else|if|gives)|what's (?:the|up|"
    r"going|wrong|happening|your)|whats (?:the|up|going|wrong|happening)|"
    rf"when (?:will|is|are|can|do|does|did|would|should)(?: (?:{_WHO}))|where (?:is|are|can|do|did|does|to|the)|"
    r"which (?:one|is|of)|(?:can|could|would|will|do|did|have|are|r) (?:you|u|y'all|yall|ya|someone|somebody|anyone)|"
    r"(?:is|are) there (?:any|a|an|anyone|some|going)|is it (?:possible|normal|ok|true|just|me|supposed|meant|safe)|"
    r"(?:does|do|did|has|can) (?:anyone|anybody|someone)|anyone (?:know|else|have|there|from)|"
    r"(?<!yes )(?<!hold )please|pls|plz|plss|plse|pleaseee?|"
    r"(?<!your )(?<!the )(?<!for )(?<!of )(?<!that )(?<!i could )(?<!glad to )(?<!happy to )help(?: me| us| please| pls| needed)?|need (?:some )?(?:help|assistance|"
    r"support|advice)|assist|assistance|advise|let me know|let us know|lmk|keep me (?:posted|updated)|"
    r"wondering|i wonder|curious|(?:like|love|want|need|good|nice|great|interested) to (?:know|hear|see|find out)|"
    r"not sure (?:how|what|why|if|where|when|whether|which)|(?:don't|dont|didn't|didnt|no) (?:know|idea|clue|understand|get) "
    r"(?:how|what|why|if|where|when|whether|which)|looking (?:for|to)|trying to (?:find|figure|work out|understand|get)|"
    r"(?:i|we)(?:'d| would)? (?:also )?(?:really )?(?:need|want|like|require|demand|request|demanding)(?: (?:to|a|an|my|the|"
    r"you|your|some|more|this|it)(?! (?:thank|say|tell you|let you|congrat)))|(?:i'd|id|would) (?:love|like|prefer)|(?:wish|hoping|hope) (?:you|u|to|for|there|i could)|"
    r"tell me|explain|thanks in advance|thank you in advance|thx in advance|tia|"
    r"(?:i have|i've|got|one|quick|another|my|a) question|questions|suggestions|recommend|recommendations|"
    r"get rid of|bring (?:it |them |\w+ )?back|give me|(?:is|are) (?:you|u) (?:going|planning|able)|"
    r"(?:should|must|need to|needs to|have to|ought to) (?:be|fix|have|add|make|get|do|allow|stop|change|update|look|sort|bring)"
)
"""What asks wherever it stands."""

WOES = (
    r"(?:does|do|did|is|are|was|were|has|have|had|ca|wo|could|would|ai|should)n'?t(?! (?:wait|worry|matter|mind|think|be "
    r"happen again|happier|agree more|complain|get me wrong|mean|realise|realize|know you|believe how (?:good|great)|forget))|"
    r"cannot|can not|unable|intermittent\w{0,2}|randomly|"
    r"not (?:\w+ )?(?:working|work|able|loading|showing|helpful|available|responding|connecting|playing|received|receiving|"
    r"getting|letting|happy|impressed|acceptable|good enough|right|fixed|yet|opening|syncing|saving|recognized|recognised|"
    r"recognizing|found|cool|ok|okay|help|helping|true|supported|possible|charging|turning|coming|arrived|delivered|usable|"
    r"paying|what i|one|once|the first|a|an answer|clear|correct|enough|fair|fun|even)|nothing (?:\w+ )?(?:works|worked|"
    r"happens|happened|helps|changed|changes|shows|plays|yet|back)|no (?:response|answer|reply|luck|option|way|change|"
    r"changes|sound|signal|internet|service|update|help|longer|one|email|refund|success|avail|difference|confirmation|"
    r"solution|explanation|access|lyrics|wifi)|neither|nor|"
    r"still (?:no|not|nothing|waiting|\w+n'?t|\w+ing|the same|same|down|out|broken|stuck|says|gives|a|an|have|has|get|does|"
    r"happens|need|shows|crashes)|"
    r"broke|broken|breaks|error|errors|err|crash|crashes|crashed|crashing|crashy|stuck|freeze|freezes|freezing|frozen|froze|"
    r"bug|bugs|buggy|bugged|glitch|glitches|glitchy|glitching|issue|issues|problem|problems|prob|trouble|troubles|fail|fails|"
    r"failed|failing|failure|missing|disappeared|disappear|disappears|disappearing|vanished|gone|lost|losing|deleted itself|"
    r"wrong|incorrect|stopped|stops|"
    r"keeps? (?:\w+ing|on|telling|saying|asking|getting|me)|kept \w+ing|kicked|logged me out|logs me out|logging me out|"
    r"locked out|locked|hack|hacked|hacker|hackers|stolen|compromised|charged|charging me|overcharged|double charged|billed|refund|"
    r"cancelled|canceled|cancel|delayed|delay|late|never (?:arrived|received|got|came|works|worked|again|responded|"
    r"answered|replied|heard|shows|showed|crashed)|"
    r"waiting|waited|been (?:\w+ )?(?:waiting|down|out|\d+ \w+|hours|days|weeks|months|trying)|rude|terrible|horrible|awful|"
    r"worst|useless|ridiculous|unacceptable|disappointed|disappointing|disappointment|frustrated|frustrating|annoying|"
    r"annoyed|pissed|sucks?|shame|joke|poor|pathetic|disgusting|disgraceful|disgrace|appalling|hate|hates|ruined|ruining|"
    r"slow|laggy|lagging|lag|lags|buffering|skips|skipping|grayed out|greyed out|blank|black screen|cuts? (?:off|out)|"
    r"cutting out|dropping|drops|shuts? (?:down|off)|turns? off|closes|restarts|rebooting|overheating|drain|draining|"
    r"doubled|duplicate|duplicates|expired|declined|rejected|refused|denied|blocked|suspended|banned|disabled|removed|"
    r"taken off|took (?:it )?away|messed up|screwed|mess|unplayable|unusable|unreadable|outage|down (?:again|for|right|in|"
    r"since)|is down|are down|won't let|wont let|tried (?:everything|all|that|it|to|many|multiple|both|again|several)|"
    r"already (?:tried|did|done)|happening|happens (?:every|all|again|on|when|with)|happened again|fix (?:it|this|that|your|"
    r"the)|scam|fraud|ripped off|misleading|waste|switching to|leaving|goodbye|complaint|complain|complaining|"
    r"unfortunately|nope|fed up|sick of|tired of|no good|warped|faulty|defective|damaged|leaking|cracked"
)
"""What says that something is wrong, and so wants an answer."""

SARCASM = (
    r"thanks? (?:you )?(?:a lot )?for (?:nothing|ruining|wasting|the (?:terrible|awful|lack|delay|worst|non)|not|losing|"
    r"breaking|ignoring|charging|cancell?ing|leaving|screwing)|thanks (?:but )?no thanks|great (?:job|work) (?:ruining|"
    r"breaking|losing)|gee thanks|(?<!thank you )(?<!thanks )(?<!you )(?<!u )so much for|no thanks to"
)
"""Thanks that are none."""

THANKS = (
    r"thank(?:s|y|yo?u|ing)?(?: (?:you|u|so much|a lot|a ton|very much))?|thanx|thnx|thnks|thks|thx|tnx|tysm|tyvm|tks|ty|"
    r"cheers|appreciated?|much obliged|grateful|kudos|props|shout ?out|bless you"
)

PRAISE = (
    r"love(?:d|ly)?(?: (?:it|you|u|this|your|the|my))?|awesome|amazing|great|excellent|perfect(?:ly)?|brilliant|fantastic|"
    r"wonderful|best|superb|splendid|superstars?|legends?|rock|rocks|cool|nice|good (?:job|work|stuff|service)|well done|"
    r"sweet|yay|woohoo|so happy|congrats|congratulations|impressed|helpful|kind of you|excited|can't wait|cant wait"
)

SETTLED = (
    r"(?:works?|working|worked|fixed|sorted|solved|resolved|good|okay|ok|fine|back|up)(?: \w+)? (?:now|again|fine|great|"
    r"perfectly|like a charm|like a dream|better|well)|that worked|it worked|worked it out|"
    r"(?:it|that|this|you|already|been|got it|i|i've|all|now|issue|problem|have|was|is|it's|its|that's) (?:\w+ )?(?:fixed|"
    r"sorted|solved|resolved|worked)|did the trick|do the trick|all good|all set|all sorted|never ?mind|nvm|nevermind|figured "
    r"(?:it )?out|no worries|no problem|not a problem|got it (?:working|sorted|fixed|now|thanks|thank|to work)|taken care of|"
    r"(?:i|we) (?:have |'ve )?solved|ignore (?:that|this|me|my)|works (?:like|a treat)"
)
"""What says that it is over …"""

UNSETTLED = (
    r"but|still|not|never|again|yet|until|till|soon|hope|hopefully|hoping|need|needs|should|asap|stopped|if|unless|hasn'?t|"
    r"isn'?t|wasn'?t|haven'?t|doesn'?t|don'?t|won'?t|can'?t|be|get|once|temporarily|then|only|except|however|unfortunately"
)
"""… unless one of these is near: then it is not over."""

COMMON = frozenset(
    """the a an and or but i i'm i've my me we you your it it's its is are was to of in on at for with this that have has had
    not no can can't do don't does doesn't didn't will won't so just been they be if when what how why where please thanks
    thank there get got still from about all app now any am""".split()  # noqa: SIM905  (reads as the list it is)
)
"""The small words English is known by."""
