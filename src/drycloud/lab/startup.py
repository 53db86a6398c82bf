"""How a shell is started so that our settings come after those of the user's own files, which are not changed."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from drycloud.lab.dialects import assignments, dialect_of, name_of, quoted
from drycloud.lab.settings import MORE, THEIRS
from drycloud.report import Frozen

MARK = "(drycloud) "
OLD = (
    "drycloud: the scene was set again, or its notebook has ended, and the settings of this shell are outdated. "
    "Type 'exit', then 'drycloud shell'."
)
_OURS = ("aws", "python", "python3")  # commands that are found in PATH, not a user's aliases
_UNREAD = ("BASH_ENV", "ENV")  # files that a shell reads even for one command


class Start(Frozen, frozen=True):
    """A command, and the environment that it starts in."""

    command: list[str]
    environ: dict[str, str]


class Settings(Frozen, frozen=True):
    """The settings of a shell: the variables of the local cloud and of the scene, the folders of our own tools.

    `note` is a file that is removed when these are outdated; `place` is the working directory, even if the user's files
    change it.
    """

    variables: dict[str, str]
    tools: list[str]
    note: str = ""
    place: str = ""


def interactive(program: str, settings: Settings, folder: Path, environ: Mapping[str, str]) -> Start:
    """A shell for a person. Its start-up files are written to `folder`, which must exist as long as the shell."""
    make = _KINDS.get(name_of(program), _posix)
    return make(program, settings, folder, {**environ, **settings.variables})


def one_command(program: str, text: str, settings: Settings, environ: Mapping[str, str]) -> Start:
    """A shell for one command or script; it reads none of the user's files. Without `text` it reads standard input."""
    clean = {name: value for name, value in environ.items() if name not in _UNREAD}
    options = _QUIET.get(name_of(program), [])
    dash = {"cmd": "/c", "powershell": "-Command"}.get(dialect_of(program), "-c")
    return Start([program, *options, *([dash, text] if text else [])], clean | settings.variables)


_QUIET = {
    "zsh": ["-f"],
    "fish": ["--no-config"],
    "pwsh": ["-NoLogo", "-NoProfile"],
    "powershell": ["-NoLogo", "-NoProfile"],
    "cmd": ["/d"],
}


# --- bash, zsh and sh -------------------------------------------------------------------------------------------------

_LOOK = """
_drycloud_note={note}
_drycloud_look() {{
    if [ -n "$_drycloud_note" ] && ! [ -e "$_drycloud_note" ]; then
        _drycloud_note=
        printf '%s\\n' {old}
    fi
}}
"""
_BASH_PROMPT = """
_drycloud_prompt() {
    local status=$?
    _drycloud_look
    case $PS1 in '(drycloud) '*) ;; *) PS1="(drycloud) $PS1" ;; esac
    return $status
}
PROMPT_COMMAND="${PROMPT_COMMAND:+$PROMPT_COMMAND
}_drycloud_prompt"
"""
_ZSH_PROMPT = """
_drycloud_prompt() {
    _drycloud_look
    case $PROMPT in '(drycloud) '*) ;; *) PROMPT="(drycloud) $PROMPT" ;; esac
}
autoload -Uz add-zsh-hook && add-zsh-hook precmd _drycloud_prompt
"""
# zsh reads its files in ZDOTDIR, which the user's .zshenv may set.
_ZSHENV = """
_drycloud_folder=$ZDOTDIR
{restore}
[ -f "${{ZDOTDIR:-$HOME}}/.zshenv" ] && . "${{ZDOTDIR:-$HOME}}/.zshenv"
_drycloud_theirs=${{ZDOTDIR-}}
ZDOTDIR=$_drycloud_folder
"""
_ZSHRC = """
[ -n "$_drycloud_theirs" ] && ZDOTDIR=$_drycloud_theirs || unset ZDOTDIR
[[ $HISTFILE == $_drycloud_folder/* ]] && HISTFILE=${ZDOTDIR:-$HOME}/.zsh_history
[ -f "${ZDOTDIR:-$HOME}/.zshrc" ] && . "${ZDOTDIR:-$HOME}/.zshrc"
"""


def _bash(program: str, settings: Settings, folder: Path, environ: dict[str, str]) -> Start:
    away = [f"${{!{prefix}@}}" for prefix in THEIRS]
    text = "[ -f ~/.bashrc ] && . ~/.bashrc\n" + _posix_text(
        f"unset {' '.join([*away, *MORE])}", settings, "builtin cd --"
    )
    file = _written(folder / "bashrc", text + _BASH_PROMPT)
    return Start([program, "--rcfile", str(file), "-i"], environ)


