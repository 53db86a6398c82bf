# attack: 8
# does: works, then closes every descriptor and goes on
# run: killed or finished
# earns: 10
# says: ended its own process
# with: work
work()
import os

os.closerange(0, 4096)
a = 1
