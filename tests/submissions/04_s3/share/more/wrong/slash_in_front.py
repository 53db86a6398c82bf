# loses: test_the_link_opens, test_there_is_a_link, test_it_leads_to_the_object, test_all_stays_private, test_it_holds_for_an_hour
# A "/" in front makes another key, which does not exist.
import boto3

s3 = boto3.client("s3")
url = s3.generate_presigned_url("get_object", Params={"Bucket": given.bucket, "Key": "/" + given.key}, ExpiresIn=3600)
