# %% [markdown]
# The resource API, the tag last, with a function and two cells.

# %% tags=["task"]
import boto3


def make(name, region):
    bucket = boto3.resource("s3", region_name=region).Bucket(name)
    bucket.create(ACL="private", CreateBucketConfiguration={"LocationConstraint": region})
    bucket.wait_until_exists()
    return bucket


bucket = make(given.bucket, given.region)

# %%
bucket.Tagging().put(Tagging={"TagSet": [{"Key": "owner", "Value": given.owner}]})
block = bucket.meta.client.get_public_access_block(Bucket=bucket.name)["PublicAccessBlockConfiguration"]
assert all(block.values())
