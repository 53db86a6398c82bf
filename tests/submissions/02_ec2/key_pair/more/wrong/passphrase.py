# loses: test_the_private_key_belongs_to_the_pair
# Protects its own key with a passphrase, which was not asked for.
import subprocess
import boto3

subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", given.key_file])
boto3.client("ec2").import_key_pair(KeyName=given.key_name, PublicKeyMaterial=open(given.key_file + ".pub", "rb").read())
