"""The environment and `.env` → Settings: the only place that reads either.

Rules: every setting stands once, in the module of its part (`x`, `slack`, `database`, `process`, `pace`, `matching`,
`log`), which `settings` puts together; a test holds docs/configuration.md and `.env.example` to it. The
environment wins over `.env`. An empty value counts as not set. Half a set of credentials is an error that names what is
missing and where to get it, never a silent fall-back to the sandbox. A secret's value is in no message, repr or dump.

    Settings.read()      the settings of this process, or ConfigError with every reason
    SETTINGS_TABLE       every setting: name, default, meaning, what is accepted, whether it is secret
"""

from __future__ import annotations

from twelp.config.fields import Setting
from twelp.config.settings import SETTINGS_TABLE, Settings

__all__ = ["SETTINGS_TABLE", "Setting", "Settings"]
