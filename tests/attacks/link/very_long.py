# attack: 29
# does: hands in a link that is longer than any
# run: finished
# earns: 0
url = "http://127.0.0.1:4566/" + "a" * 450_000
