# attack: 18
# does: lies as an archive among the students' folders
# run: none
# earns: 0
# tells: archive_beside_the_students.tar.gz
import tarfile


def make(place, student):
    with tarfile.open(place / f"{student}.tar.gz", "w:gz") as archive:
        archive.add(place / "ann/toy/bucket.py", f"../ann/toy/bucket.py")
        archive.add(place / "ann/toy/bucket.py", f"{student}/toy/bucket.py")
