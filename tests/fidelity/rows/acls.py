"""Who may do what with a bucket: ACLs, policies, Block Public Access, and requests that nobody signed."""

from typing import Any

from fidelity.table import NO_ANSWER, Lab, Row

ANYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"


# --- a new bucket -----------------------------------------------------------------------------------------------------


def flags(lab: Lab, bucket: str) -> list[bool]:
    found = lab.s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    return [found[name] for name in sorted(found)]


def ownership(lab: Lab, bucket: str) -> str:
    found = lab.s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"]
    return str(found[0]["ObjectOwnership"])


def encryption(lab: Lab, bucket: str) -> str:
    found = lab.s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    return str(found[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"])


def encrypted(lab: Lab) -> Any:
    """What the answers about a new object say of its encryption."""
    bucket = lab.bucket()
    put = lab.s3.put_object(Bucket=bucket, Key="a", Body=b"text")
    return put.get("ServerSideEncryption"), lab.s3.head_object(Bucket=bucket, Key="a").get("ServerSideEncryption")


def after_reset(lab: Lab) -> str:
    bucket = lab.bucket()
    lab.s3.delete_bucket_encryption(Bucket=bucket)
    return encryption(lab, bucket)


def unblocked(lab: Lab, bucket: str) -> str:
    lab.s3.delete_public_access_block(Bucket=bucket)
    return bucket


# --- ACLs -------------------------------------------------------------------------------------------------------------


def put(lab: Lab, bucket: str, **words: Any) -> str:
    lab.s3.put_object(Bucket=bucket, Key="a", Body=b"text", **words)
    return "stored"


def put_bucket_acl(lab: Lab, bucket: str, acl: str) -> str:
    lab.s3.put_bucket_acl(Bucket=bucket, ACL=acl)
    return "set"


def put_object_acl(lab: Lab, bucket: str, acl: str) -> str:
    put(lab, bucket)
    lab.s3.put_object_acl(Bucket=bucket, Key="a", ACL=acl)
    return "set"


def copy_with_acl(lab: Lab, bucket: str) -> str:
    put(lab, bucket)
    lab.s3.copy_object(Bucket=bucket, Key="b", CopySource=f"{bucket}/a", ACL="public-read")
    return "copied"


def with_acls(lab: Lab, *, public: bool = False) -> str:
    """A bucket that takes ACLs; `public`: public ones too."""
    bucket = lab.bucket(ObjectOwnership="ObjectWriter")
    return unblocked(lab, bucket) if public else bucket


def enforced(lab: Lab, bucket: str) -> str:
    rules = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    lab.s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=rules)
    return ownership(lab, bucket)


def enforced_while_public(lab: Lab) -> str:
    bucket = with_acls(lab, public=True)
    put_bucket_acl(lab, bucket, "public-read")
    return enforced(lab, bucket)


def made_with(lab: Lab, **words: Any) -> str:
    lab.bucket(**words)
    return "made"


def own_acl(lab: Lab) -> list[str]:
    """The ACL of a new bucket can be read: its owner has everything."""
    return [g["Permission"] for g in lab.s3.get_bucket_acl(Bucket=lab.bucket())["Grants"]]


def anonymous(lab: Lab, bucket: str, method: str = "GET", path: str = "/a", body: bytes = b"") -> Any:
    """A request that nobody signed: its status, or the error."""
    return lab.http(method, f"{lab.endpoint}/{bucket}{path}", body)


def opened_by_acl(lab: Lab, blocked: str = "") -> Any:
    """An object that its ACL gives to everybody; then `blocked` is set."""
    bucket = with_acls(lab, public=True)
    put(lab, bucket, ACL="public-read")
    if blocked:
        lab.s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={blocked: True})
    return anonymous(lab, bucket)


OFF, AT_ONCE = "error AccessControlListNotSupported", "error InvalidBucketAclWithObjectOwnership"
DENIED, NOBODY = "error AccessDenied", "error 403 AccessDenied"
UNSET = "error NoSuchPublicAccessBlockConfiguration"

