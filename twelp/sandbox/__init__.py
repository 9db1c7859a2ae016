"""Local X and Slack that speak the real protocols on one loopback address, with a control plane to drive them.

They follow the platforms' own documents and share no code with the bot or its SDKs, so that a misreading on one side
shows on the other. Start with `server.serve` (in this process) or `server.run_forever` (a process of its own).
"""
