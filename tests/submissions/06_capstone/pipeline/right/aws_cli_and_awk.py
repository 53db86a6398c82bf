# The AWS CLI by subprocess, and awk; Windows line ends.
import subprocess


def sh(command):
    return subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout.strip()


kind = sh(f"tail -n +2 {given.prices_file} | awk -F, '$2 + 0 <= {given.max_usd_per_hour} {{ print $1 }}' | head -n 1")
instance_id = sh(
    f"aws ec2 run-instances --image-id {given.image_id} --instance-type {kind} "
    "--query 'Instances[0].InstanceId' --output text"
)
sh(f"aws ec2 wait instance-running --instance-ids {instance_id}")
sh(
    f"aws s3 cp s3://{given.bucket}/{given.dataset_key} - | tail -n +2 | "
    'awk -F, \'BEGIN { printf "group,mean\\r\\n" } { sum[$1] += $2; n[$1] += 1 } END { for (g in sum) printf "%s,%.6f\\r\\n", g, sum[g] / n[g] }\' | '
    f"aws s3 cp - s3://{given.bucket}/{given.result_key} --content-type text/csv"
)
sh(f"aws ec2 terminate-instances --instance-ids {instance_id}")
