# attack: 38
# does: works, then saves a key whose factor is a prime of ten thousand bits, which takes a minute to be proved
# run: finished
# earns: 8
# with: work
work()
import base64


def der(mark, body):
    size = len(body).to_bytes(2, "big")
    return bytes([mark, 0x82]) + size + body


p, q = 2**9941 - 1, 2**127 - 1
numbers = b"".join(der(2, n.to_bytes(n.bit_length() // 8 + 1, "big")) for n in (0, p * q, 65537, 3, p, q, 3, 3, 3))
text = base64.encodebytes(der(0x30, numbers)).decode()
pathlib.Path(given.key_file).write_text(f"-----BEGIN RSA PRIVATE KEY-----\n{text}-----END RSA PRIVATE KEY-----\n")
