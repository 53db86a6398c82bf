"""Grading: checks, one submission to one Report, many submissions to many Reports."""
