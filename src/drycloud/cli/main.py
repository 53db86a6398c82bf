"""`drycloud`: the commands, and the only place where an error becomes a message and an exit status."""

import gc
import io
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from drycloud.cli.extra import CLASSROOM, GRADING, PACKAGING, not_installed, require
from drycloud.course import Course, find_root, load_course
from drycloud.errors import DrycloudError, UsageError
from drycloud.lab.dialects import DIALECTS, dialect_here
from drycloud.notebook.imports import skip_server
from drycloud.version import VERSION

_GC_THRESHOLD = 50_000  # objects between two garbage collections; nearly all that a command loads stays to its end

_REPLACE = click.option("--replace", is_flag=True, help="Overwrite source notebooks that somebody edited.")

out, err = Console(highlight=False), Console(stderr=True, highlight=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="drycloud")
def cli() -> None:
    """An AWS course that grades itself against a simulated cloud."""


def _course(needed: tuple[str, ...]) -> Course:
    """The course around the working directory, for a command that needs these modules."""
    course = load_course(find_root(Path.cwd()))
    require(needed)
    return course


@cli.command()
@click.argument("target", metavar="A[/S]")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of Reports, and nothing else.")
@click.option("--submitted", type=click.Path(path_type=Path), help="The folder of collected submissions.")
@click.option("--jobs", type=click.IntRange(1, 256), help="How many at a time (default: two per processor).")
def grade(target: str, files: tuple[Path, ...], as_json: bool, submitted: Path | None, jobs: int | None) -> None:
    """Grade files of one step A/S, or every collected submission of the assignment A."""
    assignment, _, step = target.partition("/")
    course = _course(GRADING if step else CLASSROOM)
    if step:
        course.assignment(assignment).step(step)
        if submitted:
            hint = f"say 'drycloud grade {assignment} --submitted DIR'"
            raise UsageError("--submitted is for a whole assignment", hint=hint)
        from drycloud.cli.grade import grade_files

        grade_files(course, (assignment, step), list(files), jobs, as_json=as_json)
        return
    named = course.assignment(assignment)
    if files:
        raise UsageError("files are of one step", hint=f"say 'drycloud grade {assignment}/STEP FILE…'")
    from drycloud.cli.grade import grade_class

    grade_class(course, named, submitted, jobs, as_json=as_json)


@cli.command()
@click.argument("targets", nargs=-1, metavar="[A[/S]]...")
@click.option("--jobs", type=click.IntRange(1, 256), help="How many at a time (default: three per processor).")
@click.option("--all", "more", is_flag=True, help="Verify the samples in the more/ folders too.")
def verify(targets: tuple[str, ...], jobs: int | None, more: bool) -> None:
    """Verify the course: stubs earn 0, solutions full points, samples what they must; each twice the same."""
    course = _course(GRADING)
    from drycloud.grading.pool import usual_jobs
    from drycloud.verify import verify as prove

    wrong = count = 0
    with (
        tempfile.TemporaryDirectory(prefix="drycloud-") as scratch,
        Progress(console=err, transient=True, disable=not err.is_terminal) as bar,
    ):
        task = bar.add_task("verifying", total=None)
        for target in targets or ("",):
            for finding in prove(course, target, jobs or usual_jobs(3), Path(scratch), more=more):
                count += 1
                bar.advance(task)
                if finding.problem:
                    wrong += 1
                    out.print(f"✗ {finding.label}: {finding.problem}", markup=False, soft_wrap=True)
    out.print(f"{count} samples, each graded twice: {count - wrong} as they should be, {wrong} not.")
    sys.exit(1 if wrong else 0)


@cli.command()
@click.argument("assignment", metavar="A")
@_REPLACE
def build(assignment: str, replace: bool) -> None:
    """Make nbgrader's source notebooks of an assignment (below build/source)."""
    course = _course(CLASSROOM)
    from drycloud.cli.classroom import build_assignment

    build_assignment(course, assignment, replace=replace)


@cli.command()
@click.argument("assignment", metavar="A")
@_REPLACE
def release(assignment: str, replace: bool) -> None:
    """Make the students' version of an assignment, refuse it if anything leaks, and zip it."""
    course = _course(PACKAGING)
    from drycloud.cli.classroom import release_assignment

    release_assignment(course, assignment, replace=replace)


@cli.command()
@click.argument("assignment", metavar="A")
@click.option("--to", type=click.Path(path_type=Path), help="The file (default: A.csv in the working directory).")
def export(assignment: str, to: Path | None) -> None:
    """Write the marks of an assignment, as the gradebook has them, for a spreadsheet (CSV)."""
    course = _course(CLASSROOM)
    from drycloud.cli.classroom import export_assignment

    export_assignment(course, assignment, to or Path(f"{course.assignment(assignment).name}.csv"))


@cli.command()
def demo() -> None:
    """Show the whole loop on a sample class: release, hand in, collect, grade, release feedback."""
    course = _course(PACKAGING)
    from drycloud.cli.demo import run_demo

    run_demo(course)


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port (default: any that is free).")
@click.option("--for", "dialect", type=click.Choice(DIALECTS), help="The shell to print for (default: this one).")
def cloud(port: int | None, dialect: str | None) -> None:
    """Run a simulated cloud on this machine until Ctrl-C or SIGTERM.

    It takes requests of any size and number. In grading, and in a notebook, the course's limits apply: 16 MiB
    in one request, unless the course says otherwise.
    """
    from drycloud.lab.foreground import serve_forever

    serve_forever(port, dialect or dialect_here())


class _WithCommand(click.Command):
    """A command line that may end in `-- PROGRAM ARGUMENT…`, which is left as it is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what follows `--` for the function."""
        end = args.index("--") if "--" in args else len(args)
        ctx.meta["command"] = args[end + 1 :]
        return super().parse_args(ctx, args[:end])


@cli.command(cls=_WithCommand, options_metavar="[OPTIONS]", epilog="'-- PROGRAM ARGUMENT…' runs that, not a shell.")
@click.argument("notebook", default="")
@click.option("--list", "show_list", is_flag=True, help="Show the notebooks whose clouds are running.")
@click.option("-c", "line", default="", help="Run one line in the shell, and end with its exit status.")
@click.pass_context
def shell(ctx: click.Context, notebook: str, show_list: bool, line: str) -> None:
    """Open a shell in the world of a running notebook: the one in this folder, or the one that you name."""
    from drycloud.lab.shell import list_worlds, open_shell

    if show_list:
        click.echo("\n".join(list_worlds()))
        return
    if "--" in sys.argv and not ctx.meta["command"]:
        raise UsageError("there is nothing after '--'", hint="say 'drycloud shell -- aws s3 ls'")
    sys.exit(open_shell(notebook, ctx.meta["command"], line))


def main() -> None:
    """Run a command; every expected error becomes one line and exit status 2."""
    skip_server()
    gc.set_threshold(_GC_THRESHOLD)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a Windows console may lack characters of a file's name
    try:
        cli(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
    except click.ClickException as error:
        _fail(error.format_message())
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        kept = "; what was graded so far is kept, and the same command continues from there"
        _fail(f"stopped{kept if sys.argv[1:2] == ['grade'] else ''}", status=130)
    except DrycloudError as error:
        _fail(str(error))
    except ModuleNotFoundError as error:  # a dependency of one of the instructor's packages
        _fail(str(not_installed([str(error.name)])))
    except OSError as error:
        _fail(f"{error.filename or 'the system'}: {error.strerror or error}")


def _fail(line: str, status: int = 2) -> None:
    click.echo(f"drycloud: {' '.join(line.split())}", err=True)
    sys.exit(status)
