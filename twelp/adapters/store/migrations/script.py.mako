"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "${up_revision}"
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Only adds; a column that is never empty has a `server_default`, which older processes rely on."""
    ${upgrades if upgrades else "pass"}
