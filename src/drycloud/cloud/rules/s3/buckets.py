"""Buckets: valid and taken names, and locations."""

import re
from typing import Any
from xml.sax.saxutils import escape

from drycloud.cloud.moto import engine
from drycloud.cloud.request.aws_request import AwsError, AwsRequest, malformed_xml
from drycloud.cloud.rules.lookup import bucket_of
from drycloud.cloud.rules.registry import Answer, after, before, document

_NAME = re.compile(r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]")
_RESERVED_ENDS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
# Names that are taken in the real world: students learn that bucket names are global.
_TAKEN = re.compile(
    "test|data|demo|my-(bucket|first-bucket|data|dataset|backup|files)|datasets?|data-science|backups?|logs|results|"
    "(aws)?example-?bucket|example|images|photos|website|public|private|students?|course|homework|hello-world|"
    "(new|s3|aws)-bucket|machine-learning"
)


@before("s3", "*")
def bucket_is_ours(request: AwsRequest) -> None:
    """moto does not know buckets of other accounts (172)."""
    if not _TAKEN.fullmatch(request.bucket):
        return
    if request.operation == "CreateBucket":
        words = "The requested bucket name is not available. The bucket namespace is shared by all users of the system."
        raise AwsError("BucketAlreadyExists", words, 409, elements={"BucketName": request.bucket})
    raise AwsError("AccessDenied", "Access Denied", 403)


@before("s3", "*")
def request_is_signed_for_the_right_region(request: AwsRequest) -> None:
    """A request is signed for its bucket's region; boto3 and the AWS CLI retry with the right one (174, 176)."""
    bucket = request.s3.buckets.get(request.bucket)
    region = bucket.region_name if bucket is not None else engine.DEFAULT_REGION
    if not request.signed_region or request.signed_region == region:
        return
    if (bucket is None or request.operation == "CreateBucket") and request.signed_region in engine.known_regions():
        return
    words = f"the region '{request.signed_region}' is wrong; expecting '{region}'"
    code = "AuthorizationHeaderMalformed"
    if "HTTP_AUTHORIZATION" in request.environ:
        words = f"The authorization header is malformed; {words}"
    else:
        code, words = "AuthorizationQueryParametersError", f"Error parsing the X-Amz-Credential parameter; {words}"
    raise AwsError(code, words, elements={"Region": region}, headers={"x-amz-bucket-region": region})


@before("s3", "CreateBucket")
def bucket_name_is_valid(request: AwsRequest) -> None:
    """moto only counts characters (162)."""
    name = request.bucket
    if not _NAME.fullmatch(name) or name.endswith(_RESERVED_ENDS) or _ADDRESS.fullmatch(name):
        raise AwsError("InvalidBucketName", "The specified bucket is not valid.", elements={"BucketName": name})


@before("s3", "CreateBucket")
def location_is_valid(request: AwsRequest) -> None:
    """moto accepts any location (169), but not "EU" (170)."""
    wanted = _location(request)
    if wanted is None:
        return
    if not wanted:
        raise malformed_xml()
    if (
        request.region == engine.DEFAULT_REGION and wanted not in _locations()
    ):  # elsewhere it must be the client's region
        words = "The specified location-constraint is not valid"
        raise AwsError("InvalidLocationConstraint", words, elements={"LocationConstraint": wanted})
    if wanted == "EU":
        request.body = re.sub(rb">\s*EU\s*<", b">eu-west-1<", request.body)


def _location(request: AwsRequest) -> str | None:
    found = request.document.find("LocationConstraint") if request.body.strip() else None
    return None if found is None else (found.text or "").strip()


def _locations() -> frozenset[str]:
    """Regions except us-east-1, which has no constraint, and "EU", the old name of eu-west-1."""
    return engine.known_regions() - {engine.DEFAULT_REGION} | {"EU"}


@after("s3", "CreateBucket")
def location_is_returned(request: AwsRequest, answer: Answer) -> Answer:
    """Location is a path in us-east-1, elsewhere a URL; moto has a path in a header that no client reads (294)."""
    region = bucket_of(request).region_name
    place = f"/{request.bucket}" if region == engine.DEFAULT_REGION else f"http://{request.bucket}.s3.amazonaws.com/"
    headers = [(name, value) for name, value in answer[1] if name.lower() not in ("location", "x-amz-bucket-arn")]
    return answer[0], [*headers, ("Location", place), ("x-amz-bucket-arn", f"arn:aws:s3:::{request.bucket}")], answer[2]


@before("s3", "PutBucketVersioning")
def deletion_with_mfa_needs_a_device(request: AwsRequest) -> None:
    """No such device exists here; moto enables it for anybody (295)."""
    if request.document.findtext("MfaDelete", "").strip() == "Enabled":
        raise AwsError("AccessDenied", "Mfa Authentication must be used for this request", 403)


@before("s3", "PutBucketVersioning")
def versioning_is_on_or_suspended(request: AwsRequest) -> None:
    """A status is required (180); its value is checked with all bodies."""
    bucket_of(request)
    if request.document.find("Status") is None:
        words = "The Versioning element must be specified"
        raise AwsError("IllegalVersioningConfigurationException", words)


@before("s3", "ListBuckets")
def buckets_in_pages(request: AwsRequest) -> Answer:
    """moto cuts the list without a token for the rest (235)."""
    size, token = request.query.get("max-buckets", "10000"), request.query.get("continuation-token", "")
    if not (size.isascii() and size.isdigit() and 1 <= int(size[:6]) <= 10_000):
        raise AwsError("InvalidArgument", "max-buckets is a number from 1 to 10000.")
    prefix, region = request.query.get("prefix", ""), request.query.get("bucket-region")
    fitting = [b for name, b in sorted(request.s3.buckets.items()) if name.startswith(prefix) and name > token]
    fitting = [b for b in fitting if region in (None, b.region_name)]
    page = fitting[: int(size)]
    following = f"<ContinuationToken>{page[-1].name}</ContinuationToken>" if len(page) < len(fitting) else ""
    asked = bool({"max-buckets", "continuation-token", "prefix", "bucket-region"} & request.query.keys())
    listed = "".join(_listed(bucket, region=asked) for bucket in page)
    owner = "<Owner><ID>75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a</ID></Owner>"
    following += f"<Prefix>{escape(prefix)}</Prefix>" if prefix else ""
    return document("ListAllMyBucketsResult", f"{owner}<Buckets>{listed}</Buckets>{following}")


def _listed(bucket: Any, *, region: bool) -> str:
    """The region is included if the request has a parameter (294)."""
    about = f"<CreationDate>{bucket.creation_date_ISO8601}</CreationDate>"
    about += f"<BucketRegion>{bucket.region_name}</BucketRegion>" if region else ""
    return f"<Bucket><Name>{bucket.name}</Name>{about}</Bucket>"
