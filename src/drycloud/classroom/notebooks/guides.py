"""Answers in prose, as teachers see them: made harmless, and with the rubric and the reference answer below.

Guides are written into source notebooks, from which a release takes them out, and into autograded ones, which
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
    """Put a guide below each answer cell; without `references`, where these stand in the cells themselves."""
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
    """Make a student's prose plain text: formgrader draws Markdown, and with it any HTML, scripts included."""
    cell.metadata["drycloud"] = {"prose": cell.source}
    text = cell.source.replace("\r\n", "\n")
    if len(text) > MAX_PROSE:
        text = f"{text[:MAX_PROSE]}\n… ({len(text) - MAX_PROSE} characters more)"
    cell.source = f'<pre class="tex2jax_ignore" style="{_STYLE}">{"".join(map(_plain, text))}</pre>'


def prose_of(cell: NotebookNode) -> str:
    """What the student wrote, as it was written; nothing where the cell is as it was released."""
    return str(cell.metadata.get("drycloud", {}).get("prose", ""))


def _plain(character: str) -> str:
    """A character that means nothing in HTML, in Markdown or in a formula; control characters show as such."""
    if unicodedata.category(character) == "Cc" and character not in "\n\t":
        return "\ufffd"
    return character if character.isalnum() or character in " \n,." or ord(character) > 127 else f"&#{ord(character)};"


def _guide(rubric: Rubric, reference: str) -> str:
    points = "point" if rubric.points == 1 else "points"
    lines = [f"**For teachers only. {rubric.title} {rubric.points:g} {points}:**", ""]
    lines += [f"- **{worth:g}** · {text}" for worth, text in rubric.criteria]
    lines += ["", rubric.note] if rubric.note else []
    if reference:
        lines += ["", "**Reference answer:**", "", *(f"> {line}".rstrip() for line in reference.splitlines())]
    return "\n".join(lines)
