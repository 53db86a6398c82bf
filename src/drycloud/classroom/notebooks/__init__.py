"""Steps as notebooks with nbgrader's metadata: sources, releases, a student's work, and the guides below answers.

Called by releases, gradebook and feedback pages. Knows exercises and points, and nothing of files that students sent.
"""
