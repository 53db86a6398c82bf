# attack: 18
# does: hands in its work twice, as a script and as a damaged notebook, to see which one counts
# run: refused
# earns: 0
# says: bucket.ipynb: not a notebook
def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.py").write_bytes((place / "ann/toy/bucket.py").read_bytes())
    (place / student / "toy/bucket.ipynb").write_text("{")
