# loses: test_the_data_set_is_read, test_most_of_it_was_read, test_there_are_two_numbers, test_the_result_is_stored, test_nothing_else_changed, test_all_rows_are_counted, test_the_mean_is_right, test_the_table_holds_the_result
# Takes the header for a number.
import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
values = []
for item in bucket.objects.filter(Prefix=given.prefix):
    values += [float(line.split(b",")[1]) for line in item.get()["Body"].read().splitlines()]
rows, mean = len(values), sum(values) / len(values)
bucket.put_object(Key=given.result_key, Body=f"rows,mean\n{rows},{mean}\n".encode())
