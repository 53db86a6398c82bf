"""Migrates gradebooks from the time when the grade cell was code: it becomes a cell that teachers mark."""

from nbgrader.api import Comment, Gradebook, MissingEntry

from drycloud.classroom.notebooks.step_notebooks import GRADE_ID


def adopt(gradebook: Gradebook, notebook: str, assignment: str) -> None:
    """Record that the grade cell takes comments, and add an empty comment for each submission; marks stay.

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
