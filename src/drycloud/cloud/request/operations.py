"""Which AWS operation a request is, with its parameters: read with botocore's own models."""

import json
import re
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, unquote

_MOST_TEXT, _MOST_NAME, _MOST_VALUES, _MOST_SIGNS = 300, 100, 200, 4000  # limits for a call's parameters in a report
_DEEPEST = 10
# These differ in each run of the same code: boto3's tokens, ssh-keygen's keys, moto's ids of uploads.
_MADE_UP = ("ClientToken", "PublicKeyMaterial", "uploadId")
_OF_THE_PATH = ("Bucket", "Key", "ContentType", "CopySource")  # names in our trail for values that are not in the query
_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)


def name_call(service: str, environ: dict[str, Any], body: bytes) -> tuple[str, dict[str, Any]]:
    """Like describe_call, for a service that this cloud does not have, which may use another protocol.

    Not for ours: moto reads no operation from these headers, and the rules must see what moto sees.
    """
    if environ.get("HTTP_X_AMZ_TARGET") or environ.get("HTTP_SMITHY_PROTOCOL"):
        named = str(environ.get("HTTP_X_AMZ_TARGET") or environ.get("PATH_INFO", ""))
        return re.split("[./]", named)[-1][:100] or "Unknown", {}
    return describe_call(service, environ, body)


def describe_call(service: str, environ: dict[str, Any], body: bytes) -> tuple[str, dict[str, Any]]:
    """The operation's name and all its parameters, on which checks rely. Never raises."""
    if service == "s3":
        return _rest_call(environ)
    try:
        fields = dict(parse_qsl(form_text(environ, body), keep_blank_values=True, max_num_fields=5000))
    except ValueError:
        fields = {}
    action = fields.pop("Action", "") or "Unknown"
    fields.pop("Version", None)
    return action[:100], _nested(fields)


def form_text(environ: dict[str, Any], body: bytes) -> str:
    """The form of an EC2 request, as text."""
    return body.decode("utf-8", "replace") or str(environ.get("QUERY_STRING", ""))


class _Room:
    """The space that is left in a report for the parameters of one call."""

    def __init__(self) -> None:
        self._values, self._signs = _MOST_VALUES, _MOST_SIGNS

    def take(self) -> bool:
        """Whether there is space for one more value; it is then counted."""
        self._values -= 1
        return self._values >= 0 and self._signs > 0

    def cut(self, text: str, most: int) -> str:
        """The beginning of a text; its length in JSON is counted."""
        begin = text[:most]
        self._signs -= len(json.dumps(begin))
        return begin


