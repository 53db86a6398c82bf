# attack: 15
# does: works, then replaces what runs the cells that follow
# run: raised or finished or killed
# earns: 10
# with: work
# %%
work()
get_ipython().run_cell = get_ipython().run_code = lambda *_, **__: None

# %%
raise RuntimeError
