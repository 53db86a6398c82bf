# attack: 8
# does: works, then writes garbage to every descriptor there could be
# run: killed
# earns: 10
# says: ended its own process
# with: work
work()
import os

for fd in range(3, 4096):
    try:
        os.write(fd, b"\x00\x00\x00\x05{\"a\":" + os.urandom(64))
    except OSError:
        pass
