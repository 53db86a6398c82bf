# attack: 17
# on: ec2
# does: hands in 300,000 cells, all but one with a mark of another form
# run: refused
# earns: 0
# says: more than 1000 cells
# suffix: .py
def make(path, notebook):
    path.write_text("# %%\n1\n" + "#%%\n1\n" * 300_000)
