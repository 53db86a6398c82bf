# attack: 29
# does: hands in a link to a file
# run: finished
# earns: 0
url = "file:///etc/passwd"
