# attack: 17
# on: ec2
# does: hands in a cell whose mark has a million options
# run: refused
# earns: 0
# says: more than 2000 characters
# suffix: .py
def make(path, notebook):
    path.write_text("# %% " + "a=1 " * 1_000_000 + "\n1\n")
