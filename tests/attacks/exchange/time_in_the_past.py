# attack: 21
# does: hands in late, and sets its timestamp, its files' times and its folder's name back
# run: finished
# earns: 0.75
import os


def make(folder):
    (folder / "timestamp.txt").chmod(0o644)
    (folder / "timestamp.txt").write_text("2001-01-01 00:00:00.000000 UTC")
    for path in (folder, *folder.iterdir()):
        os.utime(path, (0, 0))
    folder.rename(folder.with_name(f"{folder.name.split('+')[0]}+toy+2001-01-01 00:00:00.000000 UTC+abc"))
