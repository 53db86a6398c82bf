# attack: 18
# does: hands in its work twice, as a script and as a damaged notebook, to see which one counts
# run: finished
# earns: 3.5
# tells: two_files_of_one_step/bucket: There is also toy/bucket.ipynb, which was not read.
def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    (place / student / "toy/bucket.py").write_bytes((place / "ann/toy/bucket.py").read_bytes())
    (place / student / "toy/bucket.ipynb").write_text("{")
