# attack: 2
# does: ignores every signal that it can, and sleeps for ever
# run: timed_out
# earns: 0
# says: waited for more than 1800 seconds
trap '' HUP INT QUIT TERM XCPU ALRM
while :; do sleep 1000; done
