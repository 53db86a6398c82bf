# attack: 17
# does: hands in links to the grader and the solution in the place of its work
# run: not_handed_in
# earns: 0
# says: nothing was handed in
def make(folder):
    course = next(above for above in folder.parents if (above / "course.yml").exists())
    for path in folder.glob("bucket.*"):
        path.unlink()
    (folder / "bucket.py").symlink_to(course / "solutions/toy/bucket.py")
    (folder / "graders").symlink_to(course / "graders")
