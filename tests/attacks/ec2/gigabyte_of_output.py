# attack: 6
# does: works, then prints a gigabyte to standard output and to standard error
# run: timed_out or finished
# earns: 10
# says: printed more than 64 KiB
# with: work
work()
import os

for _ in range(2**9):
    os.write(1, b"passed\n" * 2**17)
    os.write(2, b"x" * 2**20)
