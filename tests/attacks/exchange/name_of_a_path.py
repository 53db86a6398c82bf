# attack: 21
# does: hands in under a name that is a way to other folders
# run: none
# earns: 0
def make(folder):
    folder.rename(folder.with_name("..+toy+2099-01-01 00:00:00.000000 UTC+abc"))
