"""Patches of moto's versions: what is stored and deleted while versioning is on, suspended, or was never on."""

from functools import wraps
from types import SimpleNamespace
from typing import Any

from drycloud.patching import Patch

_NULL = "null"  # the version of what is stored without versioning, or while it is suspended


def _keep_versions_while_suspended() -> None:
    from moto.s3.models import S3Backend

    put = S3Backend.put_object

    @wraps(put)
    def put_object(self: Any, bucket_name: str, key_name: str, *words: Any, **more: Any) -> Any:
        bucket = self.get_bucket(bucket_name)
        if bucket.versioning_status != "Suspended":
            return put(self, bucket_name, key_name, *words, **more)
        bucket.versioning_status = "Enabled"
        try:
            made = put(self, bucket_name, key_name, *words, **more)
        finally:
            bucket.versioning_status = "Suspended"
        made._version_id = _NULL
        _keep(bucket, key_name, [*_besides_null(bucket, key_name, but=made), made])
        return made

    S3Backend.put_object = put_object


def _delete_as_aws_does() -> None:
    # With a version that version goes; without, a marker is set where there is or was versioning.
    from moto.s3.models import S3Backend

    S3Backend.delete_object = _delete_object


def _delete_object(
    self: Any, bucket_name: str, key_name: str, version_id: str | None = None, bypass: bool = False
) -> tuple[bool, dict[str, Any]]:
    bucket = self.get_bucket(bucket_name)
    if version_id is None and bucket.versioning_status:
        marker = _set_marker(bucket, key_name)
        return True, {"version-id": marker.version_id, "delete-marker": "true"}
    kept = bucket.keys.getlist(key_name, [])
    gone = [v for v in kept if v.version_id == (version_id or _NULL)]
    about = {"version-id": version_id} if version_id is not None else {}
    if not gone:
        return False, about
    _refuse_locked(gone[0], bypass)
    _keep(bucket, key_name, [v for v in kept if v is not gone[0]])
    if not hasattr(gone[0], "value"):
        about["delete-marker"] = "true"
    else:
        gone[0].dispose()
    return True, about


def _set_marker(bucket: Any, key_name: str) -> Any:
    from moto.s3.models import FakeDeleteMarker

    marker = FakeDeleteMarker(SimpleNamespace(name=key_name))
    kept = bucket.keys.getlist(key_name, [])
    if bucket.versioning_status == "Suspended":
        marker._version_id = _NULL
        kept = _besides_null(bucket, key_name)
    _keep(bucket, key_name, [*kept, marker])
    return marker


def _besides_null(bucket: Any, key_name: str, *, but: Any = None) -> list[Any]:
    """The versions but for "null", which ends here, and but for the one that is new."""
    found = [v for v in bucket.keys.getlist(key_name, []) if v is not but]
    for old in found:
        if old.version_id == _NULL and hasattr(old, "value"):
            old.dispose()
    return [v for v in found if v.version_id != _NULL]


def _keep(bucket: Any, key_name: str, versions: list[Any]) -> None:
    """Past moto's own dictionary of versions, which closes what is in it too early or stumbles over markers."""
    if versions:
        dict.__setitem__(bucket.keys, key_name, versions)
    else:
        dict.pop(bucket.keys, key_name, None)


def _refuse_locked(version: Any, bypass: bool) -> None:
    from moto.s3.exceptions import AccessDeniedByLock

    if hasattr(version, "value") and version.is_locked(governance_bypass=bypass):
        raise AccessDeniedByLock


PATCHES = (
    Patch(
        _keep_versions_while_suspended,
        "While versioning is suspended a new object replaces the version 'null' alone; moto forgets all others.",
        "5.2.5",
        rows=(247,),
    ),
    Patch(
        _delete_as_aws_does,
        "moto sets no marker for a key that it does not hold, drops suspended versions, and hides what it deleted.",
        "5.2.5",
        rows=(179, 247, 248),
    ),
)
