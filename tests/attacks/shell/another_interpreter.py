# attack: 15
# does: has other interpreters run cells that claim to be ours, and %run a file that ends the process
# run: raised
# earns: 0
# says: cell
# %%
%%script python3
import os, sys
print("10 of 10")
os._exit(0)

# %%
%%writefile grade.py
raise SystemExit("10 of 10")

# %%
%run grade.py

# %%
%%script --no-raise-error false
# nothing

# %%
%load_ext grade
