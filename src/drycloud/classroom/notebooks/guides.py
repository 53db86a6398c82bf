"""Answers in prose, as teachers see them: escaped, and with the rubric and the reference answer below.

Guides are written into source notebooks, which a release removes again, and into autograded ones, which
formgrader shows and no student gets.
"""

import unicodedata

import nbformat
from nbformat import NotebookNode

from drycloud.classroom.notebooks.step_notebooks import is_answer
from drycloud.grading.checks import Rubric

MAX_PROSE = 20_000
_STYLE = "white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; background: none; border: 0; padding: 0"


def add_guides(notebook: NotebookNode, rubrics: list[Rubric], references: list[str]) -> None:
    """Put a guide below each answer cell; without `references` if the cells themselves contain them."""
    cells, number = [], 0
    for cell in notebook.cells:
        cells.append(cell)
        if is_answer(cell) and number < len(rubrics):
            text = _guide(rubrics[number], references[number] if references else "")
            number += 1
            metadata = {"tags": ["notes"]}
            cells.append(nbformat.v4.new_markdown_cell(text, id=f"guide-{number}", metadata=metadata))
    notebook.cells = cells


def escape_prose(cell: NotebookNode) -> None:
    """Make a student's prose plain text: formgrader renders Markdown, with any HTML in it, scripts included."""
    cell.metadata["drycloud"] = {"prose": cell.source}
    text = cell.source.replace("\r\n", "\n")
    if len(text) > MAX_PROSE:
        text = f"{text[:MAX_PROSE]}\n… ({len(text) - MAX_PROSE} characters more)"
    cell.source = f'<pre class="tex2jax_ignore" style="{_STYLE}">{"".join(map(_plain, text))}</pre>'


def prose_of(cell: NotebookNode) -> str:
    """The student's text, unchanged; empty if the cell is as it was released."""
    return str(cell.metadata.get("drycloud", {}).get("prose", ""))


def _plain(character: str) -> str:
    """A character, escaped for HTML, Markdown and formulas; control characters become visible."""
    if unicodedata.category(character) == "Cc" and character not in "\n\t":
        return "\ufffd"
    return character if character.isalnum() or character in " \n,." or ord(character) > 127 else f"&#{ord(character)};"


def _guide(rubric: Rubric, reference: str) -> str:
    points = "point" if rubric.points == 1 else "points"
    lines = [f"**For teachers only. {rubric.title} {rubric.points:g} {points}:**", ""]
    lines += [f"- **{points_each:g}** · {text}" for points_each, text in rubric.criteria]
    lines += ["", rubric.note] if rubric.note else []
    if reference:
        lines += ["", "**Reference answer:**", "", *(f"> {line}".rstrip() for line in reference.splitlines())]
    return "\n".join(lines)
