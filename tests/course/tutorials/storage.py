# %% Create a bucket, in a region or without
import logging

import boto3
from botocore.exceptions import ClientError


def create_bucket(bucket_name, region=None):
    """Make a bucket; True when it worked."""
    try:
        if region is None:
            boto3.client("s3").create_bucket(Bucket=bucket_name)
        else:
            s3_client = boto3.client("s3", region_name=region)
            location = {"LocationConstraint": region}
            s3_client.create_bucket(Bucket=bucket_name, CreateBucketConfiguration=location)
    except ClientError as e:
        logging.error(e)
        return False
    return True


assert create_bucket("tutorial-in-virginia-1")
assert create_bucket("tutorial-in-ireland-1", "eu-west-1")
s3 = boto3.client("s3")
print([bucket["Name"] for bucket in s3.list_buckets()["Buckets"]])
assert s3.get_bucket_location(Bucket="tutorial-in-ireland-1")["LocationConstraint"] == "eu-west-1"
assert s3.get_bucket_location(Bucket="tutorial-in-virginia-1")["LocationConstraint"] is None

# %% A name that nobody else has, from a UUID
import uuid

import boto3


def create_bucket_name(prefix):
    return "".join([prefix, str(uuid.uuid4())])


s3_resource = boto3.resource("s3")
bucket = s3_resource.create_bucket(Bucket=create_bucket_name("firstpythonbucket-"))
bucket.wait_until_exists()
print(bucket.name, bucket.creation_date)
bucket.delete()
bucket.wait_until_not_exists()

# %% Upload a file, True or False
import logging
import os

import boto3
from botocore.exceptions import ClientError


def upload_file(file_name, bucket, object_name=None):
    if object_name is None:
        object_name = os.path.basename(file_name)
    s3_client = boto3.client("s3")
    try:
        s3_client.upload_file(file_name, bucket, object_name)
    except (ClientError, boto3.exceptions.S3UploadFailedError) as e:
        logging.error(e)
        return False
    return True


assert upload_file("photos/alps.jpg", given.bucket)
assert not upload_file("photos/alps.jpg", "no-such-bucket-as-this")
assert boto3.resource("s3").Object(given.bucket, "alps.jpg").content_length == os.path.getsize("photos/alps.jpg")

# %% A progress bar, by a callback with a lock
import os
import sys
import threading

import boto3


class ProgressPercentage:
    def __init__(self, filename):
        self._filename = filename
        self._size = float(os.path.getsize(filename))
        self._seen_so_far = 0
        self._lock = threading.Lock()

    def __call__(self, bytes_amount):
        with self._lock:
            self._seen_so_far += bytes_amount
            percentage = (self._seen_so_far / self._size) * 100
            sys.stdout.write(f"\r{self._filename}  {self._seen_so_far} / {self._size}  ({percentage:.2f}%)")
            sys.stdout.flush()


progress = ProgressPercentage("birds.csv")
boto3.client("s3").upload_file("birds.csv", given.bucket, "progress/birds.csv", Callback=progress)
assert progress._seen_so_far == progress._size

# %% Parts of a large file, with TransferConfig
import hashlib

import boto3
from boto3.s3.transfer import TransferConfig

MB = 1024**2
with open("large.bin", "wb") as file:
    for n in range(12):
        file.write(bytes([n]) * MB)
config = TransferConfig(multipart_threshold=5 * MB, multipart_chunksize=5 * MB, max_concurrency=4, use_threads=True)
s3 = boto3.client("s3")
s3.upload_file("large.bin", given.bucket, "large.bin", Config=config, ExtraArgs={"Metadata": {"made-by": "me"}})
s3.download_file(given.bucket, "large.bin", "large.copy", Config=config)
assert hashlib.md5(open("large.bin", "rb").read()).digest() == hashlib.md5(open("large.copy", "rb").read()).digest()
head = s3.head_object(Bucket=given.bucket, Key="large.bin")
assert head["ContentLength"] == 12 * MB and head["Metadata"] == {"made-by": "me"} and head["ETag"].endswith('-3"')

# %% Parts by hand
import boto3

