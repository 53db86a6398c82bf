# attack: 4
# does: fills shared anonymous mappings in many processes
# run: out_of_memory
# earns: 0
# says: 256 MiB of memory
import mmap
import os
import time

for _ in range(20):
    if os.fork() == 0:
        break
hoard = mmap.mmap(-1, 60 * 1024**2)
for place in range(0, len(hoard), 4096):
    hoard[place] = 1
time.sleep(100)
