# attack: 6
# does: prints one line without an end
# run: raised or timed_out
# earns: 0
# says: printed more than 64 KiB
yes 'passed' | tr -d '\n'
