"""What becomes public, word for word: one post, or a thread of a few, and how much room the network leaves.

wording   the signed text, and its weight as the network counts it
thread    where a text that is too long for one post is cut
"""

from twelp.flow.publish.thread import MOST_POSTS, split
from twelp.flow.publish.wording import LIMIT, compose, left, unsigned

__all__ = ["LIMIT", "MOST_POSTS", "compose", "left", "split", "unsigned"]
