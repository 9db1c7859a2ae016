"""Posts, and how far each source was read."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import once, one_of, table
from twelp.adapters.store.tables import CursorRow, PostRow

_post, _cursor = table(PostRow), table(CursorRow)

HEAR = once(PostRow)
"""A post that is heard, or nothing where it was heard before. By dialect."""

HEARD = sa.select(_post.c.key).where(_post.c.key.in_(sa.bindparam("keys", expanding=True)))
"""Which of these posts were heard before."""

ONE = sa.select(_post).where(_post.c.key == sa.bindparam("key"))
"""One post."""

BELONGS_TO = sa.select(_post.c.question).where(_post.c.key == sa.bindparam("key"))
"""The question that a post asks or adds to."""

FILED = {
    name: sa.select(_post.c.key, _post.c.question, _post.c.conversation, _post.c.author_id).where(
        one_of(_post.c.key, name, "keys")
    )
    for name in ("sqlite", "postgresql")
}
"""Where these posts belong. By dialect."""

REWORD = sa.update(_post).where(_post.c.key == sa.bindparam("its_key"))
"""A post says something else now."""

CURSOR = sa.select(_cursor.c.value).where(_cursor.c.source == sa.bindparam("source"))
"""How far a source was read."""

SET_OUT = sa.insert(_cursor)
"""A source is read for the first time."""

SET_OUT_ONCE = once(CursorRow)
"""The same, or nothing where it was read before. By dialect."""

MOVE_CURSOR = sa.update(_cursor).where(_cursor.c.source == sa.bindparam("of"))
"""A source was read so far."""
