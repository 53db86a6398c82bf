"""Errors in the format of each service."""


def error_answer(
    service: str, status: str, code: str, message: str, **elements: str
) -> tuple[str, list[tuple[str, str]], bytes]:
    """An error in the shape that the service's clients read: status line, headers, body; S3 has more elements."""
    kind = "text/xml"
    if service == "s3":
        kind = "application/xml"
        more = "".join(f"<{name}>{value}</{name}>" for name, value in elements.items())
        body = f"<Error><Code>{code}</Code><Message>{message}</Message>{more}<RequestId>drycloud</RequestId></Error>"
    elif service == "ec2":
        error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        body = f"<Response><Errors>{error}</Errors><RequestID>drycloud</RequestID></Response>"
    else:
        error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        body = f"<ErrorResponse>{error}<RequestId>drycloud</RequestId></ErrorResponse>"
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()
    return status, [("Content-Type", kind), ("Content-Length", str(len(data)))], data
