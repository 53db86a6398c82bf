# attack: 35
# does: works, then asks with thousands of wildcards, and with as many as are taken over thousands of tags
# run: finished
# earns: 10
# prints: FilterLimitExceeded RequestLimitExceeded
# with: work
# with: http
work()
import re


def told(answer):
    return (re.findall(rb"<Code>(\w+)</Code>", answer[1]) or [b"OK"])[0].decode()


def values(count):
    return {f"Filter.1.Value.{n}": f"*{n}*" + "a*" * 100 for n in range(1, count + 1)}


many = told(form("DescribeTags", **{"Filter.1.Name": "value"}, **values(4900)))
made = []
for n in range(25):
    tags = {f"TagSpecification.1.Tag.{m}.{part}": text for m in range(1, 51) for part, text in (("Key", f"k{m}"), ("Value", "a" * 250))}
    volume = form("CreateVolume", AvailabilityZone="us-east-1a", Size="1", **{"TagSpecification.1.ResourceType": "volume"}, **tags)
    made += re.findall(rb"<volumeId>([\w-]+)", volume[1])
print(many, told(form("DescribeTags", **{"Filter.1.Name": "value"}, **values(200))))
for id in made:
    form("DeleteVolume", VolumeId=id.decode())
