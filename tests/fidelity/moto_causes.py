"""Why tests of moto's fail at our cloud: the first cause whose words are in what a test failed with is the test's."""

import re

DELIBERATE, OPEN = "meant", "open"

# The kind, the reason, and the words (a regular expression) of the failure or of the test's name.
CAUSES = (
    (DELIBERATE, "a service that this course has not", r"\(UnsupportedService\)|test_s3_auth|lambda_integration"),
    (DELIBERATE, "S3 Select, which AWS has closed to new accounts", r"test_s3_select"),
    (DELIBERATE, "a signature of the old form covers the Content-Type, which the test adds", r"file_to_presigned_url"),
    (DELIBERATE, "a region of another partition, or one that is not open to a new account", r"AuthorizationHeaderMalf"
     r"|AuthFailure\) when calling|us-gov|InvalidZone.NotFound"),
    (DELIBERATE, "a new bucket has no ACLs, and blocks public access (row 197)", r"AccessControlListNotSupported|"
     r"InvalidBucketAclWithObject|test_public_access_block|policy_status_public|acl_with_presigned_post"),
    (DELIBERATE, "a new bucket encrypts (row 204)", r"encryption_on_new|delete_and_get_encryption|encryption_status|"
     r"server-side-encryption' not in"),
    (DELIBERATE, "the test asks moto's own server, another address, or hosts of buckets", r"localhost|test_server"),
    (DELIBERATE, "what a request names does not exist (row 346): a key pair, an image, a VPC, a zone, an instance, an "
     "interface, an address or a gateway", r"\(Invalid(KeyPair|AMIID|VpcID|Address|Volume|InstanceID|"
     r"NetworkInterfaceID|VpnGatewayID)\.NotFound\)|'Invalid(KeyPair|VpcID|VpnGatewayID).NotFound' =="),
    # What looks like an id of moto's own (17 digits) is no cause: then our rule would be wrong.
    (DELIBERATE, "an id of the wrong form is malformed, as on AWS (row 345)", r"Malformed' ==|ng \"acl-\.\.\.\"|"
     r"'InvalidParameterValue' == 'InvalidVolume\.NotFound'|"
     r"Malformed\) when calling .* Invalid id: \"(?![a-z-]+-[0-9a-f]{17}\")"),
    (DELIBERATE, "AWS's code is InvalidVpcPeeringConnectionID.NotFound (row 404)",
     r"'InvalidVpcPe\.\.\.onID.NotFound'"),
    (DELIBERATE, "a grant to a grantee that there is not (row 348)",
     r"\(InvalidArgument\) when calling the PutObjectAcl"),
    (DELIBERATE, "an address family that there is not: ?", r"The value \(\?\) is not valid for AddressFamily"),
    (DELIBERATE, "ranges of VPCs are made canonical (row 432)", r"test_vpc_get_by_cidr_block\b"),
    (DELIBERATE, "a new volume tells its tags, also where it has none (row 422)", r"hidden_when_no_tags_exist"),
    (DELIBERATE, "the error's words are ours; its code is the same",
     r"assert (['\"])(?!An error)(?=[^'\"]* )[^'\"]*\.\.\.[^'\"]*\1 == "),
    (DELIBERATE, "a list without a prefix tells an empty one, as AWS's", r"truncated_response"),
    (DELIBERATE, "parts are listed in ascending order, and have numbers up to 10,000", r"InvalidPartOrder|partnumber"),
    (DELIBERATE, "a range of a copy that goes past the end (row 242), an upload that is gone or another's (row 207)",
     r"copy-source-range|\(NoSuchUpload\)"),
    (DELIBERATE, "a lifecycle without rules, or a name that no bucket has", r"lifecycle_empty|\(InvalidBucketName\)"),
    (DELIBERATE, "pages of 100 where AWS makes them", r"type_offering_filter_by_zone|instance_types_filter|"
     r"test_describe_instance_types\b"),
    (DELIBERATE, "an attribute that only a stopped instance may get; a dry run after what is looked at first",
     r"\(IncorrectInstanceState\)|DryRunOperation'"),
    (DELIBERATE, "a volume or an interface that cannot be attached, detached or made like that", r"\(IncorrectState\)|"
     r"'IncorrectState'|ZoneMismatch|unixDevice|valid name|throughput in MiB|InvalidIPAddress.InUse|"
     r"range\b.*subnet|subnet's address range|belong to different networks|InvalidParameterCombination\)"),
    (DELIBERATE, "EC2-Classic, which AWS has ended", r"classic|'vpc' == 'standard'|You must specify an allocation id"),
    (DELIBERATE, "moto's own constants for what AWS tells otherwise: KernelId 'None', volumes of images, an empty "
     "InstanceId of an idle address (row 251), who made an interface (row 426)",
     r"KeyError: 'KernelId'|'gp3' == 'standard'|assert None == ''|== 'AIDAIT2UOQQY3AUEMOTO'"),
    (DELIBERATE, "groups: an instance has the default one unless told otherwise, its interfaces have their own, the "
     "default one trusts itself (row 96), and ranges are made canonical (row 84)", r"nic_attach_detach|"
     r"modify_instance_attribute_security_groups|egress__without_ipprotocol|sec_group_rule_limit"),
    (DELIBERATE, "tags for a kind of thing that the operation does not make, or not by AWS's name: natgateway, "
     "carrier-gateway, launch-template, subnet-cidr-reservation", r"is not a valid taggable resource type|"
     r"delete_launch_template__dryrun"),
    (DELIBERATE, "an address moves to another interface unless that is refused (row 140)", r"test_eip_reassociate_nic"),
    (DELIBERATE, "a cancelled Spot request is still listed", r"test_cancel_spot_instance_request"),
    (DELIBERATE, "a volume type that there is not: sc2", r"multi_attach_enabled_fails"),
    (DELIBERATE, "the console is of this instance (row 325), and only some types hibernate (row 327)",
     r"test_console_output|UnsupportedHibernation"),
    (DELIBERATE, "a link is for one method", r"test_generate_presigned_url_on_multipart_upload_without_acl"),
    (DELIBERATE, "a request that lacks what AWS needs, or says a thing twice", r"contain the parameter|multiple times|"
     r"Invalid TCP/UDP port range"),
)  # fmt: skip
NONE = "not sorted yet: it may be a fault of ours"


def cause(name: str, words: str) -> tuple[str, str]:
    """The kind and the reason of a failure."""
    for kind, reason, pattern in CAUSES:
        if re.search(pattern, f"{name}\n{words}"):
            return kind, reason
    return OPEN, NONE
