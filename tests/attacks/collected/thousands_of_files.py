# attack: 18
# does: has two thousand files beside its work, each called like work
# run: finished
# earns: 3.5
# tells: more:
def make(place, student):
    folder = place / student / "toy"
    folder.mkdir(parents=True)
    (folder / "bucket.py").write_bytes((place / "ann/toy/bucket.py").read_bytes())
    for number in range(2000):
        (folder / f"bucket ({number}).ipynb").touch()
