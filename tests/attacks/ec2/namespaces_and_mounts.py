# attack: 32
# does: tries new namespaces, mounts, roots, host names and programs that change the user
# run: finished
# earns: 0
# prints: nothing was let
import ctypes
import os
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
let = [f"unshare {flag:x}" for flag in (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000) if libc.unshare(flag) == 0]
let += [f"setns {name}" for name in os.listdir("/proc/self/ns") if libc.setns(os.open(f"/proc/self/ns/{name}", os.O_RDONLY), 0) == 0]
calls = {
    "mount": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
    "bind": lambda: libc.mount(b"/", b"/tmp", None, 4096, None),
    "remount": lambda: libc.mount(None, b"/", None, 32 | 4096, None),
    "umount": lambda: libc.umount2(b"/proc", 2),
    "chroot": lambda: libc.chroot(b"/tmp"),
    "pivot_root": lambda: libc.syscall(155, b"/tmp", b"/tmp"),
    "sethostname": lambda: libc.sethostname(b"x", 1),
    "setuid": lambda: libc.setuid(0),
    "setgroups": lambda: libc.setgroups(0, None),
    "setresuid": lambda: libc.setresuid(0, 0, 0),
    "iopl": lambda: libc.iopl(3),
    "reboot": lambda: libc.reboot(0x89ABCDEF),
    "swapon": lambda: libc.swapon(b"/tmp/x", 0),
    "personality": lambda: libc.personality(0x0040000),
    "acct": lambda: libc.acct(b"/tmp/x"),
}
let += [name for name, call in calls.items() if call() == 0]
for command in ("sudo -n id", "su -c id", "unshare -Ur id", "bwrap --bind / / id", "nsenter -t 1 -a id", "mount -o remount,rw /", "chmod u+s /tmp/id", "setpriv --reuid=0 id", "newgrp root"):
    done = subprocess.run(f"cp /usr/bin/id /tmp/id; {command}", shell=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=5)
    let += [command] if b"uid=0" in done.stdout else []
status = open("/proc/self/status").read()
let += [line for line in status.splitlines() if line.startswith("Cap") and int(line.split()[1], 16)]
let += [] if "NoNewPrivs:\t1" in status and "Seccomp:\t2" in status else ["new privileges"]
print(let or "nothing was let")
