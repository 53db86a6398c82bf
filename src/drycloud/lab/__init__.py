"""A student's practice: a local cloud, the scene and immediate visible checks, with the real account out of reach.

Nothing is loaded here; only `guard` is, whenever Python starts.
"""
