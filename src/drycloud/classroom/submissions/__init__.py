"""Submissions: which file of a student's folder counts for which step, and what is left out, with the reason.

Called wherever submissions are graded, collected or accounted for. Reads files as data; knows nothing of marks.
"""
