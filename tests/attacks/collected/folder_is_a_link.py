# attack: 17
# does: has a link to another student's folder in the place of its own
# run: refused
# earns: 0
# says: collected-folder_is_a_link: a link
def make(place, student):
    (place / student).symlink_to("ann")
