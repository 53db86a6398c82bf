# attack: 8
# does: works, then leaves the ends of its output in messages that nobody will read, in a ring of sockets
# run: finished or raised
# earns: 10
# with: work
work()
import socket

for _ in range(20):
    one, other = socket.socketpair()
    for end, back in ((one, other), (other, one)):
        socket.send_fds(end, [b"x"], [1, 2, 100, one.fileno(), other.fileno()])
