# %% [markdown]
# The resource API in two cells; one-time is what a request is if nothing is said. Half of the price will do.

# %% tags=["task"]
import boto3

ec2 = boto3.resource("ec2")
(machine,) = ec2.create_instances(
    ImageId=given.image_id,
    InstanceType=given.instance_type,
    MinCount=1,
    MaxCount=1,
    InstanceMarketOptions={"MarketType": "spot", "SpotOptions": {"MaxPrice": str(float(given.max_price) * 0.9)}},
)
machine.wait_until_running()
request_id = machine.spot_instance_request_id
instance_id = machine.id

# %%
ec2.meta.client.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
machine.terminate()
machine.wait_until_terminated()
