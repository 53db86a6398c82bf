# attack: 4
# does: fills files in memory that have no name (memfd), which no process has mapped
# run: raised or out_of_memory
# earns: 0
import os

held = []
for _ in range(200):
    fd = os.memfd_create("x")
    held.append(fd)
    for _ in range(8):
        os.write(fd, b"x" * 1024**2)
