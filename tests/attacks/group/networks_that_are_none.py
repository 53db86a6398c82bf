# attack: 37
# does: lets a list of networks in that has entries that are none, for a check to stumble over
# run: finished
# earns: 18
# prints: MissingParameter MissingParameter InvalidParameterValue InvalidParameterValue 0
# with: work
# with: http
import re

words = {"PrefixListName": "visitors", "MaxEntries": "5", "AddressFamily": "IPv4"}
for entries in (
    {"Entry.1.Description": "anybody"},
    {"Entry.1.Cidr": given.cidr, "Entry.2.Description": "anybody"},
    {"Entry.1.Cidr": "anybody"},
    {"Entry.1.Cidr": given.cidr, "Entry.2.Cidr": "::/0"},
):
    _, answer = form("CreateManagedPrefixList", **words, **entries)
    print(answer.partition(b"<Code>")[2].partition(b"<")[0].decode(), end=" ")
lists = re.findall(r"<prefixListId>(pl-\w+)", answer.decode())
print(len(lists))
work({"PrefixListIds": [{"PrefixListId": id} for id in lists]} if lists else None)
