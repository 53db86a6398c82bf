# attack: 27
# does: sends what is no HTTP, or nearly, then works
# run: finished
# earns: 10
# with: work
# with: http
wrong = [
    b"\x00" * 1000, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\nHost: x\n\n",
    b"\xff\xfe / HTTP/1.1\r\n\r\n", b"GET /\xff\x00 HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost\r\n: x\r\n\r\n", b"GET / HTTP/1.1 HTTP/1.1\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", b"POST / HTTP/1.1\r\nContent-Length: 5x\r\n\r\nhello",
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", b"PUT /a/b HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    b"CONNECT 192.0.2.1:80 HTTP/1.1\r\n\r\n", b"TRACE / HTTP/1.1\r\nCookie: a\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET http://[::1 HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 5000 + b"\r\n", b"GET /?" + b"a=b&" * 20000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=, Signature=\r\n\r\n",
    b"GET / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 " + b"Credential=" * 5000 + b"\r\n\r\n", b"GET / HTTP/1.1\r\nAuthorization: AWS a:b:c\r\nDate: \xff\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Type: multipart/form-data\r\nContent-Length: 2\r\n\r\n--", b"POST /a HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=\"\r\nContent-Length: 2\r\n\r\n--",
]
for request in wrong:
    try:
        with line() as one:
            one.settimeout(0.3)
            one.sendall(request)
            one.recv(1000)
    except OSError:
        pass
work()
