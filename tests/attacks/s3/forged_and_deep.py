# attack: 8
# does: works, then says a word that is nested a hundred thousand levels deep
# run: killed
# earns: 10
# says: ended its own process
# with: work
# with: forge
work()
say(b'{"outcome": "finished", "message": ' + b"[" * 100_000 + b"]" * 100_000 + b', "answers": "{}"}')
