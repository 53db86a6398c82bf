# attack: 4
# does: takes memory in many processes, each below the limit
# run: out_of_memory
# earns: 0
# says: 256 MiB of memory
import os
import time

for _ in range(20):
    if os.fork() == 0:
        break
hoard = os.urandom(40 * 1024**2)
time.sleep(100)
