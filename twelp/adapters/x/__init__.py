"""X through tweepy: what customers write comes in, what experts confirmed goes out.

- `network`  the port's verbs (`X`): what is asked, in which order, how far back
- `calls`    one call: in whose name, when, its failures told apart
- `manners`  how much is asked for: the richest form the server takes
- `rules`    what X is to the decisions: length, links, mentions, repeats, prices
- `counting` X's own way to count characters and see links
- `limits`   what X says is left, and how to make it last
- `parse`    X's dicts into our nouns; both namings, bad posts skipped
- `faults`   X's refusals into ours: whose move it is, and when
- `wire`     one HTTP session: where to, how long, how much
"""

from twelp.adapters.x.network import X
from twelp.adapters.x.rules import RULES

__all__ = ["RULES", "X"]
