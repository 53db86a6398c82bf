# attack: 17
# does: has a link to the solutions in the place of its work
# run: refused
# earns: 0
# says: toy: a link
def make(place, student):
    (place / student).mkdir()
    (place / student / "toy").symlink_to(place.parent.parent / "solutions/toy")
