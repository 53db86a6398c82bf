# attack: 21
# does: hands in under the name of another user of this machine
# run: none
# earns: 0
# tells: it belongs to another user
def make(folder):
    user = "daemon" if folder.owner() != "daemon" else "bin"
    folder.rename(folder.with_name(f"{user}+toy+2099-01-01 00:00:00.000000 UTC+abc"))
