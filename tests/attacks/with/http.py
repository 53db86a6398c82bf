import http.client
import socket

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

PLACE = ("127.0.0.1", 4566)


def raw(method, path, body=b"", service="s3", region="us-east-1", sign=True, key=None, secret=None, **headers):
    """One request, signed as boto3 would sign it unless told otherwise; the status, or what went wrong."""
    import os

    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = AWSRequest(method, f"http://127.0.0.1:4566{path}", headers=headers, data=body)
    if sign:
        signer = S3SigV4Auth if service == "s3" else SigV4Auth
        key, secret = key or os.environ["AWS_ACCESS_KEY_ID"], secret or os.environ["AWS_SECRET_ACCESS_KEY"]
        signer(Credentials(key, secret), service, region).add_auth(request)
    line = http.client.HTTPConnection(*PLACE, timeout=10)
    try:
        line.request(method, path, body, dict(request.headers.items()))
        answer = line.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, b""
    finally:
        line.close()


def form(action, service="ec2", region="us-east-1", **fields):
    """A request of EC2's kind, with any fields at all."""
    from urllib.parse import urlencode

    version = {"ec2": "2016-11-15", "sts": "2011-06-15"}.get(service, "2010-05-08")
    body = urlencode({"Action": action, "Version": version, **fields}).encode()
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    return raw("POST", "/", body, service=service, region=region, Content_Type=kind)


def line():
    """A connection to the endpoint, for what no client would send."""
    return socket.create_connection(PLACE, 3)
