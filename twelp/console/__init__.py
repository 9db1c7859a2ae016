"""The desk in a browser: pages of what is going on, read through `twelp.reading` and nothing else.

For now it is shown beside the local networks only, to this machine's own pages: there is no sign-in yet.

    sources   what each page shows
    app       the routes
    shown     words and shapes for the templates
    guard     who may look
"""

from twelp.console.app import console_routes
from twelp.console.sources import Sources

__all__ = ["Sources", "console_routes"]
