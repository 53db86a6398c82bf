# attack: 1
# does: tells IPython to exit now, then works
# run: finished
# earns: 10
# with: work
get_ipython().exit_now = True
quit
exit
work()
