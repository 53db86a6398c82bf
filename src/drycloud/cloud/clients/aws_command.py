"""The AWS CLI, version 1, which pip installs, made to understand commands for version 2.

pip cannot install version 2. Its options have the same meaning here, or no effect where there is nothing left
to do; all that version 1 understands stays. The module imports nothing of ours: the sandbox has a copy of it.
"""

import base64
import binascii
import os
import sys
from pathlib import Path
from typing import Any

_REGION = "us-east-1"  # the value of both variables before a student sets one
_OPTIONS: dict[str, dict[str, Any]] = {
    "no-cli-pager": {"action": "store_true", "help": "Nothing is shown page by page here."},
    "cli-binary-format": {"choices": ["base64", "raw-in-base64-out"], "help": "How binary values are given."},
    "cli-auto-prompt": {"action": "store_true", "help": "Nobody is asked for anything here."},
    "no-cli-auto-prompt": {"action": "store_true", "help": "Nobody is asked for anything here."},
    "cli-error-format": {"help": "Errors have one form here."},
}
_OUTPUTS = ("yaml", "yaml-stream", "off")
_PROFILE = ("data", "profile")  # the files of our profile, next to this module
_CONFIGURED = (
    "aws configure: there is nothing to configure. Keys and the region us-east-1 are set for you, and stay so; "
    "--region chooses another region for one command."
)


def main() -> int:
    """The command `aws`; returns its exit status."""
    import awscli.clidriver

    understand_version_2(awscli.clidriver)
    status: int = awscli.clidriver.main()
    return status


def understand_version_2(clidriver: Any) -> None:
    """Add the options of version 2 to the module `awscli.clidriver`, once per process."""
    if hasattr(clidriver, "_understands_version_2"):
        return
    clidriver._understands_version_2 = True
    create, options = clidriver.create_clidriver, clidriver.CLIDriver._get_cli_data
    clidriver.CLIDriver._get_cli_data = lambda driver: _with_options(options(driver))
    clidriver.get_formatter = _formatters(clidriver.get_formatter)
    _teach_configure()

    def create_clidriver() -> Any:
        _take_region(os.environ)
        driver = create()
        driver.session.register("top-level-args-parsed", _read_base64)
        return driver

    clidriver.create_clidriver = create_clidriver


def _with_options(data: Any) -> Any:
    data["options"].update(_OPTIONS)
    outputs = data["options"]["output"]["choices"]
    outputs += [name for name in _OUTPUTS if name not in outputs]
    return data


def _take_region(environ: Any) -> None:
    """Use AWS_REGION if a student set it: version 1 knows AWS_DEFAULT_REGION only."""
    if environ.get("AWS_REGION", _REGION) != _REGION:
        environ["AWS_DEFAULT_REGION"] = environ["AWS_REGION"]


def _formatters(get_formatter: Any) -> Any:
    """awscli.formatter.get_formatter with YAML."""
    from awscli.formatter import FullyBufferedFormatter

    class InYaml(FullyBufferedFormatter):  # type: ignore[misc]  # the AWS CLI has no types
        def _format_response(self, _command: str, response: Any, stream: Any) -> None:
            if response != {}:
                stream.write(_yaml([response] if self._args.output == "yaml-stream" else response))

    class Off(FullyBufferedFormatter):  # type: ignore[misc]  # as above
        def _format_response(self, _command: str, _response: Any, _stream: Any) -> None:
            return

    def formatter(kind: str, args: Any) -> Any:
        if kind not in _OUTPUTS:
            return get_formatter(kind, args)
        args.output = kind  # it may come from AWS_DEFAULT_OUTPUT
        return Off(args) if kind == "off" else InYaml(args)

    return formatter


def _yaml(value: Any) -> str:
    """A value as version 2 writes it: in blocks, in the order of the answer."""
    import json

    import yaml
    from awscli.utils import json_encoder

    plain = json.loads(json.dumps(value, default=json_encoder))
    text: str = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=10**6)
    return text.removesuffix("...\n")


def _read_base64(parsed_args: Any, session: Any, **_: Any) -> None:
    """Decode binary values that are given in base64, if that is selected; version 1 takes them as they are."""
    if parsed_args.cli_binary_format == "base64":
        session.register("before-parameter-build", _decode)


def _decode(params: Any, model: Any, **_: Any) -> None:
    for name, shape in model.input_shape.members.items() if model.input_shape else ():
        if shape.type_name == "blob" and isinstance(params.get(name), str):
            try:
                params[name] = base64.b64decode(params[name], validate=True)
            except (binascii.Error, ValueError):
                raise ValueError(f"Invalid base64: {params[name][:60]!r}") from None


def _is_ours(file: str) -> bool:
    return Path(file).absolute().parent == Path(__file__).absolute().parent.joinpath(*_PROFILE)


def _teach_configure() -> None:
    """`aws configure` does not ask; `get`, `list` and `list-profiles` (of version 2) work.

    `aws configure set` adds the student's own profiles, unless the files are those of this module.
    """
    from awscli.customizations.commands import BasicCommand
    from awscli.customizations.configure.configure import ConfigureCommand
    from awscli.customizations.configure.set import ConfigureSetCommand

    class ListProfiles(BasicCommand):  # type: ignore[misc]  # as above
        NAME = "list-profiles"
        DESCRIPTION = "Lists the profiles."

        def _run_main(self, _args: Any, _globals: Any) -> int:
            print("\n".join(self._session.available_profiles))
            return 0

    def told(_self: Any, _args: Any, _globals: Any) -> int:
        print(_CONFIGURED, file=sys.stderr)
        return 0

    write = ConfigureSetCommand._run_main

    def set_one(command: Any, args: Any, parsed_globals: Any) -> int:
        is_named = command._session.profile not in (None, "default") or args.varname.startswith("profile.")
        if not is_named or _is_ours(os.environ.get("AWS_CONFIG_FILE", "")):
            return told(command, args, parsed_globals)
        status: int = write(command, args, parsed_globals)
        return status

    ConfigureCommand._run_main, ConfigureSetCommand._run_main = told, set_one
    ConfigureCommand.SUBCOMMANDS.append({"name": ListProfiles.NAME, "command_class": ListProfiles})
