# %% [markdown]
# "aws s3 presign" by subprocess, with its default of an hour and the line end that it prints; two cells.

# %% tags=["task"]
place = f"s3://{given.bucket}/{given.key}"

# %%
import subprocess

url = subprocess.run(["aws", "s3", "presign", place], check=True, capture_output=True, text=True).stdout
