# Loses the first private key, deletes that pair of its own, and makes it again; RSA in OpenSSH's form by ssh-keygen.
import os
import boto3

ec2 = boto3.client("ec2")
ec2.create_key_pair(KeyName=given.key_name)
try:
    ec2.create_key_pair(KeyName=given.key_name)
except ec2.exceptions.ClientError as error:
    print(error)
    ec2.delete_key_pair(KeyName=given.key_name)
os.system(f"ssh-keygen -q -t rsa -b 3072 -N '' -f '{given.key_file}'")
public = open(f"{given.key_file}.pub").read()
ec2.import_key_pair(KeyName=given.key_name, PublicKeyMaterial=public.encode())
os.remove(f"{given.key_file}.pub")
os.chmod(given.key_file, 0o700)
