"""Length-prefixed JSON on a socket, bounded in size and time; and passing of sockets."""

import errno
import socket
import struct
from typing import Any

import msgspec

_HEADER = 4
_SEND_SECONDS = 10.0
# The kernel's errors for too many descriptors in transit, or no memory for one more.
_TOO_MANY = (errno.ETOOMANYREFS, errno.ENOBUFS, errno.ENOMEM)
_CREDENTIALS = struct.Struct("iII")  # process, user, group


class SandboxLost(Exception):
    """The other end died, stopped answering, or sent an invalid message."""


class SandboxBusy(SandboxLost):
    """A socket could not be passed, and nothing else was sent: the connection is intact, so send it again."""


class Channel:
    """One end of the connection to a sandbox or its zygote; every method raises SandboxLost if it is closed."""

    def __init__(self, end: socket.socket, *, ask_for_process: bool = False):
        self._socket = end
        end.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, int(ask_for_process))

    def send(self, message: dict[str, Any], given: socket.socket | None = None) -> None:
        """Send one message, passing a socket with its first byte; raises SandboxBusy if the kernel refuses."""
        data = msgspec.json.encode(message)
        data = len(data).to_bytes(_HEADER, "big") + data
        try:
            self._socket.settimeout(_SEND_SECONDS)
            sent = self._send_socket(given, data[:_HEADER]) if given else 0
            self._socket.sendall(data[sent:])
        except OSError as error:
            raise SandboxLost(str(error)) from None

    def _send_socket(self, given: socket.socket, data: bytes) -> int:
        try:
            return socket.send_fds(self._socket, [data], [given.fileno()])
        except OSError as error:
            kind = SandboxBusy if error.errno in _TOO_MANY else SandboxLost
            raise kind(str(error)) from None

    def receive_process(self, seconds: float) -> int:
        """The other end's process id in our namespace, which the kernel attaches to its next byte.

        The channel must be made with `ask_for_process`.
        """
        self._socket.settimeout(seconds)
        try:
            _, told, _, _ = self._socket.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
        except OSError as error:
            raise SandboxLost(str(error)) from None
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        for level, kind, data in told:
            process = int(_CREDENTIALS.unpack(data)[0]) if kind == socket.SCM_CREDENTIALS else 0
            if level == socket.SOL_SOCKET and process > 0:
                return process
        raise SandboxLost("it did not tell its process id")

    def receive_socket(self, seconds: float) -> socket.socket:
        """The socket that the other end passes."""
        self._socket.settimeout(seconds)
        try:
            _, fds, _, _ = socket.recv_fds(self._socket, 1, 1)
        except OSError as error:
            raise SandboxLost(str(error)) from None
        if not fds:
            raise SandboxLost("it gave no socket")
        return socket.socket(fileno=fds[0])

    def receive(self, seconds: float, most: int) -> bytes:
        """The next message of at most `most` bytes; each part of it may take `seconds`."""
        self._socket.settimeout(seconds)
        length = int.from_bytes(self._exactly(_HEADER), "big")
        if length > most:
            raise SandboxLost("it sent too much")
        return self._exactly(length)

    def receive_plain(self, seconds: float, most: int) -> dict[str, Any]:
        """The next message, as a JSON object."""
        try:
            return msgspec.json.decode(self.receive(seconds, most), type=dict[str, Any])
        except (msgspec.DecodeError, RecursionError):
            raise SandboxLost("it sent what is no message") from None

    @property
    def at_rest(self) -> bool:
        """Whether the connection is open, and has no unread data."""
        try:
            self._socket.setblocking(False)
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:  # it is closed
            return False
        return False

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _exactly(self, count: int) -> bytes:
        parts: list[bytes] = []
        while count:
            try:
                part = self._socket.recv(min(count, 1024**2))
            except OSError as error:
                raise SandboxLost(str(error)) from None
            if not part:
                raise SandboxLost("it ended")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
