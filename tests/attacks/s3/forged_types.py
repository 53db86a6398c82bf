# attack: 8
# does: works, then says words of every wrong type
# run: killed
# earns: 10
# with: work
# with: forge
work()
forge(outcome="raised", message={"a": [None, 1e308, True]}, answers=["not", "a", "text"])
