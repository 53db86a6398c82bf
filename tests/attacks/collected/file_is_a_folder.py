# attack: 17
# does: has a folder in the place of a file
# run: refused
# earns: 0
# says: bucket.ipynb: not a file
def make(place, student):
    (place / student / "toy/bucket.ipynb/toy").mkdir(parents=True)
