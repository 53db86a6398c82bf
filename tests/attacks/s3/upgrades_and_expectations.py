# attack: 27
# does: asks for WebSockets, HTTP/2 and a word before the body, promises bodies that never come, then works
# run: finished
# earns: 10
# with: work
# with: http
lines = []
for head in (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
    b"PUT /a/b HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n",
    b"PUT /a/b HTTP/1.1\r\nHost: x\r\nExpect: the moon\r\nContent-Length: 10\r\n\r\n",
):
    lines.append(line())
    lines[-1].sendall(head)
work()
