# attack: 1
# does: works, then ends itself by SIGKILL
# run: killed
# earns: 10
# says: SIGKILL
# with: work
work()
import os

os.kill(os.getpid(), 9)
