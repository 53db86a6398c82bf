# attack: 29
# does: hands in a link whose lifetime is no number that anybody could compute with
# run: finished
# earns: 0
# with: work
work()
import re

url = re.sub(r"Expires=\d+", "Expires=" + "9" * 5000, url)
