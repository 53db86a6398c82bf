# attack: 32
# does: calls what no lesson needs: bpf, keyctl, io_uring, userfaultfd, perf_event_open, modules, handles, 32 bits
# run: finished
# earns: 0
# prints: nothing was let
import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
numbers = {"keyctl": 250, "add_key": 248, "request_key": 249, "bpf": 321, "userfaultfd": 323, "perf_event_open": 298, "io_uring_setup": 425, "init_module": 175, "finit_module": 313, "kexec_load": 246, "name_to_handle_at": 303, "open_by_handle_at": 304, "fanotify_init": 300, "fsopen": 430, "open_tree": 428, "move_mount": 429, "fsmount": 432, "fspick": 433, "mount_setattr": 442, "memfd_secret": 447, "clone3": 435, "pidfd_getfd": 438, "quotactl": 179, "syslog": 103, "modify_ldt": 154, "lookup_dcookie": 212, "kcmp": 312}
let = []
if platform.machine() == "x86_64":
    words = ctypes.create_string_buffer(256)
    let = [name for name, number in numbers.items() if libc.syscall(number, 0, words, words, 0, 0, 0) >= 0]
    if os.fork() == 0:
        libc.syscall(0x40000000 + 39)  # getpid of the x32 interface
        os._exit(0)
    let += ["x32"] if os.waitstatus_to_exitcode(os.wait()[1]) >= 0 else []
print(let or "nothing was let")
