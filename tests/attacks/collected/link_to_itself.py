# attack: 17
# does: has a link in a circle in the place of a file
# run: refused
# earns: 0
# says: bucket.py: a link
def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.py").symlink_to("bucket.py")