def shown(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters as a report shows them: the first of them, long texts cut, without what differs in each run."""
    told = {name: value for name, value in parameters.items() if name not in _MADE_UP and not _signs(name) and value}
    found: dict[str, Any] = _short(told, _Room())
    return found


def _signs(name: str) -> bool:
    return name.lower().startswith("x-amz-")


def _short(value: Any, room: _Room) -> Any:
    if isinstance(value, dict):
        return {room.cut(name, _MOST_NAME): _short(item, room) for name, item in value.items() if room.take()}
    if isinstance(value, list):
        return [_short(item, room) for item in value if room.take()]
    return room.cut(value, _MOST_TEXT) if isinstance(value, str) else value


def _nested(fields: dict[str, str]) -> dict[str, Any]:
    """Query fields as a tree: 'TagSet.1.Key' becomes {'TagSet': [{'Key': …}]}.

    A field that conflicts with others is put at the top level with its full name, followed by a question mark
    if that name is taken.
    """
    tree: dict[str, Any] = {}
    for name, value in fields.items():
        node: Any = tree
        *path, last = name.split(".", _DEEPEST)
        for part in path:
            node = node.setdefault(part, {}) if isinstance(node, dict) else None
        if isinstance(node, dict) and last not in node:
            node[last] = value
        else:
            while name in tree:
                name += "?"
            tree[name] = value
    return {name: _listed(value) for name, value in tree.items()}


def _listed(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(_NUMBER.fullmatch(key) for key in node):
        return [_listed(node[key]) for key in sorted(node, key=int)]
    return {key: _listed(value) for key, value in node.items()}


def _rest_call(environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """An S3 request: matched by method, whether there is a key, and the query parameters that mark an operation."""
    path = environ.get("PATH_INFO", "/").encode("latin-1", "replace").decode("utf-8", "replace")
    bucket, _, key = path.lstrip("/").partition("/")
    query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    level = "key" if key else "bucket" if bucket else "root"
    best, parameters = "Unknown", _s3_parameters(bucket, key, query, environ)
    words = -1
    kind = str(environ.get("REQUEST_METHOD")), level, "HTTP_X_AMZ_COPY_SOURCE" in environ
    for marks, name in _s3_kinds().get(kind, []):
        if len(marks) > words and _marked(query, marks):
            best, words = name, len(marks)
    return best, parameters


def _marked(query: dict[str, str], marks: list[tuple[str, str | None]]) -> bool:
    return all(word in query and value in (None, query[word]) for word, value in marks)


def _s3_parameters(bucket: str, key: str, query: dict[str, str], environ: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: value for name, value in {"Bucket": bucket, "Key": key}.items() if value}
    found |= {f"?{name}" if name in _OF_THE_PATH else name: value for name, value in query.items()}
    if environ.get("CONTENT_TYPE") and key and environ.get("REQUEST_METHOD") in ("PUT", "POST"):
        found["ContentType"] = environ["CONTENT_TYPE"]
    if "HTTP_X_AMZ_COPY_SOURCE" in environ:
        found["CopySource"] = unquote(environ["HTTP_X_AMZ_COPY_SOURCE"])
    return found


Marks = list[tuple[str, str | None]]
Row = tuple[str, str, Marks, bool, str]


@cache
def _s3_operations() -> list[Row]:
    """Every S3 operation as (method, level, marks in the query, copies another object, name)."""
    operations = [model("s3").operation_model(name) for name in model("s3").operation_names]
    return [_row(operation, operation.name) for operation in operations if not operation.deprecated]


@cache
def _s3_kinds() -> dict[tuple[str, str, bool], list[tuple[Marks, str]]]:
    """The same, (marks, name) by (method, level, copies another object)."""
    kinds: dict[tuple[str, str, bool], list[tuple[Marks, str]]] = {}
    for method, level, marks, copies, name in _s3_operations():
        kinds.setdefault((method, level, copies), []).append((marks, name))
    return kinds


@cache
def model(service: str) -> Any:
    """botocore's model of a service."""
    import botocore.session

    return botocore.session.get_session().get_service_model(service)


@cache
def shape_of(operation: str) -> Any:
    """botocore's input shape of an S3 operation, or None."""
    s3 = model("s3")
    return s3.operation_model(operation).input_shape if operation in s3.operation_names else None


@cache
def marks_of(operation: str) -> frozenset[str]:
    """The query parameters that mark an S3 operation; without a name those of all."""
    rows = [row for row in _s3_operations() if operation in ("", row[4])]
    return frozenset(word for row in rows for word, value in row[2] if value is None or word == "list-type")


def _row(operation: Any, name: str) -> Row:
    path, _, query = operation.http["requestUri"].partition("?")
    level = "key" if "{Key" in path else "bucket" if "{Bucket}" in path else "root"
    marks: Marks = [(word.partition("=")[0], word.partition("=")[2] or None) for word in query.split("&") if word]
    shape = operation.input_shape
    for member in shape.required_members if shape else []:
        value = shape.members[member].serialization
        if value.get("location") == "querystring":
            marks.append((value["name"], None))
    marks = [(word, value) for word, value in marks if word != "x-id"]
    copies = bool(shape) and "CopySource" in shape.required_members
    return operation.http["method"], level, marks, copies, name
