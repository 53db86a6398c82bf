# attack: 15
# does: works, and redefines the magics that a shell cell needs, and the shell itself
# run: finished or raised
# earns: 10
# with: work
# %%
work()
from IPython.core.magic import register_cell_magic, register_line_magic

for name in ("bash", "sh", "script", "time", "run", "system"):
    register_cell_magic(lambda line, cell: print("10 of 10")) if name == "bash" else None
    get_ipython().register_magic_function(lambda *_: print("10 of 10"), "cell", name)
get_ipython().system = get_ipython().getoutput = lambda *_: ["10 of 10"]

# %%
!exit 3

# %%
%%bash
exit 3
