# %% [markdown]
# "aws s3 sync" to a folder, csv, and "aws s3 cp" for the result; three cells.

# %% tags=["task"]
!aws s3 sync --only-show-errors "s3://{given.bucket}/{given.prefix}" data

# %%
import csv
from pathlib import Path
from statistics import fmean

values = []
for path in sorted(Path("data").rglob("*.csv")):
    with path.open(newline="") as file:
        values += [float(row["value"]) for row in csv.DictReader(file)]
rows, mean = len(values), fmean(values)

# %%
with open("result.csv", "w", newline="\r\n") as file:
    print("rows", "mean", sep=",", file=file)
    print("%d,%f" % (rows, mean), file=file)
!aws s3 cp --quiet result.csv "s3://{given.bucket}/{given.result_key}"
