"""Attacks on the grading, each a file, and the tools that read them."""
