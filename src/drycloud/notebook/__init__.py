"""Notebooks as data: cells and their roles, exercises, submissions."""

from drycloud.notebook.cells import Cell, Role
from drycloud.notebook.exercise import Exercise, load_exercise, load_solution
from drycloud.notebook.intake import read_submission

__all__ = ["Cell", "Exercise", "Role", "load_exercise", "load_solution", "read_submission"]
