# %% [markdown]
# A list of its own: read from the bucket, or at the first time made of what lies there; kept with the backup and on the
# disk. What was deleted is marked as deleted. Three cells.

# %% tags=["task"]
import hashlib
import json
from pathlib import Path

import boto3

MANIFEST = ".manifest.json"
s3 = boto3.client("s3")
s3.put_bucket_versioning(Bucket=given.bucket, VersioningConfiguration={"Status": "Enabled"})

# %%
try:
    manifest = json.load(s3.get_object(Bucket=given.bucket, Key=MANIFEST)["Body"])
except s3.exceptions.NoSuchKey:
    manifest = {}
    for item in s3.list_objects_v2(Bucket=given.bucket)["Contents"]:
        body = s3.get_object(Bucket=given.bucket, Key=item["Key"])["Body"].read()
        manifest[item["Key"]] = hashlib.sha256(body).hexdigest()

# %%
folder = Path(given.folder)
found = {}
for path in folder.rglob("*.*"):
    data = path.read_bytes()
    key = str(path.relative_to(folder))
    found[key] = hashlib.sha256(data).hexdigest()
    if manifest.get(key) != found[key]:
        s3.put_object(Bucket=given.bucket, Key=key, Body=data, Metadata={"sha256": found[key]})
for key in manifest.keys() - found.keys():
    s3.delete_object(Bucket=given.bucket, Key=key)
text = json.dumps(found, indent=1)
Path("manifest.json").write_text(text)
s3.put_object(Bucket=given.bucket, Key=MANIFEST, Body=text, ContentType="application/json")
