# attack: 4
# does: fills shared memory segments of System V, and detaches them
# run: raised or out_of_memory
# earns: 0
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
for _ in range(100):
    segment = libc.shmget(0, 16 * 1024**2, 0o1600)
    if segment < 0:
        raise OSError(ctypes.get_errno(), "shmget")
    place = libc.shmat(segment, None, 0)
    ctypes.memset(place, 1, 16 * 1024**2)
    libc.shmdt(ctypes.c_void_p(place))
