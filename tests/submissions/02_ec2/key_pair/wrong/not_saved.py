# loses: test_the_file_holds_a_private_key, test_the_file_is_for_its_owner_alone, test_the_private_key_belongs_to_the_pair
# Prints the private key only, and makes an empty file.
import boto3

answer = boto3.client("ec2").create_key_pair(KeyName=given.key_name)
print(answer["KeyMaterial"])
open(given.key_file, "w").close()
