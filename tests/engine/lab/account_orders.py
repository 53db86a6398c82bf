"""Orders in which a student may run cells, and what each cell must show; and what runs them, in Jupyter or a script."""

import json
import sys
import textwrap
from pathlib import Path

from patience import PATIENCE

NO_SCENE = "No practice cloud yet: run the scene cell first, then this again. Nothing was sent to AWS."
EARLIER = "This client was made before the scene cell ran: make it again, below that cell. Nothing was sent to AWS."
ENDED = "Your practice cloud has ended: run the scene cell again. Nothing was sent to AWS."
ELSEWHERE = "which is not your practice cloud: make the client below the scene cell, without endpoint_url."
NO_PROFILE = "There is no profile work: your own AWS account is out of reach here. Leave the profile out."
RESTART = "RESTART"

SCENE = """from drycloud import simulate
def scene(s3):
    s3.create_bucket(Bucket="lesson")
    return {"bucket": "lesson"}
given = simulate(scene)"""
OTHER = SCENE.replace("lesson", "another")
FAILING = SCENE.replace('    return {"bucket": "lesson"}', "    1 / 0")
NAMES = "print([b['Name'] for b in s3.list_buckets()['Buckets']])"
TASK = f"import boto3\ns3 = boto3.client('s3')\n{NAMES}"
RESOURCE = "import boto3\nprint([b.name for b in boto3.resource('s3').buckets.all()])"
PROFILE = "import boto3\nprint(boto3.Session(profile_name='work').client('s3').list_buckets())"
PLAIN = (
    "import botocore.session\nsts = botocore.session.get_session().create_client('sts')\n"
    "print(sts.get_caller_identity()['Account'])"
)
KEYS = (
    "import boto3\nk = {'aws_access_key_id': 'AKIAREALREALREALREAL', 'aws_secret_access_key': 'real'}\n"
    "print(boto3.client('s3', **k).list_buckets())"
)
ELSE = "import boto3\nprint(boto3.client('s3', endpoint_url='https://s3.amazonaws.com').list_buckets())"
HARD = (
    "import boto3\nfrom botocore.config import Config\n"
    "c = Config(proxies={'http': 'http://127.0.0.1:3128', 'https': 'http://127.0.0.1:3128'}, use_fips_endpoint=FIPS,\n"
    "           use_dualstack_endpoint=FIPS, s3={'addressing_style': 'virtual'})\n"
    "s3 = boto3.client('s3', config=c)\n" + NAMES
)
KILL = "from drycloud.lab import practice\npractice._cloud._process.kill()\npractice._cloud._process.wait()"
RUN = "import subprocess, sys\nprint(subprocess.run({}, shell={}, capture_output=True, text=True{}).{})"
AWS = RUN.format("'aws s3 ls'", True, "", "stdout"), RUN.format("'aws s3 ls'", True, "", "stderr.strip()")
CLEAN = RUN.format("'env -i HOME=$HOME PATH=$PATH aws s3 ls'", True, "", "stderr.strip()")
AWAY = RUN.format(
    "[sys.executable, '-c', 'import boto3; boto3.client(\"s3\").list_buckets()']", False, ", cwd='/'", "stderr"
)
UNSET = "import os\nfor n in [n for n in os.environ if n.startswith(('AWS_', 'BOTO'))]:\n    del os.environ[n]\n"
METADATA = (
    "from botocore.utils import ContainerMetadataFetcher, InstanceMetadataFetcher\n"
    "ContainerMetadataFetcher().retrieve_full_uri('http://127.0.0.1:8765/credentials')"
)
INSTANCE = "import boto3\n" + UNSET + "print(boto3.Session().get_credentials())"
CLI = "from awscli.clidriver import create_clidriver\nstatus = create_clidriver().main(['s3', 'ls'])"
LINK = (
    "import boto3, urllib.request\n"
    "u = boto3.client('s3').generate_presigned_url('get_object', {'Bucket': 'lesson', 'Key': 'k'})\n"
    "print(urllib.request.urlopen(u).status)"
)
SEEN, REFUSED_KEY = "['lesson']", "InvalidAccessKeyId"

