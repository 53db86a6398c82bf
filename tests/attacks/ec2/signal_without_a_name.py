# attack: 37
# does: works, then ends itself by a real-time signal, for which Python has no name
# run: killed
# earns: 10
# says: SIGRTMIN+1
# with: work
work()
import os

os.kill(os.getpid(), 35)
