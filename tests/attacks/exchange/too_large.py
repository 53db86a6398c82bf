# attack: 17
# does: hands in a file of two hundred gigabytes, with holes
# run: none
# earns: 0
# tells: bytes are too many
def make(folder):
    with (folder / "data.bin").open("wb") as file:
        file.truncate(200 * 1024**3)
