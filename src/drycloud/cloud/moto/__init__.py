"""moto itself: set up once in a process, asked without its web framework, and made quicker.

Called by every other room of the cloud. Knows no rule, no student and no run.
"""
