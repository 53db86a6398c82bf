# attack: 6
# does: works, and prints what moves a terminal's cursor, sets its title, and turns the direction of writing
# run: raised
# earns: 10
# says: line
# with: work
work()
import sys

tricks = "\x1b[2J\x1b[1;1H\x1b]0;owned\x07\x9b31m\r10 of 10\x08\x08\u202egrade\u2066\u200b\x00\ufeff\x7f\u2028\u2029"
print(tricks, file=sys.stderr)
print(tricks)
raise RuntimeError(tricks)
