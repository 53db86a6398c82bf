# attack: 37
# does: lets a list of networks in whose description no XML can hold, so that no check could ask what is in it
# run: finished
# earns: 18
# prints: InvalidParameterValue InvalidParameterValue 0
# with: work
# with: http
import re

words = {"PrefixListName": "visitors", "MaxEntries": "5", "AddressFamily": "IPv4", "Entry.1.Cidr": given.cidr}
for text in ("\x01", "\ufffe"):
    _, answer = form("CreateManagedPrefixList", **words, **{"Entry.1.Description": text})
    print(answer.partition(b"<Code>")[2].partition(b"<")[0].decode(), end=" ")
lists = re.findall(r"<prefixListId>(pl-\w+)", answer.decode("utf-8", "replace"))
print(len(lists))
work({"PrefixListIds": [{"PrefixListId": id} for id in lists]} if lists else None)
