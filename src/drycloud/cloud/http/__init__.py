"""The endpoint: served on a socket, bounded, each call admitted, answered and written down.

Called by grading and practice. Knows nothing of scenes and checks.
"""
