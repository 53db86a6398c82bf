"""A student's practice with the engine from the wheel in a folder: `python tests/tools/wheel_practice.py FOLDER`.

Runs in an environment of its own, on Linux, macOS and Windows, with every Python that the engine is for. Exit status 1,
and the output, where practice does not say what it should.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A script as a student may write it: the scene, their own work, and a check that passes and one that does not.
SCRIPT = """
from drycloud import check, simulate


def scene(ec2, s3, workdir):
    s3.create_bucket(Bucket="lesson")
    (workdir / "given.txt").write_text("caf\\u00e9\\n", encoding="utf-8")
    return {"bucket": "lesson", "types": len(ec2.describe_instance_types(MaxResults=5)["InstanceTypes"])}


given = simulate(scene)

import boto3

boto3.client("s3").upload_file("given.txt", given.bucket, "given.txt")


@check(points=1)
def test_stored(after, given):
    "The file lies in the bucket."
    assert after.objects(given.bucket)


@check(points=1)
def test_machine(after):
    "A machine runs."
    assert after.instances(), "No machine has been started."
"""
EXPECTED = ("The file lies in the bucket.", "No machine has been started.")


def main(dist: Path) -> None:
    """Install the one wheel in `dist`, practise once, and look at what was said."""
    (wheel,) = dist.glob("drycloud-*.whl")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        venv.create(Path(folder) / "env", with_pip=True)
        python = Path(folder) / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-c",
            ROOT / "constraints.txt",
            wheel,
        ]
        subprocess.run([python, *install], check=True)
        work = Path(folder) / "work"
        work.mkdir()
        (work / "lesson.py").write_text(SCRIPT, encoding="utf-8")
        env = os.environ | {"PYTHONUTF8": "1"}
        done = subprocess.run(
            [python, "lesson.py"], cwd=work, env=env, capture_output=True, text=True, encoding="utf-8"
        )
    print(done.stdout, done.stderr, sep="\n")
    if done.returncode or any(words not in done.stdout for words in EXPECTED):
        sys.exit("practice with the wheel did not say what it should")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
