# attack: 4
# does: works, and leaves answers that are huge
# run: finished or out_of_memory or timed_out
# earns: 10
# with: work
work()
one = list(range(10**6))
two = "x" * 10**7
three = {str(n): [n] * 100 for n in range(10**4)}
