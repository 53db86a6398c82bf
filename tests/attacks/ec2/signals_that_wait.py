# attack: 34
# does: has as many signals wait for it as the kernel keeps for its user, and locks memory
# run: finished
# earns: 10
# prints: no more, fewer than 2000: True
# with: work_ec2
import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
count = 0
while libc.sigqueue(os.getpid(), signal.SIGRTMIN, 0) == 0:
    count += 1
print("no more, fewer than 2000:", count < 2000, ctypes.get_errno())
room = ctypes.create_string_buffer(2**22)
print("locked 4 MiB:", libc.mlock(room, len(room)) == 0)
signal.signal(signal.SIGRTMIN, signal.SIG_IGN)
work()
