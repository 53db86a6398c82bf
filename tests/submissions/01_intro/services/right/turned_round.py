# %% [markdown]
# A dict from service to needs, turned round in a cell of the student's own; entries are added one by one.

# %% tags=["task"]
made_for = {
    "EC2": ["own_machine"], "S3": ["all_files"], "EBS": ["one_disk"], "RDS": ["tables"], "DynamoDB": ["by_key"],
    "Athena": ["ask_files"], "SageMaker AI": ["model"], "Lambda": ["each_arrival"], "Batch": ["many_jobs"],
    "VPC": ["private_net"], "IAM": ["who_may"], "Budgets": ["the_bill"],
}
service_for = dict()
for service, keys in made_for.items():
    assert service in given.services
    for key in keys:
        service_for[key] = service
assert set(service_for) == set(given.needs)

# %%
choices = {}
choices["stopped"] = "c"
choices["terminated"] = "a"
choices["idle"] = "b"
choices["month"] = "d"
choices["may_wait"] = "b"
choices["transfer"] = "c"
choices["hundred"] = "c"
choices
