"""The endpoint: served on a socket, with limits; each call is admitted, answered and recorded.

Called by grading and practice. Knows nothing about scenes and checks.
"""
