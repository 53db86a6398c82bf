# attack: 17
# does: has a link to another student's work in its folder
# run: refused
# earns: 0
# says: toy: a link
def make(place, student):
    (place / student).mkdir()
    (place / student / "toy").symlink_to("../ann/toy")
