# attack: 3
# does: ends its process at once, and lets a child do the work afterwards
# run: killed
# earns: 0
# says: ended its own process
# with: work
import os
import time

if os.fork() == 0:
    os.setsid()
    time.sleep(500)
    work()
os._exit(0)
