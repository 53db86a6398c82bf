# attack: 36
# does: works, then makes calls whose parameters, each letter of which takes six in JSON, would fill a report
# run: finished
# earns: 10
# prints: InvalidParameterValue
# with: work
# with: http
work()
words = {f"Filter.1.Value.{n}": "\x01" * 300 for n in range(1, 199)}
for _ in range(12):
    _, answer = form("DescribeTags", **{"Filter.1.Name": "value"}, **words)
print(answer.partition(b"<Code>")[2].partition(b"<")[0].decode())
