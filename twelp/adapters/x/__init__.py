"""X through tweepy: what customers write comes in, what experts confirmed goes out.

- `network`  the port's verbs (`X`): what is asked, in which order, how far back
- `calls`    one call: in whose name, when, its failures told apart
- `manners`  how much is asked for: the richest form the server takes
- `limits`   what X says is left, and how to make it last
- `parse`    X's dicts into our nouns; both namings, bad posts skipped
- `faults`   X's refusals into ours: whose move it is, and when
- `wire`     one HTTP session: where to, how long, how much
"""

from twelp.adapters.x.network import X

__all__ = ["X"]
