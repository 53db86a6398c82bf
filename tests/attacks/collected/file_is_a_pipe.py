# attack: 17
# does: has a pipe that nobody writes to in the place of a file
# run: refused
# earns: 0
# says: bucket.py: not a file
import os


def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    os.mkfifo(place / student / "toy/bucket.py")
