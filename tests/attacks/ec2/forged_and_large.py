# attack: 8
# does: works, then says a word of 64 MiB
# run: killed or timed_out
# earns: 10
# with: work
# with: forge
work()
say(b'{"outcome": "finished", "message": "' + b"x" * 2**26 + b'", "answers": "{}"}')
