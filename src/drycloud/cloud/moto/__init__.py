"""moto itself: set up once in a process and asked without its web framework.

Called by every other room of the cloud. Knows no rule, no student and no run.
"""
