"""Feedback: one quiet page for each step, laid where only its student looks for it.

Called by nbgrader's generate_feedback and release_feedback, as our configuration tells them. Knows reports as data; it
runs no check and reads no submission.
"""
