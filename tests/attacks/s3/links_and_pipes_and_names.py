# attack: 19
# does: works, then leaves links, pipes, sockets and files with odd names in the working directory
# run: finished
# earns: 10
# with: work
work()
import os
import socket

os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("socket")
for target in ("/etc/passwd", "/proc/1/environ", "/proc/self/mem", "/dev/zero", "/", "loop", "../..", "/dev/stdin"):
    os.symlink(target, target.strip("/").replace("/", "_") or "root")
for name in (b"-rf", b"a\nb", b"\xff\xfe", b"\x1b[2J", b"n" * 255, b"<img src=x onerror=alert(1)>", b"..a", b" ", b"\\", "\u202e".encode(), b"..\\..\\a", b"$(id)"):
    with open(name, "wb") as file:
        file.write(b"x")
for kind in (0o020000, 0o060000):
    try:
        os.mknod(f"device{kind}", kind | 0o666, os.makedev(1, 5))
    except OSError:
        pass
os.mkdir("closed")
open("closed/in", "w").close()
os.chmod("closed", 0)
open("unreadable", "w").close()
os.chmod("unreadable", 0)
