"""Exit status: 0 good, 1 the work failed, 2 bad usage or configuration."""

from __future__ import annotations

import sys
from collections.abc import Callable

from twelp.errors import ConfigError, RosterError, StoreError, TwelpError


def status_of(verb: Callable[[], object]) -> int:
    """Runs a verb; errors made on purpose become one clear message on standard error, and a status."""
    try:
        verb()
    except TwelpError as error:
        print(f"twelp: {error}", file=sys.stderr)
        return 2 if isinstance(error, ConfigError | RosterError | StoreError) else 1
    return 0
