# attack: 27
# does: works, sends hundreds of requests on one connection without reading, and ends before they are answered
# run: finished
# earns: 10
# with: work
# with: http
work()
one = line()
one.sendall(b"GET /?a HTTP/1.1\r\nHost: x\r\n\r\n" * 1000)
held = [one]
