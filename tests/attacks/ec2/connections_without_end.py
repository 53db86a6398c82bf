# attack: 5
# does: opens connections to the endpoint from many processes and says nothing on them, then works
# run: raised
# earns: 0
# with: work
# with: http
import os
import time

for _ in range(8):
    if os.fork() == 0:
        held = []
        try:
            while True:
                held.append(line())
        except OSError:
            time.sleep(100)
time.sleep(1)
work()
