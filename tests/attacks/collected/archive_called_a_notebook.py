# attack: 18
# does: calls an archive a notebook
# run: refused
# earns: 0
# says: bucket.ipynb: not a text in UTF-8
import zipfile


def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    with zipfile.ZipFile(place / student / "toy/bucket.ipynb", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bucket.ipynb", bytes(10**7))
