# loses: test_the_data_set_is_read, test_most_of_it_was_read, test_there_are_two_numbers, test_nothing_else_changed, test_all_rows_are_counted, test_the_mean_is_right, test_the_table_holds_the_result
# Tidies up the data set once there is a result, which is wrong besides.
import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
rows, mean = sum(1 for _ in bucket.objects.filter(Prefix=given.prefix)), 0.0
bucket.put_object(Key=given.result_key, Body=f"rows,mean\n{rows},{mean}\n".encode())
bucket.objects.filter(Prefix=given.prefix).delete()
