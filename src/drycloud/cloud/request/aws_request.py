"""One request as the rules see it: its operation, its parameters, and the state of the account that it concerns."""

import io
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode
from xml.etree.ElementTree import Element, ParseError, fromstring

from drycloud.cloud.moto import engine

_LARGEST_DOCUMENT = 2 * 1024**2  # bytes


class AwsError(Exception):
    """The error that AWS would return: its code, its message (ours), and the HTTP status.

    `elements` are further elements of S3's answer (Region), `headers` are HTTP headers.
    """

    def __init__(
        self,
        code: str,
        message: str,
        status: int = 400,
        *,
        elements: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ):
        super().__init__(message)
        self.code, self.message, self.status = code, message, status
        self.elements, self.headers = elements or {}, headers or {}


def malformed_xml() -> AwsError:
    """S3's answer to a body that is not XML, or not valid."""
    words = "The XML you provided was not well-formed or did not validate against our published schema"
    return AwsError("MalformedXML", words)


class AwsRequest:
    """A request on its way to moto.

    EC2: `form` holds the flat fields ("InstanceId.1"), and what a rule writes there is what moto reads.
    S3: `bucket`, `key`, `query` and `headers` (environ names); what a rule writes to `query` is what moto reads.
    """

    def __init__(self, service: str, operation: str, region: str, environ: dict[str, Any], body: bytes):
        self.service, self.operation, self.region = service, operation, region
        self.environ, self.body = environ, body
        self.anonymous = False  # it is not signed
        self.filters: list[tuple[str, list[str]]] = []  # names and values of filters that rules apply, not moto
        self.page: tuple[int, int] | None = None  # of a describe operation: its start and size, set by a rule
        self.left_out = 0  # the number of items before its page that moto did not return
        self.kept: dict[str, Any] = {}  # values that a rule keeps for a rule after the answer
        self.signed_region = ""  # the region in its signature, if there is one
        self.trusted = False  # sent by the scene or a grader: a student's policy does not apply

    # --- EC2 ----------------------------------------------------------------------------------------------------------

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of an EC2 request, by flat name."""
        text = self.body.decode("utf-8", "replace") or self.environ.get("QUERY_STRING", "")
        try:
            return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=5000))
        except ValueError:
            raise AwsError("MalformedQueryString", "The request has too many fields.") from None

    def value(self, name: str) -> str | None:
        """The field with that name, or None."""
        return self.form.get(name)

    def flag(self, name: str) -> bool:
        """Whether the field is true."""
        return self.form.get(name, "").lower() == "true"

    def values(self, name: str) -> list[str]:
        """The members of a list: values("InstanceId") of InstanceId.1, InstanceId.2 and so on, in order."""
        return [item for item in self.members(name) if isinstance(item, str)]

    def members(self, name: str) -> list[Any]:
        """The members of a list in order: texts, or dicts of flat names where a member has fields."""
        found: dict[int, Any] = {}
        for field, value in self.form.items():
            head, _, rest = field.removeprefix(f"{name}.").partition(".")
            if field.startswith(f"{name}.") and head.isdecimal() and len(head) < 10:
                if rest:
                    found.setdefault(int(head), {})[rest] = value
                else:
                    found[int(head)] = value
        return [found[number] for number in sorted(found)]

    @cached_property
    def ec2(self) -> Any:
        """moto's EC2 backend of this request's region."""
        from moto.ec2.models import ec2_backends

        return ec2_backends[engine.ACCOUNT][self.region]

    # --- S3 -----------------------------------------------------------------------------------------------------------

    @cached_property
    def query(self) -> dict[str, str]:
        """The query of an S3 request."""
        return dict(parse_qsl(self.environ.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=1000))

    @property
    def bucket(self) -> str:
        """The bucket that the path names, or ''."""
        return self._path[0]

    @property
    def key(self) -> str:
        """The key that the path names, or ''."""
        return self._path[1]

    @cached_property
    def _path(self) -> tuple[str, str]:
        raw = self.environ.get("RAW_URI") or quote(self.environ.get("PATH_INFO", "/").encode("latin-1"))
        bucket, _, key = unquote(raw.partition("?")[0].lstrip("/")).partition("/")
        return bucket, key

    def header(self, name: str) -> str | None:
        """The header with that name ("x-amz-acl"), or None."""
        field = name.upper().replace("-", "_")
        value = self.environ.get(field if field in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{field}")
        return None if value is None else str(value)

    @cached_property
    def document(self) -> Element:
        """The body of an S3 request as XML, its names without their namespace; raises MalformedXML."""
        if len(self.body) > _LARGEST_DOCUMENT:
            raise AwsError("MaxMessageLengthExceeded", "Your request was too large.")
        try:
            if b"<!" in self.body or b"\0" in self.body:  # AWS's documents have no declarations, and are in UTF-8
                raise ParseError
            root = fromstring(self.body)
        except ParseError:
            raise malformed_xml() from None
        for element in root.iter():
            element.tag = str(element.tag).rpartition("}")[2]
        return root

    @cached_property
    def s3(self) -> Any:
        """moto's S3 backend."""
        from moto.s3.models import s3_backends

        return s3_backends[engine.ACCOUNT]["aws"]

    # ------------------------------------------------------------------------------------------------------------------

    def environ_for_moto(self) -> dict[str, Any]:
        """The request for moto, with the changes of rules to `query`; moto also gets `form`."""
        environ, body = self.environ, self.body
        if self.service != "s3":  # moto also reads forms in other ways: it gets only what rules have seen
            body = b""
            environ["QUERY_STRING"] = ""
            environ["REQUEST_METHOD"] = "POST"
            environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded; charset=utf-8"
        if self.service == "s3" and "query" in self.__dict__ and self.environ.get("QUERY_STRING"):
            environ["QUERY_STRING"] = urlencode(self.query, quote_via=quote)
            path = str(environ.get("RAW_URI", "")).partition("?")[0]
            environ["RAW_URI"] = f"{path}?{environ['QUERY_STRING']}"
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        return environ
