# attack: 7
# does: works, then kills all that it may, itself too
# run: killed
# earns: 10
# says: SIGKILL
# with: work
work()
import os

try:
    os.kill(-1, 9)
except ProcessLookupError:
    os.kill(0, 9)
