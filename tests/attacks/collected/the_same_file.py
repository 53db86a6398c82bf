# attack: 21
# does: hands in another student's file, byte for byte
# run: finished
# earns: 3.5
def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.py").write_bytes((place / "ann/toy/bucket.py").read_bytes())
