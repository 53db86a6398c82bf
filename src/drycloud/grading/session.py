"""How an IPython session runs a student's cells: the same in practice and in grading.

The module imports nothing of the engine: the sandbox runs its source, too, before a run.
"""

import builtins
import getpass
import warnings
from typing import Any, NoReturn

_NO_INPUT = (
    "{}() cannot be used: nobody can type an answer while your work is graded. Write the value into your code instead."
)


def set_up(shell: Any) -> None:
    """Make this session (an InteractiveShell) run cells by the contract; harmless if that was done already."""
    transforms = shell.input_transformer_manager.cleanup_transforms
    if not any(getattr(each, "__name__", "") == tidied.__name__ for each in transforms):
        transforms.insert(0, tidied)
    shell.user_ns.update(exit=leave, quit=leave)
    warnings.filterwarnings("ignore", message="To exit: use")
    refuse_input(getattr(shell, "kernel", None))


def refuse_input(kernel: Any = None) -> None:
    """Make `input` and `getpass` raise at once, since nobody answers; a `kernel` has its own functions."""
    builtins.input = no_input
    getpass.getpass = no_password
    if kernel is not None:
        kernel.raw_input, kernel.getpass = no_input, no_password


def tidied(lines: list[str]) -> list[str]:
    """The lines of a cell without Windows line ends or a BOM, and without comments above a cell magic."""
    lines = [line[:-2] + "\n" if line.endswith("\r\n") else line for line in lines]
    if lines and lines[0].startswith("\ufeff"):
        lines[0] = lines[0][1:]
    first = next((n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), 0)
    return lines[first:] if lines and lines[first].startswith("%%") else lines


def leave(code: object = None) -> NoReturn:
    """`exit()` and `quit()`: end normally and at once, as in a program."""
    raise SystemExit(code)


def no_input(prompt: object = "") -> str:
    """Replaces `input`: raises EOFError, as Python does without a terminal."""
    del prompt
    raise EOFError(_NO_INPUT.format("input"))


def no_password(prompt: str = "", stream: Any = None) -> str:
    """Replaces `getpass.getpass`."""
    del prompt, stream
    raise EOFError(_NO_INPUT.format("getpass"))
