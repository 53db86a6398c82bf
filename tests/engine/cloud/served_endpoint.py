"""An endpoint in a process of its own, and requests to it, signed as a client signs them."""

import errno
import json
import socket
import subprocess
import sys
from typing import Any

import boto3
import endpoint_process
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from patience import PATIENCE

from drycloud.cloud.request.keys import STUDENT_KEY, STUDENT_SECRET


class Served:
    """An endpoint in its process."""

    def __init__(self, **words: dict[str, float]):
        command = [sys.executable, endpoint_process.__file__, json.dumps(words)]
        self.process = subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    def state(self) -> tuple[int, list[tuple[str, str | None]]]:
        """How many requests came, and the trail as operation and error."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        requests, trail = json.loads(self.process.stdout.readline())
        return requests, [tuple(call) for call in trail]

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id=STUDENT_KEY,
            aws_secret_access_key=STUDENT_SECRET,
            region_name="us-east-1",
            config=Config(retries={"max_attempts": 3}),
        )

    def send(self, data: bytes) -> bytes:
        """All that is answered to these bytes, after which nothing more is sent."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as line:
            answer = b""
            try:
                line.sendall(data)
                line.shutdown(socket.SHUT_WR)
                while part := line.recv(65536):
                    answer += part
            except ConnectionError:
                pass  # it may hang up before it has heard all
            except OSError as error:
                if error.errno != errno.ENOTCONN:  # it hung up before we said that this was all
                    raise
        return answer

    def __enter__(self) -> "Served":
        return self

    def __exit__(self, *_: object) -> None:
        _, errors = self.process.communicate(timeout=PATIENCE)
        assert "Traceback" not in errors, errors[-2000:]
        assert self.process.returncode == 0


def signed(port: int, service: str, method: str = "GET", path: str = "/", body: bytes = b"") -> bytes:
    """An honest request, as bytes."""
    request = AWSRequest(method, f"http://127.0.0.1:{port}{path}", data=body)
    if service == "ec2":
        request.headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
    auth = S3SigV4Auth if service == "s3" else SigV4Auth
    auth(Credentials(STUDENT_KEY, STUDENT_SECRET), service, "us-east-1").add_auth(request)
    headers = {**dict(request.headers.items()), "Host": f"127.0.0.1:{port}", "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body
