"""Feedback: one simple page for each step, stored where only its student finds it.

Called by nbgrader's generate_feedback and release_feedback, as we configure them. Knows reports as data; it runs no
checks and reads no submissions.
"""
