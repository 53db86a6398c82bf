"""The contents of the account, as plain values: snapshot, differences, bill, and the trail of calls.

Called by the HTTP side (trail) and by grading and practice (snapshots). Reads moto's models and changes nothing.
"""
