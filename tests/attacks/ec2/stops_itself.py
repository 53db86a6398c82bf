# attack: 2
# does: works, then stops itself by SIGSTOP
# run: timed_out
# earns: 10
# says: stopped after 20 seconds
# with: work
work()
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
