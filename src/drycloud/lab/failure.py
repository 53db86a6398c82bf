"""A scene that failed, as one line that says whose fault it is and what to do."""

from drycloud.errors import DrycloudError
from drycloud.lab.show import is_notebook


class SceneFailed(Exception):
    """There is no world, and its text says why. A notebook shows this line, and stops here when it runs all cells."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [str(self)]


def failed(error: Exception) -> BaseException:
    """What to raise in the place of `error`, which came up while a scene was set."""
    text = _line(error)
    return SceneFailed(text) if is_notebook() else SystemExit(f"drycloud: {text}")


def _line(error: Exception) -> str:
    if isinstance(error, DrycloudError):
        text = str(error)
        return text[:1].upper() + text[1:]
    if isinstance(error, OSError):
        what = f"{error.strerror or error} ({error.filename})" if error.filename else str(error)
        return f"The scene's files cannot be put beside the notebook: {what}. Mend that, or move it to another folder."
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"The scene failed ({what}). Unless you changed its cell, it is not your fault: tell your instructor."
