# attack: 18
# does: comes as folders whose names are paths, patterns, options and markup
# run: none
# earns: 0
# tells: <script>
import os


def make(place, student):
    for name in (b"\xff\xfe", b"..\\ann", b"a\nb", b"\x1b[2J", b"*", b"<script>", b" ann", b"ann+toy+2001-01-01 00:00:00 UTC"):
        path = os.fsencode(place) + b"/" + name + b"/toy"
        os.makedirs(path)
        with open(path + b"/bucket.py", "wb") as file:
            file.write((place / "ann/toy/bucket.py").read_bytes())
