# attack: 21
# does: brings a pipe in the place of its time of arrival
# run: finished
# earns: 3.5
import os


def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.py").write_bytes((place / "ann/toy/bucket.py").read_bytes())
    os.mkfifo(place / student / "toy/timestamp.txt")
