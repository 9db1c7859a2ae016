"""The queue's engine where only its surroundings are concerned; what it promises is held by the stories."""

from __future__ import annotations

import subprocess
import sys


def test_postgres_driver_is_loaded_on_postgres_only() -> None:
    """DBOS imports it for its errors' names; on SQLite the bot saves 9 MB; asked, they are the real ones."""
    script = """
import sys
import twelp.wiring
assert "psycopg" not in sys.modules
import dbos._sys_db, dbos._utils, psycopg
assert dbos._sys_db.pg_errors.LockNotAvailable is psycopg.errors.LockNotAvailable
assert dbos._utils.psycopg.OperationalError is psycopg.OperationalError
"""
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, timeout=60)
