"""A request, read: who signed it, which operation it is, with which parameters.

Called by the HTTP side and by the rules. Knows the account only to look up what a request names.
"""
