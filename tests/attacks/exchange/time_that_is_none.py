# attack: 21
# does: calls its folder by a time that is none
# run: finished
# earns: 0.75
def make(folder):
    folder.rename(folder.with_name(f"{folder.name.split('+')[0]}+toy+yesterday+abc"))
