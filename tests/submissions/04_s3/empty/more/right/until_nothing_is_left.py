# %% [markdown]
# The first page again and again, until there is none; two cells.

# %% tags=["task"]
import boto3

client = boto3.client("s3")


def entries():
    page = client.list_object_versions(Bucket=given.bucket)
    return [
        {"Key": entry["Key"], "VersionId": entry["VersionId"]}
        for kind in ("Versions", "DeleteMarkers")
        for entry in page.get(kind, [])
    ]


while batch := entries():
    client.delete_objects(Bucket=given.bucket, Delete={"Objects": batch})

# %%
client.delete_bucket(Bucket=given.bucket)
print([b["Name"] for b in client.list_buckets()["Buckets"]])
