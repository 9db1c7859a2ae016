"""The town in a browser, at ``/town``: the network, Slack as a chosen person, and what goes on behind the scenes.

Pages are made here, from templates, and work without script; a small script of ours swaps the parts that changed. What
somebody presses is done as a client would do it: by `SlackWorld.acts`, and by posts of the local X. Nothing here knows
the app under test; what it tells of a question is asked of the app itself, at the address that it left (`told`).

    place     what an address says: who one is, which question is selected
    network, slack, behind   what each of the three panes shows
    kit       Block Kit as the templates draw it
    pressing  what forms do
    guard     who may ask: this machine's own pages, and nobody else
    app       the routes; live: what changes while somebody looks
"""

from twelp.sandbox.browser.app import LEAVE, town_app
from twelp.sandbox.browser.place import PATH

__all__ = ["LEAVE", "PATH", "town_app"]
