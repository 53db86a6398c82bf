# attack: 30
# does: works, and tries to reach any address but the endpoint: TCP, UDP, ICMP, IPv6, names, every port of the loopback
# run: finished
# earns: 10
# prints: [4566]
# with: work
work()
import os
import socket

reached = []
for family, addresses in ((socket.AF_INET, ("192.0.2.1", "198.51.100.1", "203.0.113.1", "255.255.255.255", "224.0.0.1", "0.0.0.1")), (socket.AF_INET6, ("2001:db8::1", "ff02::1%lo", "::ffff:192.0.2.1"))):
    for address in addresses:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                with socket.socket(family, kind) as one:
                    one.settimeout(0.2)
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                    one.connect((address, 53))
                    one.send(b"x")
                    reached.append((address, kind))
            except OSError:
                pass
for family, protocol in ((socket.AF_INET, socket.IPPROTO_ICMP), (socket.AF_INET6, socket.IPPROTO_ICMPV6)):
    for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(family, kind, protocol).sendto(b"\x08" + bytes(7), ("192.0.2.1" if family == socket.AF_INET else "2001:db8::1", 0))
            reached.append((protocol, kind))
        except OSError:
            pass
for name in ("example.invalid", "host.docker.internal", "metadata.google.internal"):
    try:
        reached.append(socket.getaddrinfo(name, 80))
    except OSError:
        pass
for port in range(1, 65536):
    with socket.socket() as one:
        # A port that the kernel gave to this very socket answers itself.
        if one.connect_ex(("127.0.0.1", port)) == 0 and one.getsockname() != one.getpeername():
            reached.append(port)
print(reached)
