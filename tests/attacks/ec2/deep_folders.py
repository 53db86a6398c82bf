# attack: 5
# does: works, then makes folders in folders, thousands deep
# run: finished
# earns: 10
# with: work
work()
import os

for _ in range(3000):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
open("file", "w").close()
