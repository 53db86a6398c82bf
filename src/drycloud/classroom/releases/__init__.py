"""Releases: what students get, through nbgrader, checked for leaks and packed as a zip.

Called by the command line (`drycloud release`), and by nbgrader's generate_assignment for `released`. Knows nothing of
what students hand in.
"""
