"""A replacement for s3fs where the real one is not installed: S3 as an fsspec file system, with boto3.

pandas uses it to read and write `s3://…`. The real s3fs needs aiobotocore, which allows a few versions of
botocore only, and never those of a current boto3 and AWS CLI: pip would install an s3fs of 2020. The module imports
nothing of ours: the sandbox and a guarded practice load it by the name `s3fs`.
"""

import contextlib
import io
import mimetypes
from collections.abc import Iterator
from typing import Any

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from fsspec import AbstractFileSystem, __version__
from fsspec.spec import AbstractBufferedFile

__all__ = ["S3File", "S3FileSystem", "__version__"]  # fsspec needs a version, and the real s3fs has fsspec's

_MISSING = ("404", "NoSuchKey", "NoSuchBucket", "NoSuchVersion")
_DENIED = ("403", "AccessDenied", "AllAccessDisabled")


@contextlib.contextmanager
def _as_of_files(path: str) -> Iterator[None]:
    """Translate errors of S3 to FileNotFoundError, PermissionError, or OSError."""
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        kind = FileNotFoundError if code in _MISSING else PermissionError if code in _DENIED else OSError
        raise kind(f"{path}: {error}") from error


class S3FileSystem(AbstractFileSystem):  # type: ignore[misc]  # fsspec ships no types
    """S3's buckets as folders: `ls`, `open`, `put`, `get`, `cat`, `rm`, `glob` and what fsspec builds on them.

    Takes the real one's usual arguments; `anon` signs no request.
    """

    protocol = ("s3", "s3a")
    root_marker = ""
    cachable = False  # a client belongs to the cloud that ran when it was made

    def __init__(self, anon: bool = False, key: str | None = None, secret: str | None = None, **more: Any):
        super().__init__(**{name: more.pop(name) for name in ("use_listings_cache", "asynchronous") if name in more})
        made = dict(more.get("client_kwargs") or {})
        if key and secret:
            made |= {"aws_access_key_id": key, "aws_secret_access_key": secret, "aws_session_token": more.get("token")}
        if more.get("endpoint_url"):
            made["endpoint_url"] = more["endpoint_url"]
        if anon:
            made["config"] = Config(signature_version=UNSIGNED)
        self.s3 = boto3.session.Session(profile_name=more.get("profile")).client("s3", **made)

    def ls(self, path: str, detail: bool = False, **_: Any) -> list[Any]:
        """The names in a bucket or below a prefix; raises FileNotFoundError if there are none."""
        bucket, key = self._split(path)
        if not bucket:
            with _as_of_files(path):
                names = [found["Name"] for found in self.s3.list_buckets()["Buckets"]]
            return [_folder(name) if detail else name for name in names]
        entries = self._listed(bucket, f"{key}/" if key else "")
        if not entries and key:
            entries = [self._object(bucket, key)]
        return entries if detail else [entry["name"] for entry in entries]

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """The properties of an object, a prefix or a bucket; raises FileNotFoundError if it does not exist."""
        bucket, key = self._split(path)
        if not bucket:
            return _folder("")
        with _as_of_files(path):
            if not key:
                self.s3.head_bucket(Bucket=bucket)
                return _folder(bucket)
        try:
            return self._object(bucket, key)
        except FileNotFoundError:
            if self._listed(bucket, f"{key}/", most=1):
                return _folder(f"{bucket}/{key}")
            raise

    def mkdir(self, path: str, create_parents: bool = True, **_: Any) -> None:
        """Create a bucket; a folder in a bucket needs no creation."""
        del create_parents
        bucket, key = self._split(path)
        if not key:
            region = self.s3.meta.region_name
            where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            with _as_of_files(path):
                self.s3.create_bucket(Bucket=bucket, **where)

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """As `mkdir`; raises FileExistsError for an existing bucket, unless `exist_ok`."""
        if not self._split(path)[1]:
            if not self.exists(path):
                self.mkdir(path)
            elif not exist_ok:
                raise FileExistsError(path)

    def rmdir(self, path: str) -> None:
        """Delete a bucket, which must be empty."""
        bucket, key = self._split(path)
        if not key:
            with _as_of_files(path):
                self.s3.delete_bucket(Bucket=bucket)

    def rm_file(self, path: str) -> None:
        """Delete an object."""
        bucket, key = self._split(path)
        with _as_of_files(path):
            self.s3.delete_object(Bucket=bucket, Key=key)

    _rm = rm_file

    def cp_file(self, path1: str, path2: str, **_: Any) -> None:
        """Copy an object within S3."""
        (bucket, key), (to, name) = self._split(path1), self._split(path2)
        with _as_of_files(path1):
            self.s3.copy({"Bucket": bucket, "Key": key}, to, name)

    def put_file(self, lpath: str, rpath: str, **more: Any) -> None:
        """Upload a file, with the content type of its suffix."""
        bucket, key = self._split(rpath)
        kind = mimetypes.guess_type(lpath)[0]
        extra = {name: value for name, value in more.items() if name[:1].isupper()}  # S3's own, such as ACL
        with contextlib.suppress(IsADirectoryError), open(lpath, "rb") as file, _as_of_files(rpath):  # noqa: PTH123
            self.s3.upload_fileobj(file, bucket, key, ExtraArgs=({"ContentType": kind} if kind else {}) | extra)

    def sign(self, path: str, expiration: int = 100, **_: Any) -> str:
        """A link that opens an object for `expiration` seconds."""
        bucket, key = self._split(path)
        given = {"Bucket": bucket, "Key": key}
        return str(self.s3.generate_presigned_url("get_object", Params=given, ExpiresIn=expiration))

    url = sign

    def _open(self, path: str, mode: str = "rb", **more: Any) -> Any:
        if mode == "rb":
            return S3File(self, path, mode, **{name: more[name] for name in ("block_size",) if more.get(name)})
        bucket, key = self._split(path)
        before = self.cat_file(path) if mode == "ab" and self.exists(path) else b""
        return _Upload(self.s3, bucket, key, before)

    def _split(self, path: str) -> tuple[str, str]:
        bucket, _, key = self._strip_protocol(path).partition("/")
        return bucket, key

    def _listed(self, bucket: str, prefix: str, most: int | None = None) -> list[dict[str, Any]]:
        asked: dict[str, Any] = {"Bucket": bucket, "Prefix": prefix, "Delimiter": "/"}
        pages = self.s3.get_paginator("list_objects_v2").paginate(**asked, PaginationConfig={"MaxItems": most})
        found = []
        with _as_of_files(f"{bucket}/{prefix}"):
            for page in pages:
                found += [_folder(f"{bucket}/{each['Prefix'].rstrip('/')}") for each in page.get("CommonPrefixes", [])]
                found += [_file(f"{bucket}/{each['Key']}", each["Size"], each) for each in page.get("Contents", [])]
        return found

    def _object(self, bucket: str, key: str) -> dict[str, Any]:
        with _as_of_files(f"{bucket}/{key}"):
            head = self.s3.head_object(Bucket=bucket, Key=key)
        return _file(f"{bucket}/{key}", head["ContentLength"], head)


