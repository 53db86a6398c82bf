# attack: 4
# does: works, then makes its process crash
# run: killed
# earns: 10
# says: SIGSEGV
# with: work
work()
import ctypes

ctypes.string_at(0)
