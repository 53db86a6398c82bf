"""What a check may use: the two snapshots, the given values, answers, files, trail, bill and clients."""

import math
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from msgspec import Struct

from drycloud.cloud.account.snapshot import Snapshot
from drycloud.cloud.account.trail import Trail
from drycloud.cloud.clients.links import Page
from drycloud.grading.checks import FIXTURES
from drycloud.report import Bill, Frozen

MAX_TEXT = 1024**2  # bytes of a text that a check reads: objects made from a text take many times its size


class File(Frozen, frozen=True):
    """A file of the working directory: its content, its permission bits (as in 0o600), and the time of its change."""

    data: bytes
    mode: int = 0o644
    mtime: float | None = None

    @property
    def text(self) -> str:
        """The content as UTF-8; what is not UTF-8 is shown as �. A check that reads more than MAX_TEXT fails."""
        if len(self.data) > MAX_TEXT:
            raise AssertionError(
                f"A file of yours has {len(self.data)} bytes; checks read texts of up to {MAX_TEXT // 1024**2} MiB."
            )
        return self.data.decode("utf-8", "replace")


Files = Mapping[str, File]


class RunFiles(Files):
    """The files that a run left. One that exists and could not be read fails the check that reads its content.

    `left_out` says why there may be more files than are known; each check that lists the files then fails.
    """

    def __init__(self, files: Files, unread: Mapping[str, str], left_out: str = ""):
        self._files, self._unread, self._left_out = files, unread, left_out

    def __getitem__(self, name: str) -> File:
        if name in self._unread:
            raise unreadable(name, self._unread[name])
        if name not in self._files:
            self._require_all()
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        self._require_all()
        return iter(sorted({*self._files, *self._unread}))

    def __len__(self) -> int:
        self._require_all()
        return len({*self._files, *self._unread})

    def __contains__(self, name: object) -> bool:
        if name in self._files or name in self._unread:
            return True
        self._require_all()
        return False

    def _require_all(self) -> None:
        """Raise AssertionError, with the reason, if the list of files is not complete."""
        if self._left_out:
            raise AssertionError(f"It cannot be told which files there are. {self._left_out}")


def unreadable(name: str, why: str) -> AssertionError:
    """What a check raises that asks for a file which is there, and whose content nobody can see."""
    return AssertionError(f"The file {name!r} is there, but it cannot be read ({why}).")


class Answers:
    """The variables that a student's code left, as attributes; a missing one fails the check that asks for it.

    `is_cut_short` says that the code did not come to its end, which then is the likeliest reason.
    """

    def __init__(self, values: Mapping[str, Any], *, is_cut_short: bool = False):
        self._values, self._is_cut_short = dict(values), is_cut_short

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._values:
            what = "with a plain value (a text, number, list or dict)"
            why = "Your code stopped before its end." if self._is_cut_short else "Set it to your answer."
            raise AssertionError(f"There is no variable `{name}` {what} after your code ran. {why}")
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def get(self, name: str, default: Any = None) -> Any:
        """The answer with that name, or `default`."""
        return self._values.get(name, default)


class Evidence(Struct, frozen=True):
    """Everything that the checks of one run may use.

    `client` makes trusted boto3 clients: client(service, region). `fetch` opens a link to an object and returns a Page:
    fetch(url) as it is now, fetch(url, 600) as it will be in ten minutes. `left` is the rough size of what it left.
    """

    before: Snapshot
    after: Snapshot
    given: SimpleNamespace
    answers: Answers
    files: Files
    files_before: Files
    trail: Trail
    bill: Bill
    client: Callable[..., Any]
    fetch: Callable[..., Page]
    left: float = math.inf

    def fixture(self, name: str) -> Any:
        """The value of the fixture with that name; raises KeyError for an unknown name."""
        if name in ("ec2", "s3"):
            return self.client(name)
        if name not in FIXTURES:
            raise KeyError(name)
        return getattr(self, name)
