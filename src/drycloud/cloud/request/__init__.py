"""Reading a request: who signed it, its operation and its parameters.

Called by the HTTP side and by the rules. Knows the account only to look up what a request names.
"""