s3 = boto3.client("s3")
upload = s3.create_multipart_upload(Bucket=given.bucket, Key="by-hand.bin", ContentType="application/x-test")
parts = []
for number, chunk in enumerate([b"a" * 5 * 1024**2, b"the end"], start=1):
    part = s3.upload_part(
        Bucket=given.bucket, Key="by-hand.bin", PartNumber=number, UploadId=upload["UploadId"], Body=chunk
    )
    parts.append({"PartNumber": number, "ETag": part["ETag"]})
assert len(s3.list_parts(Bucket=given.bucket, Key="by-hand.bin", UploadId=upload["UploadId"])["Parts"]) == 2
s3.complete_multipart_upload(
    Bucket=given.bucket, Key="by-hand.bin", UploadId=upload["UploadId"], MultipartUpload={"Parts": parts}
)
tail = s3.get_object(Bucket=given.bucket, Key="by-hand.bin", Range="bytes=-7")
assert tail["Body"].read() == b"the end" and tail["ResponseMetadata"]["HTTPStatusCode"] == 206
other = s3.create_multipart_upload(Bucket=given.bucket, Key="given-up.bin")
s3.abort_multipart_upload(Bucket=given.bucket, Key="given-up.bin", UploadId=other["UploadId"])
assert not s3.list_multipart_uploads(Bucket=given.bucket).get("Uploads")

# %% Open files up and down
import boto3

s3 = boto3.client("s3")
with open("report.txt", "rb") as f:
    s3.upload_fileobj(f, given.bucket, "fileobj/report.txt", ExtraArgs={"ContentType": "text/plain"})
with open("report.copy", "wb") as f:
    s3.download_fileobj(given.bucket, "fileobj/report.txt", f)
assert open("report.txt", "rb").read() == open("report.copy", "rb").read()

# %% Upload and download with the resource API
import boto3

s3 = boto3.resource("s3")
s3.Bucket(given.bucket).upload_file(Filename="report.txt", Key="resource/report.txt")
s3.meta.client.upload_file("report.txt", given.bucket, "resource/again.txt")
data = open("photos/alps.jpg", "rb")
s3.Bucket(given.bucket).put_object(Key="resource/alps.jpg", Body=data)
s3.Object(given.bucket, "resource/report.txt").download_file("/tmp/report.txt")
print(open("/tmp/report.txt").read())

# %% A missing key when downloading
import boto3
import botocore

s3 = boto3.resource("s3")
try:
    s3.Bucket(given.bucket).download_file("no/such/key.jpg", "my_local_image.jpg")
except botocore.exceptions.ClientError as e:
    assert e.response["Error"]["Code"] == "404"
else:
    raise AssertionError("it was found")

# %% Exceptions that the client brings
import boto3

s3 = boto3.client("s3")
try:
    s3.get_object(Bucket=given.bucket, Key="nothing-here")
except s3.exceptions.NoSuchKey as e:
    print(e.response["Error"]["Message"])
else:
    raise AssertionError("it was found")
try:
    s3.list_objects_v2(Bucket="a-bucket-that-is-not-there")
except s3.exceptions.NoSuchBucket:
    print("no such bucket")
else:
    raise AssertionError("it was found")
