"""How each setting of botocore and the AWS CLI is changed, so that they talk to the local cloud and nothing else.

This covers settings that a newer botocore or AWS CLI adds: every name with their prefixes is removed, and only
ours are set. Config and credentials files are ours, so no real profile, token cache or credential program is used.
"""

import os
import sys

from drycloud.cloud.request.keys import STUDENT_KEY, STUDENT_SECRET

TYPE_CHECKING = False
if TYPE_CHECKING:  # it may be loaded whenever Python starts
    from collections.abc import Iterable, MutableMapping

ENDPOINT = "DRYCLOUD_ENDPOINT"  # names the local cloud that is allowed; a guarded process has it set
NO_CLOUD = "http://127.0.0.1:9/run-the-scene-cell-first"  # nothing listens there; tools show it in their error

# As in drycloud.cloud.clients.waiters and profile, which are not loaded here, since that would slow down Python.
_DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "cloud", "clients", "data")
_MODELS, _PROFILE = os.path.join(_DATA, "models"), os.path.join(_DATA, "profile")
THEIRS = ("AWS_", "BOTO")
MORE = (
    "_X_AMZN_TRACE_ID",  # sent in a header of each request
    "SSLKEYLOGFILE",  # botocore makes no client if this file cannot be written
)
# Settings that change how a command works, but not its endpoint: a guarded process keeps them.
_PREFERENCES = (
    "AWS_DEFAULT_OUTPUT",
    "AWS_DEFAULT_PROFILE",  # there are no profiles but ours
    "AWS_DEFAULT_REGION",
    "AWS_MAX_ATTEMPTS",
    "AWS_PAGER",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_REQUEST_CHECKSUM_CALCULATION",
    "AWS_RESPONSE_CHECKSUM_VALIDATION",
    "AWS_RETRY_MODE",
)
# Other variables that they read, and that stay: they lead to no account, and other programs need them.
LEFT_ALONE = {
    "KUBECONFIG": "a file of kubectl's, for services that the local cloud does not have",
    "KUBERNETES_EXEC_INFO": "as above",
    "MANPAGER": "shows the AWS CLI's help",
    "NPM_CONFIG_USERCONFIG": "a file of npm's, for a service that the local cloud does not have",
    "PAGER": "shows the AWS CLI's help",
    "PATH": "finds programs; practice puts its own first",
    "PYTHONIOENCODING": "Python's own",
    "PYTHONUTF8": "Python's own",
    "REQUESTS_CA_BUNDLE": "certificates, which the local cloud does without; pip needs them",
}
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_HERE = ("127.0.0.1", "localhost")


def environment(port: int) -> dict[str, str]:
    """The variables for boto3 and the AWS CLI to use the local cloud at `port`; 0 is no cloud: every call then fails.

    The files contain one profile, `default`, with our keys: those and the profiles of a real account are never read.
    """
    endpoint = f"http://127.0.0.1:{port}" if port else NO_CLOUD
    return {
        ENDPOINT: endpoint,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": STUDENT_KEY,
        "AWS_SECRET_ACCESS_KEY": STUDENT_SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.path.join(_PROFILE, "config"),
        "AWS_SHARED_CREDENTIALS_FILE": os.path.join(_PROFILE, "credentials"),
        "BOTO_CONFIG": os.devnull,  # else ~/.boto and /etc/boto.cfg
        "BOTO_DISABLE_CRT": "true",  # the CRT sends by itself, without our check
        "AWS_PAGER": "",
        "AWS_DATA_PATH": _MODELS,
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",  # else some clients call data.127.0.0.1, which does not exist
    }


def is_foreign(name: str) -> bool:
    """Whether an environment variable is a setting of botocore or the AWS CLI, ours or another one."""
    return name.startswith(THEIRS) or name in MORE


def port_of(endpoint: str) -> int:
    """The port of the local cloud that DRYCLOUD_ENDPOINT names; 0 if it names none."""
    host, _, port = endpoint.rpartition(":")
    return int(port) if host == "http://127.0.0.1" and port.isascii() and port.isdigit() else 0


def without_proxy(environ: "MutableMapping[str, str]") -> dict[str, str]:
    """NO_PROXY as it must be for the local cloud, in both spellings; empty if no proxy is set.

    Without a proxy it stays unset: otherwise Python would ignore the proxies of macOS and Windows.
    """
    if not any(name.lower() in _PROXIES for name in environ):
        return {}
    names = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    parts = [part.strip() for part in names.split(",") if part.strip()]
    merged = ",".join([*parts, *(host for host in _HERE if host not in parts)])
    return dict.fromkeys(("no_proxy", "NO_PROXY"), merged)


def changes(
    environ: "MutableMapping[str, str]", wanted: dict[str, str], keep: "Iterable[str]" = ()
) -> tuple[list[str], dict[str, str]]:
    """The variables to remove from `environ`, in order, and those to set, so that it matches `wanted`; `keep` stays."""
    kept = set(keep) & set(environ)
    ours = {name: value for name, value in wanted.items() if name not in kept}
    away = sorted(name for name in environ if is_foreign(name) and name not in ours and name not in kept)
    return away, ours | without_proxy(environ)


def apply(environ: "MutableMapping[str, str]", wanted: dict[str, str], keep: "Iterable[str]" = ()) -> None:
    """Make `environ` match `wanted`."""
    away, ours = changes(environ, wanted, keep)
    for name in away:
        del environ[name]
    environ.update(ours)


def own_tools() -> list[str]:
    """The folders of this Python and of its commands, of which `aws` is one."""
    import sysconfig

    return list(dict.fromkeys((os.path.dirname(sys.executable), sysconfig.get_path("scripts"))))


def own_tools_first(path: str) -> str:
    """A PATH that finds the `aws` of this Python, whose virtual environment may not be activated."""
    own = own_tools()
    return os.pathsep.join([*own, *(folder for folder in path.split(os.pathsep) if folder not in own)])


def apply_inherited(environ: "MutableMapping[str, str]") -> None:
    """Configure a starting process for the cloud that it inherited, with preferences set since then; else for none."""
    inherited = ENDPOINT in environ
    wanted = environment(port_of(environ.get(ENDPOINT, "")))
    apply(environ, wanted, _PREFERENCES if inherited else ())
