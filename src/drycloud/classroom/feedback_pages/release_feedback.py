"""What `nbgrader release_feedback` does with our configuration: each page goes where only its student finds it.

nbgrader's fetch_feedback finds a page by the secret of the submission, which is in the student's own copy of it. A
student who did not submit through the exchange has none, and only the student's copy states it. So a missing or
invented secret does not stop the release for others, and if two students have the same one, neither's page is released.
"""

import shutil
from collections import Counter, defaultdict
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from drycloud.classroom.submissions.carried import secret_in
from drycloud.classroom.submissions.one_line import listed

NO_SECRET = "not handed in through the exchange"
SHARED = "the secret of the submission is another student's too"
PLUS = "a '+' in the name, with which nbgrader's fetch_feedback fails"
NOT_FETCHED = "no notebook was handed in, and fetch_feedback asks for no other page"


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]  # nbgrader has no types
    """Releases the pages of all students who can fetch them, and names the others."""

    def copy_files(self) -> None:
        """Copy each student's pages into the exchange, and report whose pages must be handed over in another way."""
        pages = self._pages()
        if not pages:
            self.fail(f"no feedback in {self.src_path}: run 'nbgrader generate_feedback' first")
        shared, left = self._shared_secrets(), defaultdict[str, list[str]](list)
        for student, found in sorted(pages.items()):
            folder = found[0].parent
            secret = secret_in(folder)
            if secret is None or secret in shared:
                left[SHARED if secret else NO_SECRET].append(student)
                continue
            for page in found:
                self._release(page, secret)
            self.log.info("Released the feedback of %s on %s", student, self.coursedir.assignment_id)
            if "+" in student:
                left[PLUS].append(student)
            elif self._without_notebook(student, found):
                left[NOT_FETCHED].append(student)
        for why, students in left.items():
            self.log.error("%s: %s", listed(students), why)
        if left:  # on a separate line: formgrader's messages are narrow
            place = self._folder() / "STUDENT" / self.coursedir.assignment_id
            self.log.error("give them their pages yourself: %s", place)

    def _pages(self) -> dict[str, list[Path]]:
        """The pages by student, of the students who were selected."""
        excluded = set(self.coursedir.student_id_exclude.split(","))
        found = defaultdict[str, list[Path]](list)
        for page in self._folder().glob(f"{self.coursedir.student_id or '*'}/{self.coursedir.assignment_id}/*.html"):
            if page.parent.parent.name not in excluded:
                found[page.parent.parent.name].append(page)
        return found

    def _folder(self) -> Path:
        return Path(self.coursedir.root, self.coursedir.feedback_directory)

    def _shared_secrets(self) -> set[str]:
        """The secrets that more than one student has, in any assignment: all pages are in one folder."""
        owners = {(path.parent.name, secret_in(path)) for path in self._folder().glob("*/*")}
        return {secret for secret, count in Counter(secret for _, secret in owners if secret).items() if count > 1}

    def _release(self, page: Path, secret: str) -> None:
        name = notebook_hash(secret=secret, notebook_id=page.stem)
        draft = Path(self.dest_path, f"{name}-tmp.html")
        shutil.copy(page, draft)
        draft.replace(draft.with_name(f"{name}.html"))  # atomically, since students may be reading

    def _without_notebook(self, student: str, pages: list[Path]) -> bool:
        """Whether the student's own copy of the submission has no notebook for one of the pages."""
        submitted = Path(
            self.coursedir.format_path(self.coursedir.submitted_directory, student, self.coursedir.assignment_id)
        )
        plain = {path.stem for path in submitted.glob("*.*") if path.suffix in (".py", ".sh")}
        return any(page.stem in plain and not (submitted / f"{page.stem}.ipynb").exists() for page in pages)
