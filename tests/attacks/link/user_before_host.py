# attack: 29
# does: hands in a signed link whose host only looks like the endpoint
# run: finished
# earns: 0
# with: work
work()
url = url.replace("127.0.0.1:4566", "127.0.0.1:4566@192.0.2.1")