def _zsh(program: str, settings: Settings, folder: Path, environ: dict[str, str]) -> Start:
    theirs = environ.get("ZDOTDIR")
    restore = f"ZDOTDIR={quoted('sh', theirs)}" if theirs else "unset ZDOTDIR"
    _written(folder / ".zshenv", _ZSHENV.format(restore=restore))
    away = " ".join(quoted("sh", f"{prefix}*") for prefix in THEIRS)
    text = _posix_text(f"unset -m {away}\nunset {' '.join(MORE)}", settings, "builtin cd -q --")
    _written(folder / ".zshrc", _ZSHRC + text + _ZSH_PROMPT)
    return Start([program, "-i"], environ | {"ZDOTDIR": str(folder)})


def _posix(program: str, settings: Settings, folder: Path, environ: dict[str, str]) -> Start:
    names = "|".join(f"{prefix}[A-Za-z0-9_]*" for prefix in THEIRS)
    away = f"unset $(env | sed -nE 's/^({names})=.*/\\1/p') {' '.join(MORE)}"
    theirs = f". {quoted('sh', environ['ENV'])}\n" if environ.get("ENV") else ""
    text = theirs + _posix_text(away, settings, "command cd --") + "PS1='(drycloud) $ '\n"
    return Start([program, "-i"], environ | {"ENV": str(_written(folder / "shrc", text))})


def _posix_text(away: str, settings: Settings, enter: str) -> str:
    lines = [away, *assignments("sh", [], settings.variables), *(f"unalias {name} 2>/dev/null" for name in _OURS)]
    lines += [f"unset -f {name} 2>/dev/null" for name in _OURS]
    if settings.place:
        lines.append(f"{enter} {quoted('sh', settings.place)}")
    tools = quoted("sh", os.pathsep.join(settings.tools))
    look = _LOOK.format(note=quoted("sh", settings.note), old=quoted("sh", OLD))
    return "\n".join([*lines, f'export PATH={tools}:"$PATH"', look])


# --- fish, PowerShell and cmd -----------------------------------------------------------------------------------------

_FISH = """
for name in (set -nx | string match -r '^(?:{prefixes}).*'); set -e $name; end
{lines}
set -gx PATH {tools} $PATH
functions -e {ours}
{enter}
set -g _drycloud_note {note}
functions -q fish_prompt; and functions -c fish_prompt _drycloud_prompt
functions -q _drycloud_prompt; or function _drycloud_prompt; printf '> '; end
function fish_prompt; printf '(drycloud) '; _drycloud_prompt; end
function _drycloud_look --on-event fish_prompt
    if test -n "$_drycloud_note"; and not test -e "$_drycloud_note"
        set -g _drycloud_note ''
        echo {old}
    end
end
"""
_POWERSHELL = """
Get-ChildItem Env: | Where-Object {{ $_.Name -match '^(?:{prefixes})' }} | Remove-Item
{lines}
{enter}
$env:PATH = {tools} + [IO.Path]::PathSeparator + $env:PATH
$global:DrycloudNote = {note}
$function:global:DrycloudPrompt = $function:prompt
function global:prompt {{
    if ($global:DrycloudNote -and -not (Test-Path -LiteralPath $global:DrycloudNote)) {{
        $global:DrycloudNote = ''
        Write-Host {old}
    }}
    '(drycloud) ' + (DrycloudPrompt)
}}
"""


def _fish(program: str, settings: Settings, folder: Path, environ: dict[str, str]) -> Start:
    tools = " ".join(quoted("fish", tool) for tool in settings.tools)
    text = _FISH.format(**_words("fish", settings, tools, "builtin cd --"), ours=" ".join(_OURS))
    file = _written(folder / "config.fish", text)
    return Start([program, "-i", "-C", f"source {quoted('fish', str(file))}"], environ)


def _powershell(program: str, settings: Settings, folder: Path, environ: dict[str, str]) -> Start:
    """The commands as text, not as a script: Windows often forbids scripts."""
    tools = quoted("powershell", os.pathsep.join(settings.tools))
    text = _POWERSHELL.format(**_words("powershell", settings, tools, "Set-Location -LiteralPath"))
    file = quoted("powershell", str(_written(folder / "profile.txt", text)))
    run = f"Invoke-Expression (Get-Content -Raw -Encoding UTF8 -LiteralPath {file})"
    return Start([program, "-NoLogo", "-NoExit", "-Command", run], environ)


def _cmd(program: str, settings: Settings, folder: Path, environ: dict[str, str]) -> Start:
    """cmd has no start-up file of the user."""
    del settings, folder
    return Start([program, "/d"], environ | {"PROMPT": f"{MARK}{environ.get('PROMPT', '$P$G')}"})


def _words(dialect: str, settings: Settings, tools: str, enter: str) -> dict[str, str]:
    return {
        "prefixes": "|".join([*THEIRS, *MORE]),
        "lines": "\n".join(assignments(dialect, [], settings.variables)),
        "tools": tools,
        "enter": f"{enter} {quoted(dialect, settings.place)}" if settings.place else "",
        "note": quoted(dialect, settings.note),
        "old": quoted(dialect, OLD),
    }


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


_KINDS: dict[str, Callable[[str, Settings, Path, dict[str, str]], Start]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "pwsh": _powershell,
    "powershell": _powershell,
    "cmd": _cmd,
}
