# attack: 12
# does: works, then raises an error whose text raises one, in a chain of ten thousand that loops
# run: raised or timed_out
# earns: 10
# with: work
work()


class Error(Exception):
    def __str__(self):
        raise self

    @property
    def __traceback__(self):
        raise self


first = last = Error()
for _ in range(10_000):
    last.__cause__ = last = Error()
last.__context__ = first
raise first
