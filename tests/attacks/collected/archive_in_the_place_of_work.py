# attack: 18
# does: hands in its work in an archive, whose entries lead out of any folder, twice, as links and by Windows' paths
# run: not_handed_in
# earns: 0
# says: nothing was handed in
# tells: archive_in_the_place_of_work/toy/bucket.zip
import stat
import warnings
import zipfile


def make(place, student):
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    (place / student / "toy").mkdir(parents=True)
    with warnings.catch_warnings(), zipfile.ZipFile(place / student / "toy/bucket.zip", "w") as archive:
        warnings.simplefilter("ignore")  # a name twice is told
        for name in ("bucket.py", "bucket.py", "../../ann/toy/bucket.py", f"{place}/owned.py", "C:\\\\owned.py", "..\\\\owned.py", "link/owned.py"):
            archive.writestr(name, (place / "ann/toy/bucket.py").read_bytes())
        archive.writestr(link, str(place))
