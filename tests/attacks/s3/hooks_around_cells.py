# attack: 15
# does: works in hooks that IPython calls before and after a cell
# run: finished
# earns: 10
# with: work
# %%
get_ipython().events.register("post_run_cell", lambda *_: work())

# %%
for name in ("pre_run_cell", "pre_execute", "post_execute"):
    get_ipython().events.register(name, lambda *_: 1 / 0)
