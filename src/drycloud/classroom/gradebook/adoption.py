"""Gradebooks that were made while the grade cell was code: they get what an answer for teachers to mark has."""

from nbgrader.api import Comment, Gradebook, MissingEntry

from drycloud.classroom.notebooks.step_notebooks import GRADE_ID


def adopt(gradebook: Gradebook, notebook: str, assignment: str) -> None:
    """Note the grade cell among those that take a comment, and a place for one with each submission; marks stay.

    nbgrader refuses to do this itself once something was handed in.
    """
    try:
        found = gradebook.find_notebook(notebook, assignment)
    except MissingEntry:
        return
    kinds = [[cell.name for cell in cells] for cells in (found.grade_cells, found.solution_cells)]
    if [GRADE_ID in names for names in kinds] != [True, False]:
        return
    cell = gradebook.add_solution_cell(GRADE_ID, notebook, assignment)
    gradebook.db.add_all([Comment(cell_id=cell.id, notebook=submitted) for submitted in found.submissions])
    gradebook.db.commit()
