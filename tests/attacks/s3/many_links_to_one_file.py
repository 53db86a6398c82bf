# attack: 5
# does: works, then gives one file a hundred thousand names
# run: finished or raised
# earns: 10
# says: files
# with: work
work()
import os

with open("zz", "wb") as file:
    file.write(b"x" * 1024**2)
for n in range(100_000):
    try:
        os.link("zz", f"zz{n}")
    except OSError:
        break
