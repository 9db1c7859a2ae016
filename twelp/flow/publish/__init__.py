"""What becomes public, word for word: one post, or a thread of a few, and how much room the network leaves.

wording   the signed text, and its weight as the network counts it
linking   which words the network will make links of, and which of them look like a slip
thread    where a text that is too long for one post is cut
likeness  whether a post that stands there has the words that were to be published
"""

from twelp.flow.publish.likeness import Likeness, compare_words
from twelp.flow.publish.linking import all_named, parted
from twelp.flow.publish.thread import MOST_POSTS, split
from twelp.flow.publish.wording import compose, left, room, unsigned

__all__ = [
    "MOST_POSTS",
    "Likeness",
    "all_named",
    "compare_words",
    "compose",
    "left",
    "parted",
    "room",
    "split",
    "unsigned",
]
