"""Narrow patches of moto's models, for what no rule before or after a request can mend.

Numbers in brackets are rows of docs/fidelity.md, as those of rules are.
"""
