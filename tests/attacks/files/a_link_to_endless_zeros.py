# attack: 17
# on: ec2
# does: hands in a link to a device that never ends
# run: refused
# earns: 0
# says: link
def make(path, notebook):
    path.symlink_to("/dev/zero")
