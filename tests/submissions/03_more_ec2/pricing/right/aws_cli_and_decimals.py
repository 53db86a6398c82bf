# The AWS CLI, JSON, and decimals for money; the file is split by hand.
import json
import subprocess
from decimal import Decimal

lines = open(given.prices_file).read().split()[1:]
prices = {line.split(",")[0]: Decimal(line.split(",")[1]) for line in lines}
query = "InstanceTypes[].{name: InstanceType, cpus: VCpuInfo.DefaultVCpus, mib: MemoryInfo.SizeInMiB}"
command = ["aws", "ec2", "describe-instance-types", "--instance-types", *prices, "--query", query, "--output", "json"]
sizes = json.loads(subprocess.check_output(command))
enough = [s["name"] for s in sizes if s["cpus"] >= given.min_vcpus and s["mib"] / 1024 >= given.min_memory_gib]
instance_type = sorted(enough, key=prices.get)[0]
monthly_usd = (prices[instance_type] * given.hours_per_day * given.days).quantize(Decimal("0.01"))
