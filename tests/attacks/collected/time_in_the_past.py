# attack: 21
# does: brings a time of arrival from before the course began
# run: finished
# earns: 3.5
def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.py").write_bytes((place / "ann/toy/bucket.py").read_bytes())
    (place / student / "toy/timestamp.txt").write_text("1601-01-01 00:00:00 UTC")
