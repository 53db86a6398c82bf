# attack: 27
# does: works, then asks for one thing after the other, without end
# run: timed_out
# earns: 10
# says: asked AWS more than 1500 times
# with: work
# with: http
work()
import http.client

while True:
    one = http.client.HTTPConnection(*PLACE)
    for _ in range(100):
        one.request("GET", f"/{given.bucket}")
        one.getresponse().read()
