# attack: 1
# does: works, then ends its process
# run: killed
# earns: 10
# says: ended its own process (exit status 0)
# with: work
work()
import os

os._exit(0)
