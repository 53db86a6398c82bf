"""Reports into nbgrader's gradebook, and marks out of it: autograde, late penalties, CSV.

Called by nbgrader's autograde and by `drycloud grade` and `drycloud export`. Knows nothing of how a check comes to its
outcome.
"""
