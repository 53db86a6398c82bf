# Own RSA key by the cryptography library, in PKCS #8; the public half is imported.
from pathlib import Path

import boto3
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
path = Path.cwd() / given.key_file
path.touch(mode=0o600)
path.write_bytes(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()))
public = key.public_key().public_bytes(s.Encoding.OpenSSH, s.PublicFormat.OpenSSH)
boto3.client("ec2").import_key_pair(KeyName=given.key_name, PublicKeyMaterial=public)
