"""Notebooks as data: cells and their roles, exercises, submissions."""

from drycloud.notebook.cells import Cell, Role
from drycloud.notebook.code import Code, code_of
from drycloud.notebook.exercise import Exercise, load_exercise, load_reference, load_solution
from drycloud.notebook.intake import Prose, read_answers, read_own, read_submission
from drycloud.notebook.own import Own

__all__ = [
    "Cell",
    "Code",
    "Exercise",
    "Own",
    "Prose",
    "Role",
    "code_of",
    "load_exercise",
    "load_reference",
    "load_solution",
    "read_answers",
    "read_own",
    "read_submission",
]
