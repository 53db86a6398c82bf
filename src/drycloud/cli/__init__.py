"""The command line: with `render`, the only code that prints or exits."""
