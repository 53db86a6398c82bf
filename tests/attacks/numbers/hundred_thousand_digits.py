# attack: 11
# does: answers with an integer of a hundred thousand digits
# run: finished
# earns: 10
# with: work
work()
monthly_usd = 10**100_000
