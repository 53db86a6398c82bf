"""Patches of moto's buckets: new ones are as AWS has made them since 2023."""

from functools import wraps
from typing import Any

from drycloud.cloud.state.public import ENFORCED
from drycloud.patching import Patch

_FLAGS = 4  # of Block Public Access


def default_encryption() -> dict[str, Any]:
    """What AWS encrypts with when nobody says more: keys of S3's own (SSE-S3)."""
    return {"Rule": {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": "false"}}


def _make_buckets_private() -> None:
    from moto.s3.models import FakeBucket, PublicAccessBlock

    make = FakeBucket.__init__

    @wraps(make)
    def init(self: Any, *words: Any, **more: Any) -> None:
        make(self, *words, **more)
        self.public_access_block = PublicAccessBlock(*["true"] * _FLAGS)
        self.ownership_rule = ENFORCED
        self.encryption = default_encryption()

    FakeBucket.__init__ = init


def _leave_policies_to_us() -> None:
    # Who may do what is decided before moto is asked (rules/access.py), for unsigned requests too.
    from moto.iam.access_control import PermissionResult
    from moto.s3.models import FakeBucket

    FakeBucket.get_permission = lambda *_: PermissionResult.PERMITTED


def _keep_what_is_set_when_more_is_refused() -> None:
    from moto.s3.models import FakeBucket

    for name in ("set_lifecycle", "set_cors", "set_logging", "set_notification_configuration"):
        setattr(FakeBucket, name, _all_or_nothing(getattr(FakeBucket, name)))


def _all_or_nothing(change: Any) -> Any:
    @wraps(change)
    def changed(self: Any, *words: Any, **more: Any) -> Any:
        before = dict(vars(self))
        try:
            return change(self, *words, **more)
        except Exception:
            vars(self).clear()
            vars(self).update(before)
            raise

    return changed


PATCHES = (
    Patch(
        _make_buckets_private,
        "A new bucket blocks public access, has no ACLs and encrypts; moto's does none of it.",
        "5.2.5",
        rows=(197, 198, 204),
    ),
    Patch(
        _leave_policies_to_us,
        "moto reads a policy without its principals and conditions, so that a denial for some is one for all.",
        "5.2.5",
        rows=(230,),
    ),
    Patch(
        _keep_what_is_set_when_more_is_refused,
        "moto takes the old rules away before it looks at the new ones, and keeps those before the bad one.",
        "5.2.5",
        rows=(351,),
    ),
)
