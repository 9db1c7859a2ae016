"""A simulated crowd: volunteers and customers as a file of parameters has them, and twelp's own decisions on top.

`people` reads the file and draws the volunteers, `town` draws their days and the customers' questions, `policies` are
the ways of choosing whom to ask (ours is `twelp.flow.dispatch.plan` itself), `days` lets everything happen in order,
`figures` counts what came of it, `picture` draws it.
"""
