"""nbgrader itself: configured from course.yml, and its programs run in this process.

Called by `nbgrader_config.py` and by the rooms that run one of nbgrader's programs. Knows nothing of marks.
"""