try:
    frankfurt = boto3.client("s3", region_name="eu-central-1")
    frankfurt.create_bucket(Bucket=given.bucket + "-x", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
except s3.exceptions.ClientError as e:
    assert e.response["Error"]["Code"] == "IllegalLocationConstraintException", e
else:
    raise AssertionError("it was made")

# %% Does the object exist?
import boto3
from botocore.exceptions import ClientError


def key_exists(bucket, key):
    try:
        boto3.client("s3").head_object(Bucket=bucket, Key=key)
    except ClientError as e:
        if e.response["Error"]["Code"] == "404":
            return False
        raise
    return True


assert key_exists(given.bucket, "data/birds.csv") and not key_exists(given.bucket, "data/fish.csv")
boto3.client("s3").get_waiter("object_exists").wait(Bucket=given.bucket, Key="data/birds.csv")
boto3.client("s3").get_waiter("bucket_exists").wait(Bucket=given.bucket)
boto3.client("s3").head_bucket(Bucket=given.bucket)

# %% List objects, first page and pages
import boto3

client = boto3.client("s3")
response = client.list_objects_v2(Bucket=given.bucket, Prefix="many/", MaxKeys=10)
assert response["KeyCount"] == 10 and response["IsTruncated"]
keys = []
paginator = client.get_paginator("list_objects_v2")
for page in paginator.paginate(Bucket=given.bucket, Prefix="many/", PaginationConfig={"PageSize": 10}):
    for obj in page["Contents"]:
        keys.append(obj["Key"])
        assert obj["Size"] >= 0 and obj["LastModified"].tzinfo
assert len(keys) == 25

# %% List with continuation tokens of one's own
import boto3


def get_all_keys(bucket, prefix=""):
    s3 = boto3.client("s3")
    kwargs = {"Bucket": bucket, "Prefix": prefix, "MaxKeys": 7}
    while True:
        resp = s3.list_objects_v2(**kwargs)
        for obj in resp.get("Contents", []):
            yield obj["Key"]
        try:
            kwargs["ContinuationToken"] = resp["NextContinuationToken"]
        except KeyError:
            break


assert len(list(get_all_keys(given.bucket, "many/"))) == 25
marker, old_style = "", []
while True:
    page = boto3.client("s3").list_objects(Bucket=given.bucket, Prefix="many/", Marker=marker, MaxKeys=9)
    old_style += [o["Key"] for o in page["Contents"]]
    if not page["IsTruncated"]:
        break
    marker = old_style[-1]
assert len(old_style) == 25

# %% Search pages with JMESPath
import boto3

client = boto3.client("s3")
pages = client.get_paginator("list_objects_v2").paginate(Bucket=given.bucket, Prefix="data/")
for key_data in pages.search("Contents[?Size > `10`][]"):
    print(key_data["Key"], key_data["Size"])
assert "data/birds.csv" in list(pages.search("Contents[?Size > `10`].Key"))

# %% What looks like folders
import boto3

s3 = boto3.client("s3")
result = s3.list_objects_v2(Bucket=given.bucket, Delimiter="/")
folders = [p["Prefix"] for p in result["CommonPrefixes"]]
assert {"data/", "many/"} <= set(folders), folders
s3.put_object(Bucket=given.bucket, Key="an-empty-folder/")
inside = s3.list_objects_v2(Bucket=given.bucket, Prefix="data/", Delimiter="/")
print([o["Key"] for o in inside["Contents"]])

# %% Collections: all, filter, limit
import boto3

bucket = boto3.resource("s3").Bucket(given.bucket)
print(len(list(bucket.objects.all())), "objects,", sum(o.size for o in bucket.objects.all()), "bytes")
for obj in bucket.objects.filter(Prefix="data/"):
    print(obj.key, obj.last_modified.strftime("%Y-%m-%d"), obj.storage_class, obj.e_tag)
assert len(list(bucket.objects.filter(Prefix="many/").limit(3))) == 3
newest = max(bucket.objects.filter(Prefix="many/"), key=lambda o: o.last_modified)
for page in bucket.objects.filter(Prefix="many/").page_size(10).pages():
    assert len(page) in (5, 10)
for b in boto3.resource("s3").buckets.all():
    print(b.name, b.creation_date)

# %% Read text, lines, chunks
import boto3

s3 = boto3.client("s3")
body = s3.get_object(Bucket=given.bucket, Key="data/birds.csv")["Body"].read().decode("utf-8")
lines = [line.decode() for line in s3.get_object(Bucket=given.bucket, Key="data/birds.csv")["Body"].iter_lines()]
assert lines == body.splitlines()
stream = s3.get_object(Bucket=given.bucket, Key="data/birds.csv")["Body"]
assert b"".join(stream.iter_chunks(chunk_size=16)).decode() == body
with s3.get_object(Bucket=given.bucket, Key="data/birds.csv")["Body"] as again:
    assert again.read(7) == b"species"

# %% JSON there and back
import json

import boto3

s3 = boto3.resource("s3")
s3.Object(given.bucket, "config.json").put(Body=bytes(json.dumps({"a": [1, 2]}).encode("UTF-8")))
content = json.loads(s3.Object(given.bucket, "config.json").get()["Body"].read().decode("utf-8"))
assert content == {"a": [1, 2]}

# %% A CSV file row by row, from the stream
import codecs
import csv

import boto3

client = boto3.client("s3")
data = client.get_object(Bucket=given.bucket, Key="data/birds.csv")
rows = list(csv.DictReader(codecs.getreader("utf-8")(data["Body"])))
assert rows[0] == {"species": "wren", "grams": "9.1"}

# %% pandas: read from the stream, write through a buffer
from io import BytesIO, StringIO

import boto3
import pandas as pd

s3 = boto3.client("s3")
obj = s3.get_object(Bucket=given.bucket, Key="data/birds.csv")
df = pd.read_csv(BytesIO(obj["Body"].read()), encoding="utf8")
csv_buffer = StringIO()
df.groupby("species").mean().to_csv(csv_buffer)
boto3.resource("s3").Object(given.bucket, "means.csv").put(Body=csv_buffer.getvalue())
status = s3.get_object(Bucket=given.bucket, Key="means.csv")
assert pd.read_csv(status.get("Body")).shape == (2, 2)

# %% numpy and pickle through memory
import io
import pickle

import boto3
import numpy as np

s3 = boto3.client("s3")
buffer = io.BytesIO()
np.save(buffer, np.arange(6).reshape(2, 3))
buffer.seek(0)
s3.upload_fileobj(buffer, given.bucket, "array.npy")
back = io.BytesIO()
s3.download_fileobj(given.bucket, "array.npy", back)
back.seek(0)
assert np.load(back).sum() == 15
s3.put_object(Bucket=given.bucket, Key="model.pkl", Body=pickle.dumps({"weights": [0.5]}))
assert pickle.loads(s3.get_object(Bucket=given.bucket, Key="model.pkl")["Body"].read()) == {"weights": [0.5]}

# %% gzip on the way
import gzip
import json

import boto3

s3 = boto3.client("s3")
packed = gzip.compress(json.dumps(list(range(100))).encode())
s3.put_object(Bucket=given.bucket, Key="numbers.json.gz", Body=packed, ContentType="application/json", ContentEncoding="gzip")
answer = s3.get_object(Bucket=given.bucket, Key="numbers.json.gz")
with gzip.GzipFile(fileobj=answer["Body"]) as f:
    assert json.load(f)[99] == 99
assert answer["ContentEncoding"] == "gzip"

# %% A presigned link, opened with requests and urllib
import logging
import urllib.request

import boto3
import requests
from botocore.exceptions import ClientError


def create_presigned_url(bucket_name, object_name, expiration=3600):
    s3_client = boto3.client("s3")
    try:
        return s3_client.generate_presigned_url(
            "get_object", Params={"Bucket": bucket_name, "Key": object_name}, ExpiresIn=expiration
        )
    except ClientError as e:
        logging.error(e)
        return None


url = create_presigned_url(given.bucket, "data/birds.csv")
response = requests.get(url, timeout=10)
assert response.status_code == 200 and response.text.startswith("species")
with urllib.request.urlopen(url) as page:
    assert page.read() == response.content
assert requests.get(url.partition("?")[0], timeout=10).status_code == 403

# %% A presigned link to upload by
import boto3
import requests

s3 = boto3.client("s3")
url = s3.generate_presigned_url(ClientMethod="put_object", Params={"Bucket": given.bucket, "Key": "put-by-link.txt"}, ExpiresIn=60)
assert requests.put(url, data=b"sent by somebody else", timeout=10).status_code == 200
assert s3.get_object(Bucket=given.bucket, Key="put-by-link.txt")["Body"].read() == b"sent by somebody else"

# %% Copy within a bucket and to another, rename
import boto3

s3 = boto3.resource("s3")
copy_source = {"Bucket": given.bucket, "Key": "data/birds.csv"}
s3.meta.client.copy(copy_source, given.bucket, "copies/birds.csv")
s3.create_bucket(Bucket=given.bucket + "-backup")
s3.Bucket(given.bucket + "-backup").copy(copy_source, "birds.csv")
s3.Object(given.bucket, "copies/renamed.csv").copy_from(CopySource=f"{given.bucket}/copies/birds.csv")
s3.Object(given.bucket, "copies/birds.csv").delete()
assert [o.key for o in s3.Bucket(given.bucket).objects.filter(Prefix="copies/")] == ["copies/renamed.csv"]

# %% Delete: one, several, all, the bucket
import boto3

s3 = boto3.client("s3")
s3.create_bucket(Bucket=given.bucket + "-scratch")
for n in range(12):
    s3.put_object(Bucket=given.bucket + "-scratch", Key=f"{n:02d}.txt", Body=str(n))
s3.delete_object(Bucket=given.bucket + "-scratch", Key="00.txt")
answer = s3.delete_objects(
    Bucket=given.bucket + "-scratch", Delete={"Objects": [{"Key": "01.txt"}, {"Key": "02.txt"}], "Quiet": False}
)
assert {d["Key"] for d in answer["Deleted"]} == {"01.txt", "02.txt"}
bucket = boto3.resource("s3").Bucket(given.bucket + "-scratch")
bucket.objects.filter(Prefix="03").delete()
try:
    bucket.delete()
except s3.exceptions.ClientError as e:
    assert e.response["Error"]["Code"] == "BucketNotEmpty"
bucket.objects.all().delete()
bucket.delete()

# %% Versions: switch on, look, go back, delete for good
import boto3

s3 = boto3.resource("s3")
bucket = s3.create_bucket(Bucket=given.bucket + "-versions")
versioning = s3.BucketVersioning(bucket.name)
versioning.enable()
assert versioning.status == "Enabled"
for text in ("first", "second"):
    bucket.put_object(Key="note.txt", Body=text.encode())
bucket.Object("note.txt").delete()
versions = list(bucket.object_versions.filter(Prefix="note.txt"))
assert len(versions) == 3
answer = s3.meta.client.list_object_versions(Bucket=bucket.name, Prefix="note.txt")
oldest = [v["VersionId"] for v in answer["Versions"]][-1]
s3.Object(bucket.name, "note.txt").copy_from(CopySource={"Bucket": bucket.name, "Key": "note.txt", "VersionId": oldest})
assert s3.Object(bucket.name, "note.txt").get()["Body"].read() == b"first"
assert bucket.Object("note.txt").Version(oldest).get()["Body"].read() == b"first"
bucket.object_versions.all().delete()
bucket.delete()

# %% Versions by the paginator
import boto3

client = boto3.client("s3")
client.create_bucket(Bucket=given.bucket + "-paged")
client.put_bucket_versioning(Bucket=given.bucket + "-paged", VersioningConfiguration={"Status": "Enabled"})
for n in range(5):
    client.put_object(Bucket=given.bucket + "-paged", Key="same.txt", Body=str(n))
client.delete_object(Bucket=given.bucket + "-paged", Key="same.txt")
paginator = client.get_paginator("list_object_versions")
for page in paginator.paginate(Bucket=given.bucket + "-paged", PaginationConfig={"PageSize": 2}):
    for entry in page.get("Versions", []) + page.get("DeleteMarkers", []):
        client.delete_object(Bucket=given.bucket + "-paged", Key=entry["Key"], VersionId=entry["VersionId"])
client.delete_bucket(Bucket=given.bucket + "-paged")

# %% Public access block, policy, ownership
import json

import boto3

s3 = boto3.client("s3")
name = given.bucket + "-policy"
s3.create_bucket(Bucket=name)
s3.put_public_access_block(
    Bucket=name,
    PublicAccessBlockConfiguration={
        "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": False, "RestrictPublicBuckets": False,
    },
)
assert s3.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]["BlockPublicAcls"]
bucket_policy = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "AddPerm", "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": f"arn:aws:s3:::{name}/*"}
    ],
}
s3.put_bucket_policy(Bucket=name, Policy=json.dumps(bucket_policy))
assert json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])["Statement"][0]["Sid"] == "AddPerm"
s3.put_object(Bucket=name, Key="hello.txt", Body=b"hello")
import requests

