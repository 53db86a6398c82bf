# attack: 29
# does: hands in a link to another machine, for the trusted side to fetch
# run: finished
# earns: 0
url = "http://192.0.2.1/latest/meta-data/"
