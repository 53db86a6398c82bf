# attack: 27
# does: works, then sends bodies that are larger than allowed, with and without a length, at the same time
# run: finished
# earns: 10
# prints: refused
# with: work
# with: http
work()
import threading


def send(head, part, times):
    with line() as one:
        one.settimeout(5)
        try:
            one.sendall(b"PUT /" + given.bucket.encode() + b"/large HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
            for _ in range(times):
                one.sendall(part)
        except OSError:
            pass


threads = [threading.Thread(target=send, args=words) for words in 5 * [(b"Content-Length: 99999999999", b"x" * 2**20, 8), (b"Transfer-Encoding: chunked", b"100000\r\n" + b"x" * 2**20 + b"\r\n", 8), (b"Content-Length: -1", b"x" * 2**20, 8)]]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print("refused" if raw("HEAD", f"/{given.bucket}/large")[0] == 404 else "stored")