assert requests.get(f"{s3.meta.endpoint_url}/{name}/hello.txt", timeout=10).text == "hello"
s3.delete_bucket_policy(Bucket=name)
assert s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"]
print(s3.get_bucket_acl(Bucket=name)["Owner"])

# %% An anonymous client
import json

import boto3
from botocore import UNSIGNED
from botocore.client import Config

s3 = boto3.client("s3")
name = given.bucket + "-open"
s3.create_bucket(Bucket=name)
s3.put_public_access_block(
    Bucket=name,
    PublicAccessBlockConfiguration={
        "BlockPublicAcls": False, "IgnorePublicAcls": False, "BlockPublicPolicy": False, "RestrictPublicBuckets": False,
    },
)
statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/*"}
s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
s3.put_object(Bucket=name, Key="open.csv", Body=b"a,b\n1,2\n")
anonymous = boto3.client("s3", config=Config(signature_version=UNSIGNED))
assert anonymous.get_object(Bucket=name, Key="open.csv")["Body"].read() == b"a,b\n1,2\n"

# %% Encryption, tags, life cycle, CORS
import boto3

s3 = boto3.client("s3")
rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
s3.put_bucket_encryption(Bucket=given.bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})
print(s3.get_bucket_encryption(Bucket=given.bucket)["ServerSideEncryptionConfiguration"]["Rules"])
s3.put_bucket_tagging(Bucket=given.bucket, Tagging={"TagSet": [{"Key": "project", "Value": "birds"}]})
assert s3.get_bucket_tagging(Bucket=given.bucket)["TagSet"] == [{"Key": "project", "Value": "birds"}]
s3.put_bucket_lifecycle_configuration(
    Bucket=given.bucket,
    LifecycleConfiguration={
        "Rules": [
            {
                "ID": "old logs", "Filter": {"Prefix": "logs/"}, "Status": "Enabled",
                "Transitions": [{"Days": 30, "StorageClass": "GLACIER"}], "Expiration": {"Days": 365},
            }
        ]
    },
)
assert s3.get_bucket_lifecycle_configuration(Bucket=given.bucket)["Rules"][0]["ID"] == "old logs"
cors = {"CORSRules": [{"AllowedHeaders": ["*"], "AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 3000}]}
s3.put_bucket_cors(Bucket=given.bucket, CORSConfiguration=cors)
assert s3.get_bucket_cors(Bucket=given.bucket)["CORSRules"][0]["AllowedMethods"] == ["GET"]

# %% A website in a bucket
import boto3

s3 = boto3.client("s3")
website_configuration = {"ErrorDocument": {"Key": "error.html"}, "IndexDocument": {"Suffix": "index.html"}}
s3.put_bucket_website(Bucket=given.bucket, WebsiteConfiguration=website_configuration)
assert s3.get_bucket_website(Bucket=given.bucket)["IndexDocument"] == {"Suffix": "index.html"}
s3.delete_bucket_website(Bucket=given.bucket)

# %% Metadata, storage class, encryption of one object
import boto3

s3 = boto3.resource("s3")
third = s3.Object(given.bucket, "third.txt")
third.upload_file(
    "report.txt",
    ExtraArgs={"ServerSideEncryption": "AES256", "StorageClass": "STANDARD_IA", "Metadata": {"mykey": "myvalue"}},
)
third.reload()
assert (third.server_side_encryption, third.storage_class, third.metadata) == ("AES256", "STANDARD_IA", {"mykey": "myvalue"})
third.metadata.update({"second": "yes"})
third.copy_from(CopySource={"Bucket": given.bucket, "Key": "third.txt"}, Metadata=third.metadata, MetadataDirective="REPLACE")
assert s3.Object(given.bucket, "third.txt").metadata == {"mykey": "myvalue", "second": "yes"}

# %% Tags of an object
import boto3

s3 = boto3.client("s3")
s3.put_object(Bucket=given.bucket, Key="tagged.txt", Body=b"x", Tagging="stage=raw&owner=ada")
assert s3.get_object_tagging(Bucket=given.bucket, Key="tagged.txt")["TagSet"][0] == {"Key": "stage", "Value": "raw"}
s3.put_object_tagging(Bucket=given.bucket, Key="tagged.txt", Tagging={"TagSet": [{"Key": "stage", "Value": "clean"}]})
s3.delete_object_tagging(Bucket=given.bucket, Key="tagged.txt")

# %% Only if it has changed
import hashlib

import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
head = s3.head_object(Bucket=given.bucket, Key="data/birds.csv")
assert head["ETag"].strip('"') == hashlib.md5(open("birds.csv", "rb").read()).hexdigest()
try:
    s3.get_object(Bucket=given.bucket, Key="data/birds.csv", IfNoneMatch=head["ETag"])
except ClientError as e:
    assert e.response["ResponseMetadata"]["HTTPStatusCode"] == 304
else:
    raise AssertionError("sent again")

# %% A folder up and down again
import os

import boto3

s3 = boto3.client("s3")
for root, dirs, files in os.walk("photos"):
    for name in files:
        local_path = os.path.join(root, name)
        s3_path = os.path.join("album", os.path.relpath(local_path, "photos"))
        s3.upload_file(local_path, given.bucket, s3_path)
bucket = boto3.resource("s3").Bucket(given.bucket)
for obj in bucket.objects.filter(Prefix="album/"):
    target = os.path.join("downloads", os.path.relpath(obj.key, "album"))
    if not os.path.exists(os.path.dirname(target)):
        os.makedirs(os.path.dirname(target))
    if obj.key[-1] == "/":
        continue
    bucket.download_file(obj.key, target)
assert sorted(os.listdir("downloads")) == sorted(os.listdir("photos"))

# %% Configuration: retries, addressing, signature
import boto3
from botocore.config import Config

my_config = Config(
    region_name="us-east-1", signature_version="s3v4",
    retries={"max_attempts": 10, "mode": "standard"}, s3={"addressing_style": "path"}, max_pool_connections=20,
)
client = boto3.client("s3", config=my_config)
print(client.list_buckets()["Owner"])

# %% Names that say where the bucket is
import boto3
from botocore.config import Config

client = boto3.client("s3", config=Config(s3={"addressing_style": "auto"}))
assert client.get_object(Bucket=given.bucket, Key="data/birds.csv")["ContentLength"]

# %% Many uploads at once
from concurrent.futures import ThreadPoolExecutor

import boto3

s3 = boto3.client("s3")


def put(number):
    return s3.put_object(Bucket=given.bucket, Key=f"threads/{number}.txt", Body=str(number))["ResponseMetadata"]["HTTPStatusCode"]


with ThreadPoolExecutor(max_workers=8) as executor:
    assert set(executor.map(put, range(20))) == {200}
assert len(list(boto3.resource("s3").Bucket(given.bucket).objects.filter(Prefix="threads/"))) == 20

# %% SQL over a CSV object, which AWS has closed to new accounts
import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
try:
    s3.select_object_content(
        Bucket=given.bucket, Key="data/birds.csv", ExpressionType="SQL",
        Expression="SELECT s.species FROM s3object s WHERE s.species = 'wren'",
        InputSerialization={"CSV": {"FileHeaderInfo": "USE"}, "CompressionType": "NONE"},
        OutputSerialization={"CSV": {}},
    )
except ClientError as error:
    assert error.response["Error"]["Code"] == "MethodNotAllowed"
else:
    raise AssertionError("It was answered.")

# %% Bytes that need no file: Object.put and its neighbours
import boto3

s3 = boto3.resource("s3")
obj = s3.Object(bucket_name=given.bucket, key="notes/one.txt")
obj.put(Body="text is allowed too", ContentType="text/plain; charset=utf-8")
obj.wait_until_exists()
obj.load()
assert obj.content_type == "text/plain; charset=utf-8" and obj.content_length == 19
summary = s3.ObjectSummary(given.bucket, "notes/one.txt")
print(summary.size, summary.last_modified, summary.Object().version_id)
obj.delete()
obj.wait_until_not_exists()

# %% A presigned form
import boto3
import requests

response = boto3.client("s3").generate_presigned_post(given.bucket, "by-form.txt", Fields=None, Conditions=None, ExpiresIn=3600)
with open("report.txt", "rb") as f:
    http_response = requests.post(response["url"], data=response["fields"], files={"file": ("report.txt", f)}, timeout=10)
assert http_response.status_code == 204
assert boto3.client("s3").head_object(Bucket=given.bucket, Key="by-form.txt")["ContentLength"]
