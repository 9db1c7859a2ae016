"""The desk in a browser: pages of what is going on, read through `twelp.reading` and nothing else.

For now it is shown beside the local networks only, to this machine's own pages: there is no sign-in yet.
"""

from twelp.console.app import Sources, console_routes

__all__ = ["Sources", "console_routes"]
