# attack: 4
# does: recurses without end, in Python and in C
# run: killed or raised
# earns: 0
import sys

sys.setrecursionlimit(2**31 - 1)


class Deep:
    def __repr__(self):
        return repr(Deep())


repr(Deep())
