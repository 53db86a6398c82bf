# attack: 17
# does: has a link to another student's file in its folder
# run: refused
# earns: 0
# says: bucket.py: a link
def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.py").symlink_to("../../ann/toy/bucket.py")
