"""docs/course-yml.md says what the code takes."""

import re
from pathlib import Path

from course_page import PAGE, STUDENTS, page, student_page

from drycloud.course import load_course


def test_the_page_is_the_code() -> None:
    """The page is the one that the code makes: run `make course-yml` after a change of a setting."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_its_example_is_a_course(tmp_path: Path) -> None:
    """The least that is a course, as the page has it, is read."""
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    (tmp_path / "course.yml").write_text(found[1])
    assert load_course(tmp_path).assignments[0].steps[0].minutes == 10


def test_the_students_page_tells_the_limits_of_the_code() -> None:
    """Libraries, programs and limits are those of the code: run `make course-yml` after a change of one."""
    text = STUDENTS.read_text(encoding="utf-8")
    assert text == student_page(text)
