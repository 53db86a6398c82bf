"""Rows of this group."""

from fidelity.table import Row

ROWS: list[Row] = []
