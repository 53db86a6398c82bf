# attack: 19
# does: hands in a pipe as its listing, with a writer that never ends
# run: finished or timed_out
# earns: 0
mkfifo listing.txt
(while :; do echo key; done > listing.txt) &
exit 0
