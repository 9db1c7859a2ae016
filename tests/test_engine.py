"""The queue's engine where only its surroundings are concerned; what it promises is held by the stories."""

from __future__ import annotations

import subprocess
import sys


def test_postgres_driver_is_loaded_on_postgres_only() -> None:
    """On SQLite the bot saves its 9 MB."""
    script = 'import sys, twelp.wiring; assert "psycopg" not in sys.modules'
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, timeout=60)
