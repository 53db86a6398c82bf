"""A scene that failed, as one line that says who caused it and what to do."""

from drycloud.errors import DrycloudError
from drycloud.lab.show import is_notebook


class SceneFailed(Exception):
    """There is no world, and the message says why. A notebook shows this line, and stops here in a run of all cells."""

    def _render_traceback_(self) -> list[str]:
        """The text that IPython shows instead of a traceback."""
        return [str(self)]


def failed(error: Exception) -> BaseException:
    """The exception to raise instead of `error`, which a scene raised."""
    text = _line(error)
    return SceneFailed(text) if is_notebook() else SystemExit(f"drycloud: {text}")


def _line(error: Exception) -> str:
    if isinstance(error, DrycloudError):
        text = str(error)
        return text[:1].upper() + text[1:]
    if isinstance(error, OSError):
        what = f"{error.strerror or error} ({error.filename})" if error.filename else str(error)
        return f"The scene's files cannot be put beside the notebook: {what}. Correct that, or use another folder."
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"The scene failed ({what}). Unless you changed its cell, it is not your fault: tell your instructor."
