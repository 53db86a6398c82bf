"""Notebooks as data: cells and their roles, exercises, submissions."""

from drycloud.notebook.cells import Cell, Role
from drycloud.notebook.exercise import Exercise, load_exercise, load_reference, load_solution
from drycloud.notebook.intake import Prose, read_answers, read_submission

__all__ = [
    "Cell",
    "Exercise",
    "Prose",
    "Role",
    "load_exercise",
    "load_reference",
    "load_solution",
    "read_answers",
    "read_submission",
]
