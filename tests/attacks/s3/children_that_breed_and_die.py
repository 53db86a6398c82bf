# attack: 3
# does: a chain of children, each of which makes the next one and ends, so that no process id stays
# run: finished or killed
# earns: 10
# with: work
work()
import os
import time

if os.fork() == 0:
    os.setsid()
    while True:
        if os.fork():
            os._exit(0)
        time.sleep(0.001)
time.sleep(0.5)
