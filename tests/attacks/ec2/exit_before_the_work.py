# attack: 1
# does: ends its process with exit status 0 before any work
# run: killed
# earns: 0
# says: ended its own process (exit status 0)
import os

os._exit(0)
