# attack: 11
# does: answers with True, which is a number to Python
# run: finished
# earns: 10
# with: work
work()
monthly_usd = True