ROWS = [
    Row(0, "s3", "read by an ACL", opened_by_acl, 200, 200, "M"),
    Row(
        0, "s3", "read by an ACL that is ignored", lambda lab: opened_by_acl(lab, "IgnorePublicAcls"), NOBODY, 200, "UG"
    ),
    Row(
        0,
        "s3",
        "read by an older ACL, with new ones blocked",
        lambda lab: opened_by_acl(lab, "BlockPublicAcls"),
        200,
        200,
        "UG",
    ),
    Row(
        197, "s3", "Block Public Access of a new bucket", lambda lab: flags(lab, lab.bucket()), [True] * 4, UNSET, "UG"
    ),
    Row(
        197,
        "s3",
        "Block Public Access deleted",
        lambda lab: flags(lab, unblocked(lab, lab.bucket())),
        UNSET,
        UNSET,
        "M",
    ),
    Row(
        198,
        "s3",
        "ownership of a new bucket",
        lambda lab: ownership(lab, lab.bucket()),
        "BucketOwnerEnforced",
        "error OwnershipControlsNotFoundError",
        "UG",
    ),
    Row(
        198,
        "s3",
        "ownership that was asked for",
        lambda lab: ownership(lab, with_acls(lab)),
        "ObjectWriter",
        "ObjectWriter",
        "M",
    ),
    Row(
        199,
        "s3",
        "a public object in a new bucket",
        lambda lab: put(lab, lab.bucket(), ACL="public-read"),
        OFF,
        "stored",
        "M, Q",
    ),
    Row(
        199,
        "s3",
        "a private object in a new bucket",
        lambda lab: put(lab, lab.bucket(), ACL="private"),
        OFF,
        "stored",
        "M",
    ),
    Row(
        199,
        "s3",
        "a grant in a new bucket",
        lambda lab: put(lab, lab.bucket(), GrantRead=f"uri={ANYBODY}"),
        OFF,
        "stored",
        "M",
    ),
    Row(199, "s3", "a public copy in a new bucket", lambda lab: copy_with_acl(lab, lab.bucket()), OFF, "copied", "M"),
    Row(
        199,
        "s3",
        "an ACL for a new bucket",
        lambda lab: put_bucket_acl(lab, lab.bucket(), "public-read"),
        OFF,
        "set",
        "M, Q",
    ),
    Row(
        199,
        "s3",
        "an ACL for an object",
        lambda lab: put_object_acl(lab, lab.bucket(), "public-read"),
        OFF,
        "set",
        "M, Q",
    ),
    Row(
        199,
        "s3",
        "a public object where ACLs are taken",
        lambda lab: put(lab, with_acls(lab), ACL="public-read"),
        DENIED,
        "stored",
        "UG",
    ),
    Row(
        199,
        "s3",
        "a private object where ACLs are taken",
        lambda lab: put(lab, with_acls(lab), ACL="private"),
        "stored",
        "stored",
        "M",
    ),
    Row(
        199,
        "s3",
        "a public bucket where ACLs are taken",
        lambda lab: put_bucket_acl(lab, with_acls(lab), "public-read"),
        DENIED,
        "set",
        "UG",
    ),
    Row(
        199,
        "s3",
        "a public bucket where nothing is blocked",
        lambda lab: put_bucket_acl(lab, with_acls(lab, public=True), "public-read"),
        "set",
        "set",
        "M",
    ),
    Row(
        232,
        "s3",
        "no more ACLs in a bucket with a public one",
        enforced_while_public,
        AT_ONCE,
        "BucketOwnerEnforced",
        "M",
    ),
    Row(
        0,
        "s3",
        "no more ACLs in a bucket without",
        lambda lab: enforced(lab, with_acls(lab)),
        *["BucketOwnerEnforced"] * 2,
        "M",
    ),
    Row(0, "s3", "read a new bucket's ACL", own_acl, ["FULL_CONTROL"], ["FULL_CONTROL"], "M"),
    Row(200, "s3", "a public bucket at once", lambda lab: made_with(lab, ACL="public-read"), AT_ONCE, "made", "M, Q"),
    Row(200, "s3", "a private bucket at once", lambda lab: made_with(lab, ACL="private"), "made", "made", "M"),
    Row(
        200,
        "s3",
        "a public bucket at once, with ACLs",
        lambda lab: made_with(lab, ACL="public-read", ObjectOwnership="ObjectWriter"),
        "error InvalidBucketAclWithBlockPublicAccessError",
        "made",
        "UG",
    ),
    Row(
        201,
        "s3",
        "the owner's ACL",
        lambda lab: put(lab, lab.bucket(), ACL="bucket-owner-full-control"),
        "stored",
        "stored",
        "M",
    ),
    Row(
        201,
        "s3",
        "an ACL that is none",
        lambda lab: put(lab, lab.bucket(), ACL="everyone"),
        "error InvalidArgument",
        NO_ANSWER,
        "U",
    ),
    Row(
        204,
        "s3",
        "encryption of a new bucket",
        lambda lab: encryption(lab, lab.bucket()),
        "AES256",
        "error ServerSideEncryptionConfigurationNotFoundError",
        "UG",
    ),
    Row(204, "s3", "encryption of a new object", encrypted, ("AES256", "AES256"), (None, None), "UG"),
    Row(
        204,
        "s3",
        "encryption after its setting is deleted",
        after_reset,
        "AES256",
        "error ServerSideEncryptionConfigurationNotFoundError",
        "UG",
    ),
]
