"""Patches of moto where no rule before or after a request is enough; and what makes both it and botocore quicker.

Each module has a table of its own at its end; `cloud/upstream.py` joins and applies them. Rules use some of their
functions. Knows no rule, no student and no run.
"""