# Each cell, and a piece of what it must show; one line and nothing else where that is one of the lines above.
ORDERS: dict[str, list[tuple[str, str]]] = {
    "task": [(TASK, NO_SCENE)],
    "task, scene, task": [(TASK, NO_SCENE), (SCENE, "lesson"), (TASK, SEEN)],
    "client, scene, call": [
        ("import boto3\ns3 = boto3.client('s3')", ""),
        (SCENE, "lesson"),
        (NAMES, EARLIER),
        (TASK, SEEN),
    ],
    "scene, restart, task": [
        (SCENE, "lesson"),
        (TASK, SEEN),
        (RESTART, ""),
        (TASK, NO_SCENE),
        (SCENE, ""),
        (TASK, SEEN),
    ],
    "scene of another step": [(SCENE, "lesson"), (TASK, SEEN), (OTHER, "another"), (NAMES, "['another']")],
    "aws in the shell": [("!aws s3 ls", NO_SCENE), (SCENE, "lesson"), ("!aws s3 ls", "lesson")],
    "%%bash": [("%%bash\naws s3 ls 2>&1 || true", NO_SCENE), (SCENE, ""), ("%%bash\naws s3 ls", "lesson")],
    "subprocess": [(AWS[1], NO_SCENE), (SCENE, ""), (AWS[0], "lesson")],
    "resource": [(RESOURCE, NO_SCENE), (SCENE, ""), (RESOURCE, SEEN)],
    "profile": [(PROFILE, NO_PROFILE), (SCENE, ""), (PROFILE, NO_PROFILE), (TASK, SEEN)],
    "aws with a profile": [
        ("!aws s3 ls --profile work", NO_PROFILE),
        (SCENE, ""),
        ("!aws s3 ls --profile work", NO_PROFILE),
    ],
    "botocore alone": [(PLAIN, NO_SCENE), (SCENE, ""), (PLAIN, "123456789012")],
    "explicit keys": [(KEYS, NO_SCENE), (SCENE, ""), (KEYS, REFUSED_KEY)],
    "explicit endpoint": [(ELSE, NO_SCENE), (SCENE, ""), (ELSE, ELSEWHERE)],
    "proxies, FIPS, dualstack": [
        (HARD.replace("FIPS", "None"), NO_SCENE),
        (SCENE, ""),
        (HARD.replace("FIPS", "None"), SEEN),
        (HARD.replace("FIPS", "True"), SEEN),
    ],
    "after %cd": [("%cd /", "/"), (TASK, NO_SCENE), (SCENE, ""), (TASK, SEEN)],
    "a scene that fails": [(FAILING, "division by zero"), (TASK, "[]"), (SCENE, ""), (TASK, SEEN)],
    "a cloud that was killed": [(SCENE, ""), (TASK, SEEN), (KILL, ""), (NAMES, ENDED), (SCENE, ""), (TASK, SEEN)],
    "settings changed later": [
        (SCENE, ""),
        ("import os\nos.environ['AWS_PROFILE'] = 'work'", ""),
        (TASK, NO_PROFILE),
        ("del os.environ['AWS_PROFILE'], os.environ['AWS_ENDPOINT_URL']", ""),
        (TASK, ELSEWHERE),
    ],
    "settings taken away": [(UNSET + TASK, NO_SCENE), (SCENE, ""), (TASK, SEEN), (UNSET + TASK, "")],
    "an empty environment": [(CLEAN, NO_SCENE), (SCENE, ""), (CLEAN, NO_SCENE)],
    "a child elsewhere": [(AWAY, NO_SCENE), (SCENE, ""), (AWAY.replace(".stderr", ".returncode"), "0")],
    "metadata services": [(METADATA, NO_SCENE), (INSTANCE, ""), (SCENE, ""), (METADATA, EARLIER), (INSTANCE, "")],
    "the AWS CLI in this process": [(CLI, NO_SCENE)],
    "the AWS CLI in this process, later": [(SCENE, ""), (CLI, "lesson")],
    "a link": [(LINK, "Connection refused"), (SCENE, ""), (LINK, "HTTP Error 404")],
}
# A script may run outside of the release's folder; with an emptied environment its children know nothing of that. And
# it ends where its scene fails.
NOTEBOOK_ONLY = ("an empty environment", "a scene that fails")
LINES = (NO_SCENE, EARLIER, ENDED, NO_PROFILE)


def is_script(order: str) -> bool:
    """Whether an order has none of what only Jupyter has."""
    return order not in NOTEBOOK_ONLY and not any(
        source == RESTART or source.startswith(("!", "%")) for source, _ in ORDERS[order]
    )


def run_notebook(sources: list[str], folder: Path) -> list[str]:
    """What each cell shows in a kernel that starts in `folder`."""
    import nbformat
    from jupyter_core.utils import run_sync
    from nbclient import NotebookClient

    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    client = NotebookClient(nbformat.v4.new_notebook(cells=cells), kernel_name="python3", timeout=PATIENCE)
    client.resources = {"metadata": {"path": str(folder)}}
    client.allow_errors = True
    with client.setup_kernel():
        for number, cell in enumerate(cells):
            if cell.source == RESTART:
                run_sync(client.km.restart_kernel)(now=True)
                run_sync(client.kc.wait_for_ready)(timeout=PATIENCE)
            else:
                client.execute_cell(cell, number)
    return ["\n".join(map(_shown, cell.outputs)) for cell in cells]


def _shown(output: dict) -> str:
    if output["output_type"] == "error":
        return "\n".join(output["traceback"])
    return output.get("text") or output.get("data", {}).get("text/plain", "")


def run_script(sources: list[str], folder: Path) -> list[str]:
    """What each cell prints in a script that lies in `folder`; what it raises is its last line."""
    import subprocess

    end = "print('<end of a cell>', flush=True)\n"
    caught = f"except Exception as error:\n    print(type(error).__name__, error)\n{end}"
    parts = [f"try:\n{textwrap.indent(source, '    ')}\n{caught}" for source in sources]
    (folder / "practice.py").write_text("".join(parts), encoding="utf-8")
    words = [sys.executable, str(folder / "practice.py")]
    done = subprocess.run(
        words, cwd=folder.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout.split("<end of a cell>")[:-1]


if __name__ == "__main__":
    kind, order, place = sys.argv[1:]
    run = {"notebook": run_notebook, "script": run_script}[kind]
    print(json.dumps(run([source for source, _ in ORDERS[order]], Path(place))))
