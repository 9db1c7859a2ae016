"""A local X that speaks API v2 over HTTP, written from X's own description and sharing nothing with any SDK.

`XWorld` is what a server carries; `SUPPORTED` lists every route. A post comes in by the control plane (`control`) or by
``POST /2/tweets`` (`creating`), is kept in `state`, and is shown by `shapes` in the pages that `pages` cuts or the
answers that `search` finds; private messages are in `directs`; `oauth` and `limits` stand at the door (`api`).
"""

from twelp.sandbox.x.api import SUPPORTED
from twelp.sandbox.x.people import Account
from twelp.sandbox.x.state import Draft, Post
from twelp.sandbox.x.world import XWorld

__all__ = ["SUPPORTED", "Account", "Draft", "Post", "XWorld"]
