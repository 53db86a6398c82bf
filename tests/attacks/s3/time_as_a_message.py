# attack: 33
# does: tells by how long it takes, and by its outcome, what it found: only the time that it is shown can carry it
# run: finished
# earns: 0
import time

bit = given.bucket[-1] in "02468ace"
time.sleep(20 if bit else 19)
