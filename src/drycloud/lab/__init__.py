"""A student's practice: a local cloud, the scene, and the visible checks at once; and the real account out of reach.

Nothing is loaded here: `guard` is, whenever Python starts.
"""
