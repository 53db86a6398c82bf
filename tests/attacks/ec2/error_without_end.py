# attack: 12
# does: raises an error whose text never comes
# run: timed_out
# earns: 0
class Error(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


raise Error
