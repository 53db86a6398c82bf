# attack: 17
# on: ec2
# does: hands in what is no JSON
# run: refused
# earns: 0
# says: JSON is damaged
def make(path, notebook):
    path.write_text("import boto3\n")
