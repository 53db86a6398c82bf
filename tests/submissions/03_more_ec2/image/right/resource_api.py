# %% [markdown]
# The resource API in two cells; the clone gets a name.

# %% tags=["task"]
import boto3

ec2 = boto3.resource("ec2")
image = ec2.Instance(given.instance_id).create_image(
    Name=given.image_name,
    TagSpecifications=[
        {"ResourceType": "image", "Tags": [{"Key": "owner", "Value": "me"}]},
        {"ResourceType": "snapshot", "Tags": [{"Key": "owner", "Value": "me"}]},
    ],
)
image.wait_until_exists()
ec2.meta.client.get_waiter("image_available").wait(ImageIds=[image.id])
image_id = image.id

# %%
clone = ec2.create_instances(
    ImageId=image.image_id,
    InstanceType=given.instance_type,
    MinCount=1,
    MaxCount=1,
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "clone"}]}],
)[0]
clone.wait_until_running()
clone_id = clone.id
