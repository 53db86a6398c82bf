# attack: 37
# does: lets a list of networks in that has an entry without one, for a check to stumble over
# run: finished
# earns: 18
# prints: MissingParameter MissingParameter 0
# with: work
# with: http
import re

words = {"PrefixListName": "visitors", "MaxEntries": "5", "AddressFamily": "IPv4"}
for first in ({}, {"Entry.1.Cidr": given.cidr}):
    _, answer = form("CreateManagedPrefixList", **words, **first, **{f"Entry.{1 + len(first)}.Description": "anybody"})
    print(answer.partition(b"<Code>")[2].partition(b"<")[0].decode(), end=" ")
lists = re.findall(r"<prefixListId>(pl-\w+)", answer.decode())
print(len(lists))
work({"PrefixListIds": [{"PrefixListId": id} for id in lists]} if lists else None)
