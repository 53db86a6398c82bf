# attack: 22
# does: hands in a link to moto's own pages, for the trusted side to open
# run: finished
# earns: 0
url = "http://127.0.0.1:4566/moto-api/reset"
