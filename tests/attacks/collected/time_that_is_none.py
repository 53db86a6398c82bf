# attack: 21
# does: brings a time of arrival that nobody can read, and megabytes of it
# run: finished
# earns: 3.5
def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.py").write_bytes((place / "ann/toy/bucket.py").read_bytes())
    (place / student / "toy/timestamp.txt").write_bytes(b"9" * 10**7)
