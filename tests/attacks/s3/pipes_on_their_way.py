# attack: 37
# does: works, then sends its ends of every pipe through a socket that nobody reads, and which is on its way itself
# run: finished
# earns: 10
# with: work
work()
import os
import socket

one, other = socket.socketpair()
socket.send_fds(one, [b"x"], [1, 2, 100, one.fileno(), other.fileno()])
