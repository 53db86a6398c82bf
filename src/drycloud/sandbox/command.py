"""A command of the guest, as its caller starts it: it hands itself over to a process that has everything loaded.

Runs inside the sandbox with `TARGET` ("module:function") set; where nobody takes it over, it runs cold, by itself.
"""

import os
import sys

TARGET = ""


def hand_over() -> int:
    """Pass arguments, environment, folder and the three streams on; returns the exit status of what was run."""
    import _socket
    import marshal

    line = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    line.connect("\0" + TARGET)
    streams = b"".join(fd.to_bytes(4, sys.byteorder) for fd in (0, 1, 2))
    line.sendmsg([b"S"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
    said = marshal.dumps((sys.argv, dict(os.environ), os.getcwd()))  # noqa: PTH109  # pathlib takes as long as all this
    line.sendmsg([len(said).to_bytes(4, "big")])
    while said:
        said = said[line.send(said) :]
    return (line.recv(1) or b"\x01")[0]


def run_cold() -> None:
    """Become an ordinary Python that imports the command."""
    module, function = TARGET.split(":")
    code = f"import sys; sys.argv[0] = {sys.argv[0]!r}; from {module} import {function}; sys.exit({function}())"
    os.execv(sys.executable, [sys.executable, "-c", code, *sys.argv[1:]])


if __name__ == "__main__":
    try:
        sys.exit(hand_over())
    except OSError:
        run_cold()