class S3File(AbstractBufferedFile):  # type: ignore[misc]  # fsspec ships no types
    """An object open for reading, a range at a time."""

    def _fetch_range(self, start: int, end: int) -> bytes:
        bucket, key = self.fs._split(self.path)
        with _as_of_files(self.path):
            found = self.fs.s3.get_object(Bucket=bucket, Key=key, Range=f"bytes={start}-{end - 1}")
        return bytes(found["Body"].read())


class _Upload(io.BytesIO):
    """An object open for writing: it is stored on close."""

    def __init__(self, s3: Any, bucket: str, key: str, before: bytes):
        super().__init__()
        self._s3, self._bucket, self._key = s3, bucket, key
        self.write(before)

    def close(self) -> None:
        """Store the object."""
        if not self.closed:
            with _as_of_files(f"{self._bucket}/{self._key}"):
                self._s3.upload_fileobj(io.BytesIO(self.getvalue()), self._bucket, self._key)
            super().close()


def _folder(name: str) -> dict[str, Any]:
    return {"name": name, "Key": name, "size": 0, "Size": 0, "type": "directory", "StorageClass": "DIRECTORY"}


def _file(name: str, size: int, told: dict[str, Any]) -> dict[str, Any]:
    kept = {key: told[key] for key in ("LastModified", "ETag", "StorageClass", "ContentType") if key in told}
    return {"name": name, "Key": name, "size": size, "Size": size, "type": "file"} | kept
