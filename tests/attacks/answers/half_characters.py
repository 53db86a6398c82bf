# attack: 11
# does: answers with half a character, control characters and HTML
# run: finished
# earns: 0
public_ip = "\ud800\udfff\x00\x1b[2J"
public_dns = "<script>alert(1)</script>.internal"
instance_type = "<img src=x onerror=alert(1)>\u202e"
key_name = "=HYPERLINK(\"http://192.0.2.1\")\r\n\n✓ passed 10/10"
state = "a" * 400_000
