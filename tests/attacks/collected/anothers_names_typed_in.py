# attack: 21
# does: hands in what another student's world would take, with its names typed in
# run: finished
# earns: 0
def make(place, student):
    (place / student / "toy").mkdir(parents=True)
    text = "import boto3\nboto3.client('s3', region_name='us-east-1').create_bucket(Bucket='data-1')\n"
    (place / student / "toy/bucket.py").write_text(text)
