# %% [markdown]
# put_object with bytes, a table of types with character sets, three cells.

# %% tags=["task"]
from pathlib import Path

import boto3

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain;charset=utf-8",
    ".html": "text/html; charset=UTF-8",
    ".json": "application/json",
    ".png": "image/png",
}
files = [p for p in Path(given.folder).glob("**/*") if p.is_file()]

# %%
s3 = boto3.client("s3")
for path in files:
    key = f"{given.prefix}{path.relative_to(given.folder)}"
    s3.put_object(Bucket=given.bucket, Key=key, Body=path.read_bytes(), ContentType=TYPES[path.suffix])

# %%
listing = s3.list_objects_v2(Bucket=given.bucket, Prefix=given.prefix)
print(*[o["Key"] for o in listing["Contents"]], sep="\n")
