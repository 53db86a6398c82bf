"""Reports into nbgrader's gradebook, and marks out of it: autograde, late penalties, CSV.

Called by nbgrader's autograde and by `drycloud grade` and `drycloud export`. Does not know how a check gets its
outcome.
"""
