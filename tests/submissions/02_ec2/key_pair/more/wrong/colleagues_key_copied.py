# loses: test_the_private_key_belongs_to_the_pair
# Copies the private key that lies about.
import glob, shutil
import boto3

boto3.client("ec2").create_key_pair(KeyName=given.key_name)
shutil.copy(glob.glob("*.pem")[0], given.key_file)
