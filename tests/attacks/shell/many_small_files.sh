# attack: 5
# does: makes files until nothing fits
# run: raised or finished or timed_out
# earns: 0
# says: Your code left more than 200 files
mkdir d
for i in $(seq 1 100000); do echo > "d/$i" || break; done
exit 0
