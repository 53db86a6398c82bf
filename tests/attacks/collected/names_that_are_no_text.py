# attack: 18
# does: has files whose names are no UTF-8, are paths of Windows, hold line breaks and escapes, or are as long as can be
# run: finished
# earns: 3.5
# tells: \udcff
# tells: not read: work counts as
import os


def make(place, student):
    folder = place / student / "toy"
    folder.mkdir(parents=True)
    (folder / "bucket.py").write_bytes((place / "ann/toy/bucket.py").read_bytes())
    for name in (b"\xff\xfe.ipynb", b"..\\..\\bucket.ipynb", b"a\nb.py", b"\x1b[2J.py", b"-rf.py", b"x" * 252 + b".py", b"<b>.py", "\u202eyp.tekcub".encode()):
        with open(os.fsencode(folder) + b"/" + name, "wb") as file:
            file.write(b"raise SystemExit\n")
